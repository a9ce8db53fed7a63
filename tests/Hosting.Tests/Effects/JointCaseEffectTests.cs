namespace Supervision.Hosting.Tests.Effects;

/// <summary>One decision over all products of an enterprise takes effect on each of them once, whoever is killed meanwhile.</summary>
public sealed class JointCaseEffectTests
{
    private const string Name = "某某股份有限公司";

    private static readonly GrainId Enterprise = EntityName.EnterpriseOf(Name);

    private static readonly Actor Hunan = new("p-hunan", "hunan", Role.Officer, new Authority(Level.Provincial, ["430000"]));

    private static readonly Actor Decider = new("p-decider", "decider", Role.Officer, new Authority(Level.Provincial, ["430000"]));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_kill_in_the_middle_leaves_one_decision_over_all_products_whole_after_a_restart()
    {
        await using var register = await TestRegister.CreateAsync();
        register.Time.MoveTo(new DateTimeOffset(2026, 6, 15, 1, 0, 0, TimeSpan.Zero));
        var silo = await register.StartSiloAsync();
        GrainId[] products = [await ListAsync(silo, "P-1", "清洁剂"), await ListAsync(silo, "P-2", "洗涤剂"), await ListAsync(silo, "P-3", "洗衣粉")];
        await Given.AcceptAsync(silo, Enterprise, new GrainCommand.ReportIncident(IncidentKind.Environment, new DateOnly(2026, 6, 14), "report"));
        await Given.AcceptAsync(
            silo, Enterprise, new GrainCommand.DetermineIncident("incident-1", new DateOnly(2026, 6, 14), "生态环境厅", "环〔2026〕1号", Name, IncidentLevel.Major));
        await silo.Effects.RunAsync(Cancellation);
        await AcceptAsync(silo, Hunan, new GrainCommand.ServeCase("joint-case-1", new DateOnly(2026, 6, 15), "post"));
        await silo.Effects.RunAsync(Cancellation);
        await AcceptAsync(silo, Hunan, new GrainCommand.RecordStatement("joint-case-1", PrivateText.Of("none", new byte[16])));
        await AcceptAsync(silo, Decider, new GrainCommand.DecideCase("joint-case-1", CaseOutcome.Remove, "reason", "N-1"));

        // The reader came as far as the first product, and its place was not kept.
        await silo.SendAsync(products[0], new GrainCommand.ApplyJointCases(Decision: true), Decider);
        register.Time.MoveTo(new DateTimeOffset(2026, 6, 16, 1, 0, 0, TimeSpan.Zero));
        var (restarted, other) = (await register.StartSiloAsync(), await register.StartSiloAsync());
        Assert.Equal([TitleStatus.Removed, TitleStatus.Listed, TitleStatus.Listed], await StatusesAsync(restarted, products));
        await Task.WhenAll(restarted.Effects.RunAsync(Cancellation), other.Effects.RunAsync(Cancellation));
        await restarted.Effects.RunAsync(Cancellation);
        await restarted.Follower.CatchUpAsync(Cancellation);

        Assert.Equal([TitleStatus.Removed, TitleStatus.Removed, TitleStatus.Removed], await StatusesAsync(restarted, products));
        foreach (var product in products)
        {
            var history = await restarted.Register.HistoryAsync(product, HistoryOrder.Oldest, null, 20, Cancellation);
            Assert.Equal(
                ["entity.registered", "title.granted", "re-evaluation.scheduled", "case.opened", "case.served", "case.decided", "title.removed"],
                history!.Items.Select(entry => entry.Type));
            Assert.Equal((new DateOnly(2026, 6, 15), Decider.Id), (history.Items[^1].EffectiveOn, history.Items[^1].Actor));
        }

        var enterprise = await restarted.Register.HistoryAsync(Enterprise, HistoryOrder.Oldest, null, 50, Cancellation);
        Assert.Single(enterprise!.Items, entry => entry.Type == "case.opened");
        Assert.Equal(3, enterprise.Items.Count(entry => entry.Type == "decision.applied"));
        Assert.Equal(3, enterprise.Items.Count(entry => entry.Type == "fact.applied"));
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task A_supply_chain_is_told_once_that_a_supplier_lost_its_title()
    {
        await using var register = await TestRegister.CreateAsync();
        var (silo, other) = (await register.StartSiloAsync(), await register.StartSiloAsync());
        var factory = await Given.CertifiedAsync(silo, "F-1");
        var (chain, park, stranger) = (GrainId.Of(GrainKind.SupplyChain, "C-1"), GrainId.Of(GrainKind.Park, "K-1"), GrainId.Of(GrainKind.Park, "K-2"));
        await Given.AcceptAsync(silo, chain, new GrainCommand.Register("链主公司", "440000", null, null, null, null, [new Relation(Relation.SupplierType, factory)]));
        await Given.AcceptAsync(silo, park, new GrainCommand.Register("园区公司", "430100", null, null, null, null, [new Relation(Relation.MemberType, Enterprise)]));
        await Given.AcceptAsync(silo, stranger, new GrainCommand.Register("别的园区", "430100", null, null, null));
        await Given.AcceptAsync(silo, factory, new GrainCommand.OpenCase(Given.Title, "false-declaration", null, null, Urgent: false));
        await Given.AcceptAsync(silo, factory, new GrainCommand.ServeCase("case-1", new DateOnly(2017, 3, 1), "post"));
        await Given.AcceptAsync(silo, factory, new GrainCommand.RecordStatement("case-1", PrivateText.Of("none", new byte[16])));
        Assert.Null((await silo.SendAsync(factory, new GrainCommand.DecideCase("case-1", CaseOutcome.Remove, "reason", "N-1"), Given.SecondOfficer)).Rejection);

        await Task.WhenAll(silo.Effects.RunAsync(Cancellation), other.Effects.RunAsync(Cancellation));
        await silo.Follower.CatchUpAsync(Cancellation);

        foreach (var (related, type) in new[] { (chain, "supplier"), (park, "member") })
        {
            var told = Assert.Single((await silo.Register.FindAsync(related, Cancellation))!.View.AffectedRelations);
            Assert.Equal((type, factory, TitleStatus.Removed), (told.Relation, told.Entity, told.Status));
        }

        Assert.Empty((await silo.Register.FindAsync(stranger, Cancellation))!.View.AffectedRelations);
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task A_relocation_moves_what_is_open_to_the_worklists_of_the_new_region_and_the_past_stays_where_it_was()
    {
        await using var register = await TestRegister.CreateAsync();
        register.Time.MoveTo(new DateTimeOffset(2026, 6, 15, 1, 0, 0, TimeSpan.Zero));
        var silo = await register.StartSiloAsync();
        var factory = Given.Factory("F-1");
        await Given.AcceptAsync(silo, factory, Given.Register(Name));
        await Given.AcceptAsync(silo, factory, new GrainCommand.GrantTitle("miit-2024", null, Level.National, null, new DateOnly(2025, 2, 3), null));
        await Given.AcceptAsync(silo, factory, new GrainCommand.OrderCheck(new TitleChoice("miit-2024"), CheckBasis.Directed, "complaint", null, new DateOnly(2026, 12, 31), [], []));
        await Given.AcceptAsync(
            silo, factory, new GrainCommand.FileChange(ChangeKind.Relocation, new DateOnly(2026, 6, 1), On: null, "moved", Name: null, Region: "440100"));
        var city = new Actor("p-city", "city", Role.Officer, new Authority(Level.Municipal, ["430100"]));
        Assert.Equal("change-1", Assert.Single((await silo.Worklists.ChangesAsync(new WorkFilter { Regions = ["430000"], Status = "filed" }, null, 5, Cancellation)).Items).Change.Id);

        Assert.Null((await silo.SendAsync(factory, new GrainCommand.VerifyChange("change-1", new DateOnly(2026, 6, 15), Confirmed: true, Note: null), city)).Rejection);
        register.Time.MoveTo(new DateTimeOffset(2026, 6, 16, 1, 0, 0, TimeSpan.Zero));
        Assert.Null((await silo.SendAsync(factory, new GrainCommand.DecideChange("change-1", ChangeOutcome.Accepted, "reason", null), Hunan)).Rejection);

        Assert.Empty((await silo.Worklists.ChecksAsync(new WorkFilter { Regions = ["430000"] }, null, 5, Cancellation)).Items);
        Assert.Equal(factory, Assert.Single((await silo.Worklists.ChecksAsync(new WorkFilter { Regions = ["440000"] }, null, 5, Cancellation)).Items).Entity);
        Assert.Empty((await silo.Worklists.ChangesAsync(new WorkFilter(), null, 5, Cancellation)).Items);
        await register.AssertVerifiedAsync();
    }

    private static async Task<GrainId> ListAsync(TestSilo silo, string key, string name)
    {
        var product = GrainId.Of(GrainKind.Product, key);
        await Given.AcceptAsync(silo, product, new GrainCommand.Register(name, "430100", "化工", null, Enterprise: null, EnterpriseName: Name));
        var granted = await silo.SendAsync(product, new GrainCommand.GrantTitle("hunan-product", null, Level.Provincial, null, new DateOnly(2025, 6, 15), null), Hunan);
        Assert.Null(granted.Rejection);
        return product;
    }

    private static async Task AcceptAsync(TestSilo silo, Actor by, GrainCommand command) => Assert.Null((await silo.SendAsync(Enterprise, command, by)).Rejection);

    private static async Task<List<TitleStatus>> StatusesAsync(TestSilo silo, GrainId[] products)
    {
        var statuses = new List<TitleStatus>();
        foreach (var product in products)
            statuses.Add((await silo.Register.FindAsync(product, Cancellation))!.View.Titles[0].Status);
        return statuses;
    }
}
