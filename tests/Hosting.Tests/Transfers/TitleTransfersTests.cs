using Supervision.Hosting.Transfers;

namespace Supervision.Hosting.Tests.Transfers;

/// <summary>Transfers of many titles on a real register.</summary>
public sealed class TitleTransfersTests
{
    private static readonly TransferRequest Request = new(
        "miit-2016", "miit-2024", new DateOnly(2024, 1, 19), Kind: null, Region: null, Level: null, Honour: null, DryRun: false, Given.Officer);

    [Fact]
    public async Task Pages_go_through_every_title_in_order_and_none_is_done_twice()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        var factories = new List<GrainId>();
        for (var i = 1; i <= 5; i++)
            factories.Add(await Given.CertifiedAsync(silo, $"N-1-F-000{i}", $"第{i}公司"));
        var product = GrainId.Of(GrainKind.Product, "N-1-D-0001");
        await Given.AcceptAsync(silo, product, new GrainCommand.Register("清洁剂", "430000", null, null, null, "第1公司"));
        await Given.AcceptAsync(silo, product, Given.Grant(new DateOnly(2017, 2, 1)));
        register.Time.MoveTo(new DateTimeOffset(2026, 5, 1, 4, 0, 0, TimeSpan.Zero));
        var transfers = new TitleTransfers(silo.Host, silo.Host, silo.Register, TestSilo.Book);

        var dry = await transfers.RunAsync(Request with { DryRun = true }, after: null, limit: 10, TestContext.Current.CancellationToken);
        Assert.Equal(factories.Append(product), dry.Items.Select(item => item.Entity));
        Assert.All(dry.Items.Take(5), item => Assert.Equal(TransferStatus.Transferred, item.Status));
        Assert.Equal((TransferStatus.Rejected, "honour-not-granted"), (dry.Items[5].Status, dry.Items[5].Code));
        Assert.All(factories, factory => Assert.Equal("miit-2016", PolicyOf(silo, factory)));

        var first = await transfers.RunAsync(Request with { Kind = "factory" }, after: null, limit: 2, TestContext.Current.CancellationToken);
        Assert.Equal(factories.Take(2), first.Items.Select(item => item.Entity));
        Assert.Equal(factories[1], first.Last);
        // Whoever lost the answer begins again: what is done no longer fits.
        var again = await transfers.RunAsync(Request with { Kind = "factory" }, after: null, limit: 10, TestContext.Current.CancellationToken);
        Assert.Equal(factories.Skip(2), again.Items.Select(item => item.Entity));
        Assert.Null(again.Last);
        Assert.All(factories, factory => Assert.Equal("miit-2024", PolicyOf(silo, factory)));
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task Names_and_merges_are_stored_as_they_are_remembered_and_found_by_every_name()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        var factory = await Given.CertifiedAsync(silo, "N-1-F-0001", "甲公司");
        var coded = GrainId.Of(GrainKind.Enterprise, "91350100M000100Y43");
        await Given.AcceptAsync(silo, factory, new GrainCommand.Rename("乙公司", new DateOnly(2017, 2, 2)));
        await Given.AcceptAsync(silo, factory, new GrainCommand.RecordAlias("甲厂", "notice", null, null));
        await Given.AcceptAsync(silo, EntityName.EnterpriseOf("甲公司"), new GrainCommand.Merge(coded, "certificate"));

        Assert.Equal([[coded, factory]], await silo.Register.MatchAsync(["甲公司"], asOf: null, 10, TestContext.Current.CancellationToken));
        Assert.Equal([[factory]], await silo.Register.MatchAsync(["乙公司"], asOf: null, 10, TestContext.Current.CancellationToken));
        Assert.Equal([[factory]], await silo.Register.MatchAsync(["甲厂"], asOf: null, 10, TestContext.Current.CancellationToken));
        Assert.Equal([[coded]], await silo.Register.MatchAsync([coded.Key], asOf: null, 10, TestContext.Current.CancellationToken));
        Assert.Equal(coded, (await silo.Register.FindAsync(EntityName.EnterpriseOf("甲公司"), TestContext.Current.CancellationToken))!.View.MergedInto);
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task What_a_transfer_is_refused_for_stands_beside_what_was_done()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        var factory = await Given.CertifiedAsync(silo, "N-1-F-0001");
        register.Time.MoveTo(new DateTimeOffset(2026, 5, 1, 4, 0, 0, TimeSpan.Zero));
        var transfers = new TitleTransfers(silo.Host, silo.Host, silo.Register, TestSilo.Book);
        var elsewhere = new Actor("p-gd", "gd", Role.Officer, new Authority(Level.Provincial, ["440000"]));

        var page = await transfers.RunAsync(Request with { Actor = elsewhere }, after: null, limit: 10, TestContext.Current.CancellationToken);

        Assert.Equal((factory, TransferStatus.Rejected, "out-of-scope"), (page.Items[0].Entity, page.Items[0].Status, page.Items[0].Code));
        Assert.True(page.Items[0].IsDenied);
        Assert.Null(transfers.Refuse(Request));
        Assert.Equal(new Rejection.UnknownPolicy("miit-1999", "from"), transfers.Refuse(Request with { From = "miit-1999" }));
        Assert.Equal(new Rejection.UnknownPolicy("miit-1999", "to"), transfers.Refuse(Request with { To = "miit-1999" }));
        Assert.Empty((await transfers.RunAsync(Request with { From = "miit-2024" }, null, 10, TestContext.Current.CancellationToken)).Items);
    }

    [Fact]
    public async Task Whatever_names_a_merged_enterprise_is_followed_to_the_one_that_stays()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        var (coded, sibling) = (GrainId.Of(GrainKind.Enterprise, "91350100M000100Y43"), Given.Factory("N-1-F-0002"));
        await Given.CertifiedAsync(silo, "N-1-F-0001", "甲公司");
        await Given.AcceptAsync(silo, EntityName.EnterpriseOf("甲公司"), new GrainCommand.Merge(coded, "certificate"));

        // By its name, as a list has it, and by what an entity recorded before the merge.
        await Given.AcceptAsync(silo, sibling, Given.Register("甲公司"));
        await Given.AcceptAsync(silo, sibling, Given.Grant(new DateOnly(2017, 2, 1)));
        var turn = await silo.Host.TryAsync(Given.Factory("N-1-F-0001"), Given.Grant(new DateOnly(2017, 2, 2)), Given.Officer);

        Assert.Equal(coded, ((GrainState.Subject)(await silo.Activations.GetAsync(sibling)).State!).Enterprise);
        Assert.Equal("title-already-held", turn.Rejection?.Code);
        await register.AssertVerifiedAsync();
    }

    private static string PolicyOf(TestSilo silo, GrainId grain) =>
        silo.Activations.TryGet(grain, out var activation) ? Assert.Single(((GrainState.Subject)activation.State!).Titles).Ref.Policy : "";
}
