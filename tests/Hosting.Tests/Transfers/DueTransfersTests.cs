using Supervision.Grains.Calendars;
using Supervision.Hosting.Tests.Imports;
using Supervision.Hosting.Transfers;

namespace Supervision.Hosting.Tests.Transfers;

/// <summary>National factory, park and supply-chain titles come under miit-2024 on 2024-01-19; products stay.</summary>
public sealed class DueTransfersTests
{
    private const string List = "entity_id,kind,level,batch,published,region,name\r\n";

    private const string MovedSql = "SELECT count(*) FROM ledger WHERE type = 'title.transferred'";

    private const string OrderSql =
        "SELECT string_agg(grain || ' ' || effective_on || ' ' || actor, ', ' ORDER BY seq) FROM ledger WHERE type = 'title.transferred'";

    private static readonly DateTimeOffset Turn = CivilTime.StartOf(new DateOnly(2024, 1, 19));

    private static readonly string[] Kinds = ["factory", "park", "supply-chain"];

    [Fact]
    public async Task They_come_under_it_when_the_day_begins_each_once_and_products_and_what_was_lost_stay()
    {
        await using var register = await Importing.RegisterAsync();
        var silo = await register.StartSiloAsync();
        await ImportAsync(silo, Rows(2));
        var product = GrainId.Of(GrainKind.Product, "D-1");
        await Given.AcceptAsync(silo, product, new GrainCommand.Register("清洁剂", "430000", null, null, null, "甲公司"));
        await Given.AcceptAsync(silo, product, Given.Grant(new DateOnly(2018, 2, 11)));
        var lost = Given.Factory("F-2");
        await LoseAsync(silo, lost);

        await silo.Clock.MoveToAsync(Turn.AddMilliseconds(-1), TestContext.Current.CancellationToken);
        Assert.Equal(0L, await register.QueryAsync<long>(MovedSql));
        await silo.Clock.MoveToAsync(Turn, TestContext.Current.CancellationToken);

        Assert.Equal(
            "factory/F-1 2024-01-19 system, park/P-1 2024-01-19 system, park/P-2 2024-01-19 system, supply-chain/S-1 2024-01-19 system, supply-chain/S-2 2024-01-19 system",
            await register.QueryAsync<string>(OrderSql));
        Assert.Equal((Given.Policy, Given.Policy), (await PolicyAsync(silo, product), await PolicyAsync(silo, lost)));
        await silo.Clock.MoveToAsync(Turn.AddYears(2), TestContext.Current.CancellationToken);
        Assert.Equal(0, await silo.DueTransfers.RunAsync(register.Time.GetUtcNow(), TestContext.Current.CancellationToken));
        Assert.Equal(5L, await register.QueryAsync<long>(MovedSql));
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task An_exemption_goes_along_and_a_long_way_through_time_is_lived_through_in_its_order()
    {
        await using var register = await Importing.RegisterAsync();
        var silo = await register.StartSiloAsync();
        await ImportAsync(silo, Rows(1));
        var factory = Given.Factory("F-1");
        await ExemptAsync(silo, factory);
        await Given.AcceptAsync(silo, factory, Given.OrderDirected(new DateOnly(2023, 12, 31)));

        await silo.Clock.MoveToAsync(new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero), TestContext.Current.CancellationToken);

        Assert.Equal(
            "check.overdue 2024-01-01 2023-12-31 16:00, title.transferred 2024-01-19 2024-01-18 16:00, exemption.ended 2026-03-01 2026-02-28 16:00",
            await register.QueryAsync<string>(
                """
                SELECT string_agg(type || ' ' || effective_on || ' ' || to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), ', ' ORDER BY seq)
                FROM ledger WHERE grain = 'factory/F-1' AND at >= '2021-06-01' AND type NOT LIKE 'declaration.%'
                """));
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task The_past_shows_each_title_under_the_rules_of_its_time()
    {
        await using var register = await Importing.RegisterAsync();
        register.Time.MoveTo(Turn.AddYears(2));
        var silo = await register.StartSiloAsync();
        await ImportAsync(silo, Rows(1));

        foreach (var (on, policy) in (IEnumerable<(DateOnly, string)>)[(new(2024, 1, 18), "miit-2016"), (new(2024, 1, 19), "miit-2024")])
        {
            var past = await silo.Register.FindAsync([Given.Factory("F-1")], new AsOf(on, register.Time.GetUtcNow()), TestContext.Current.CancellationToken);
            Assert.Equal(policy, Assert.Single(Assert.Single(past.Values).View.Titles).Policy);
        }
    }

    [Fact]
    public async Task Who_was_interrupted_goes_on_where_it_stopped_and_two_silos_do_it_once()
    {
        await using var register = await Importing.RegisterAsync();
        var silo = await register.StartSiloAsync();
        await ImportAsync(silo, Rows(60));
        register.Time.MoveTo(Turn.AddHours(1));
        var stopped = new TransferRequest(
            "miit-2016", "miit-2024", new DateOnly(2024, 1, 19), "factory", Region: null, Level.National, "green-factory", DryRun: false, Actor.System);
        await new TitleTransfers(silo.Host, silo.Host, silo.Register, TestSilo.Book).RunAsync(stopped, after: null, limit: 7, TestContext.Current.CancellationToken);
        Assert.Equal(7L, await register.QueryAsync<long>(MovedSql));
        var others = new[] { await register.StartSiloAsync(), await register.StartSiloAsync() };

        await Task.WhenAll(others.Select(other => other.DueTransfers.RunAsync(register.Time.GetUtcNow(), TestContext.Current.CancellationToken)));

        Assert.Equal(180L, await register.QueryAsync<long>(MovedSql));
        Assert.Equal(180L, await register.QueryAsync<long>("SELECT count(DISTINCT grain) FROM ledger WHERE type = 'title.transferred'"));
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task A_list_that_is_entered_after_the_day_needs_no_run()
    {
        await using var register = await TestRegister.CreateAsync();
        register.Time.MoveTo(Turn.AddYears(2));
        var silo = await register.StartSiloAsync();

        await ImportAsync(silo, Rows(3));

        Assert.Equal(9L, await register.QueryAsync<long>(MovedSql));
        Assert.Equal("miit-2024", await PolicyAsync(silo, Given.Factory("F-1")));
        Assert.Equal(0, await silo.DueTransfers.RunAsync(register.Time.GetUtcNow(), TestContext.Current.CancellationToken));
        await ImportAsync(silo, Rows(3), changed: 0);
        Assert.Equal(9L, await register.QueryAsync<long>(MovedSql));
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task The_instants_are_those_of_the_policies()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();

        Assert.Equal(Turn, silo.DueTransfers.NextAfter(TestRegister.Start, Turn));
        Assert.Null(silo.DueTransfers.NextAfter(TestRegister.Start, Turn.AddMilliseconds(-1)));
        Assert.Null(silo.DueTransfers.NextAfter(Turn, DateTimeOffset.MaxValue));
    }

    private static string Rows(int each) => List + string.Concat(Kinds.SelectMany(kind => Enumerable.Range(1, each).Select(n =>
        $"{char.ToUpperInvariant(kind[0])}-{n},{kind},national,2,2018-02-11,湖南,{kind}公司{n}\r\n")));

    private static async Task ImportAsync(TestSilo silo, string list, int? changed = null)
    {
        var job = await silo.ImportAsync(list, Importing.NationalList);
        Assert.Equal((ImportStatus.Done, 0L), (job.Status, job.Rejected));
        Assert.Equal(changed ?? job.Rows, job.Accepted);
    }

    private static async Task<string> PolicyAsync(TestSilo silo, GrainId grain) =>
        Assert.Single((await silo.Register.FindAsync(grain, TestContext.Current.CancellationToken))!.View.Titles).Policy;

    private static async Task ExemptAsync(TestSilo silo, GrainId factory)
    {
        for (var n = 1; n <= 3; n++)
        {
            await Given.AcceptAsync(silo, factory, Given.OrderRandom(new DateOnly(2021, 12, 31)));
            await Given.AcceptAsync(silo, factory, Given.Result($"check-{n}", CheckOutcome.Clean, new DateOnly(2021, 3, 1)));
        }
    }

    private static async Task LoseAsync(TestSilo silo, GrainId factory)
    {
        await Given.AcceptAsync(silo, factory, new GrainCommand.OpenCase(Given.Title, "false-declaration", null, "evidence", Urgent: false));
        await Given.AcceptAsync(silo, factory, new GrainCommand.ServeCase("case-1", new DateOnly(2021, 3, 1), "post"));
        await Given.AcceptAsync(silo, factory, new GrainCommand.RecordStatement("case-1", PrivateText.Of("statement", new byte[16])));
        var decided = await silo.SendAsync(factory, new GrainCommand.DecideCase("case-1", CaseOutcome.Remove, "reason", "N-1"), Given.SecondOfficer);
        Assert.Null(decided.Rejection);
    }
}
