namespace Supervision.Hosting.Tests.Activations;

public sealed class WorklistReaderTests
{
    private static readonly WorkFilter Everything = new();

    [Fact]
    public async Task Open_checks_are_listed_by_due_date_and_entity_page_by_page()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        var (a, b) = (await Given.CertifiedAsync(silo, "F-1", "甲"), await Given.CertifiedAsync(silo, "F-2", "乙"));
        await Given.AcceptAsync(silo, b, Given.OrderRandom(Day(5)));
        await Given.AcceptAsync(silo, b, Given.OrderDirected(Day(9)));
        await Given.AcceptAsync(silo, a, Given.OrderDirected(Day(9)));
        await Given.AcceptAsync(silo, a, Given.OrderDirected(Day(7)));
        await Given.AcceptAsync(silo, a, new GrainCommand.CancelCheck("check-2", "mistake"));

        var first = await silo.Worklists.ChecksAsync(Everything, null, 2, TestContext.Current.CancellationToken);
        var second = await silo.Worklists.ChecksAsync(Everything, first.Next, 2, TestContext.Current.CancellationToken);

        Assert.Equal(
            [(b, "check-1", Day(5)), (a, "check-1", Day(9)), (b, "check-2", Day(9))],
            first.Items.Concat(second.Items).Select(item => (item.Entity, item.Check.Id, item.Check.DueBy)));
        Assert.Null(second.Next);
        Assert.Equal(["check-1"], await ChecksAsync(silo, Everything with { Inspector = "i-2" }));
        Assert.Equal(["check-1"], await ChecksAsync(silo, Everything with { DueBefore = Day(5) }));
        Assert.Equal(3, (await ChecksAsync(silo, Everything with { Status = "approved", Policy = Given.Policy, Level = Level.National, Regions = ["430000"] })).Count);
        Assert.Empty(await ChecksAsync(silo, Everything with { Status = "planned" }));
        Assert.Empty(await ChecksAsync(silo, Everything with { Policy = "none" }));
        Assert.Empty(await ChecksAsync(silo, Everything with { Level = Level.Provincial }));
    }

    [Fact]
    public async Task What_is_overdue_for_a_certification_body_is_listed_with_its_last_day()
    {
        const string Body = "某某认证中心";
        await using var register = await TestRegister.CreateAsync();
        register.Time.MoveTo(register.Time.GetUtcNow().AddYears(3));
        var silo = await register.StartSiloAsync();
        var today = silo.Worklists.Today;
        var huzhou = new Actor("p-huzhou", "huzhou", Role.Officer, new Authority(Level.Municipal, ["330500"]));
        foreach (var (key, body, monthsAgo) in new[] { ("H-1", Body, 11), ("H-2", "另一认证中心", 11), ("H-3", Body, 1) })
        {
            var product = GrainId.Of(GrainKind.Product, key);
            await Given.AcceptAsync(silo, product, new GrainCommand.Register("清洁剂", "330522", null, null, null, "湖州某某有限公司"));
            var grant = new GrainCommand.GrantTitle("huzhou-product", null, Level.Municipal, key, today.AddMonths(-monthsAgo), body);
            Assert.Null((await silo.SendAsync(product, grant, huzhou)).Rejection);
        }

        var all = await ListAsync(Everything);
        Assert.Equal(["H-1", "H-2", "H-3"], all.Select(item => item.Title.Certificate));
        var own = await ListAsync(Everything with { Inspector = EntityName.Normalise(Body), DueBefore = today.AddMonths(2), Status = "surveillance" });
        var item = Assert.Single(own);
        Assert.Equal(("H-1", CertificateDuty.Surveillance, today.AddMonths(-11).AddMonths(12), false), (item.Title.Certificate, item.Duty, item.DueOn, item.Overdue));
        await register.AssertVerifiedAsync();

        async Task<IReadOnlyList<CertificateItem>> ListAsync(WorkFilter filter) =>
            (await silo.Worklists.CertificatesAsync(filter, null, 10, TestContext.Current.CancellationToken)).Items;
    }

    [Fact]
    public async Task Regions_cover_what_lies_below_them_and_a_province_not_its_planning_cities()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        foreach (var region in (string[])["440000", "440101", "440305", "650100", "659001", "660000"])
        {
            var factory = Given.Factory(region);
            await Given.AcceptAsync(silo, factory, new GrainCommand.Register($"企业{region}", region, null, null, null));
            await Given.AcceptAsync(silo, factory, Given.Grant(new DateOnly(2017, 2, 1)));
            await Given.AcceptAsync(silo, factory, Given.OrderDirected(Day(9)));
        }

        foreach (var (scope, within) in new Dictionary<string, string[]>
        {
            ["440000"] = ["440000", "440101"], ["440300"] = ["440305"], ["440100"] = ["440101"], ["650000"] = ["650100"], ["660000"] = ["659001", "660000"],
        })
        {
            var page = await silo.Worklists.ChecksAsync(Everything with { Regions = [scope] }, null, 10, TestContext.Current.CancellationToken);
            Assert.Equal(within, page.Items.Select(item => item.Region));
            var deadlines = await silo.Worklists.DeadlinesAsync(new DeadlineFilter(Day(1), Day(30), [scope]), null, 10, TestContext.Current.CancellationToken);
            Assert.Equal(within, deadlines.Items.Select(item => item.Region));
        }

        Assert.Equal(3, (await ChecksAsync(silo, Everything with { Regions = ["440300", "660000"] })).Count);
    }

    [Fact]
    public async Task What_has_to_be_made_known_is_listed_until_it_is()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        var (factory, today) = (await Given.CertifiedAsync(silo, "F-1", "甲"), silo.Worklists.Today);
        await Given.AcceptAsync(silo, factory, Given.OrderRandom(today.AddDays(9)));
        await Given.AcceptAsync(silo, factory, Given.Result("check-1", CheckOutcome.Clean, today));

        var item = Assert.Single(await DisclosuresAsync(Everything));
        Assert.Equal((factory, DisclosureTask.Publish, "check-1", false), (item.Entity, item.Task, item.Of, item.Overdue));
        Assert.Single(await DisclosuresAsync(Everything with { Status = "publish", DueBefore = item.DueOn, Policy = Given.Policy, Regions = ["430000"], Unrestricted = true }));
        Assert.Empty(await DisclosuresAsync(Everything with { Status = "serve" }));
        Assert.Empty(await DisclosuresAsync(Everything with { DueBefore = item.DueOn.AddDays(-1) }));
        await Given.AcceptAsync(silo, factory, new GrainCommand.Publish("check-1", today, "https://example.org/1"));
        Assert.Empty(await DisclosuresAsync(Everything));

        async Task<IReadOnlyList<DisclosureItem>> DisclosuresAsync(WorkFilter filter) =>
            (await silo.Worklists.DisclosuresAsync(filter, null, 10, TestContext.Current.CancellationToken)).Items;
    }

    [Fact]
    public async Task Cases_without_a_day_come_last()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        var (a, b, c) = (await Given.CertifiedAsync(silo, "F-1", "甲"), await Given.CertifiedAsync(silo, "F-2", "乙"), await Given.CertifiedAsync(silo, "F-3", "丙"));
        foreach (var factory in (GrainId[])[a, b, c])
            await Given.AcceptAsync(silo, factory, new GrainCommand.OpenCase(Given.Title, "false-declaration", null, null, Urgent: false));
        await Given.AcceptAsync(silo, c, new GrainCommand.ServeCase("case-1", Day(1), "post"));

        var listed = new List<GrainId>();
        WorkPlace? place = null;
        do
        {
            var page = await silo.Worklists.CasesAsync(Everything, place, 1, TestContext.Current.CancellationToken);
            listed.AddRange(page.Items.Select(item => item.Entity));
            place = page.Next;
        }
        while (place is not null);

        Assert.Equal([c, a, b], listed);
        var served = await silo.Worklists.CasesAsync(Everything with { Status = "served" }, null, 10, TestContext.Current.CancellationToken);
        Assert.Equal(c, Assert.Single(served.Items).Entity);
    }

    [Fact]
    public async Task Deadlines_come_in_the_order_of_their_days_whatever_wakes_their_grain_first()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        var (a, b) = (await Given.CertifiedAsync(silo, "F-1", "甲"), await Given.CertifiedAsync(silo, "F-2", "乙"));
        await Given.AcceptAsync(silo, a, Given.OrderDirected(Day(2)));
        await Given.AcceptAsync(silo, a, Given.OrderDirected(Day(9)));
        await Given.AcceptAsync(silo, b, Given.OrderDirected(Day(5)));
        await Given.AcceptAsync(silo, b, Given.OrderDirected(Day(20)));

        Assert.Equal([(a, 2), (b, 5), (a, 9)], await DeadlinesAsync(silo, Day(1), Day(10), limit: 1));
        Assert.Equal([(b, 5), (a, 9), (b, 20)], await DeadlinesAsync(silo, Day(3), Day(20), limit: 2));

        // What has passed is over, although nothing was woken.
        register.Time.MoveTo(register.Time.GetUtcNow().AddDays(5));
        Assert.Equal([(a, 9)], await DeadlinesAsync(silo, Day(1), Day(10), limit: 10));
    }

    [Fact]
    public async Task Of_many_grains_the_first_deadlines_are_found()
    {
        const int grains = 1100;
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        await Task.WhenAll(Enumerable.Range(0, grains).Select(async i =>
        {
            var factory = await Given.CertifiedAsync(silo, $"F-{i:D4}", $"企业{i}");
            await Given.AcceptAsync(silo, factory, Given.OrderDirected(Day(1 + (i % 20))));
        }));

        var all = await DeadlinesAsync(silo, Day(1), Day(20), limit: 500);

        Assert.Equal(grains, all.Distinct().Count());
        Assert.Equal(all.OrderBy(item => item.Day).ThenBy(item => item.Entity), all);
    }

    private static DateOnly Day(int day) => new(2017, 3, day);

    private static async Task<IReadOnlyList<string>> ChecksAsync(TestSilo silo, WorkFilter filter) =>
        [.. (await silo.Worklists.ChecksAsync(filter, null, 100, TestContext.Current.CancellationToken)).Items.Select(item => item.Check.Id)];

    private static async Task<List<(GrainId Entity, int Day)>> DeadlinesAsync(TestSilo silo, DateOnly from, DateOnly to, int limit)
    {
        var items = new List<(GrainId, int)>();
        WorkPlace? place = null;
        do
        {
            var page = await silo.Worklists.DeadlinesAsync(new DeadlineFilter(from, to, []), place, limit, TestContext.Current.CancellationToken);
            items.AddRange(page.Items.Select(item => (item.Entity, item.Deadline.DueOn.Day)));
            place = page.Next;
        }
        while (place is not null);
        return items;
    }
}
