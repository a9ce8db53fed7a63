using Supervision.Hosting.Tests.Imports;

namespace Supervision.Hosting.Tests.Inspectors;

/// <summary>The register of inspectors on PostgreSQL: what is in memory, beside the ledger and in it.</summary>
public sealed class InspectorRegisterTests
{
    private const string Header = "id,name,regions,certificate_valid_until,fields,conflicts\n";

    private static readonly GrainId One = GrainId.Of(GrainKind.Inspector, "I-1");

    private static readonly GrainId Enterprise = EntityName.EnterpriseOf("某某股份有限公司");

    [Fact]
    public async Task What_one_silo_writes_the_others_know_once_they_follow_and_a_new_one_from_the_start()
    {
        await using var register = await TestRegister.CreateAsync();
        var (one, two) = (await register.StartSiloAsync(), await register.StartSiloAsync());

        await RegisterAsync(one, "I-2");
        await RegisterAsync(one, "I-1");
        Assert.Equal(["I-1", "I-2"], one.Inspectors.All().Select(entry => entry.Id));
        Assert.Empty(two.Inspectors.All());

        await two.Follower.CatchUpAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["I-1", "I-2"], two.Inspectors.All().Select(entry => entry.Id));
        await Given.AcceptAsync(two, One, new GrainCommand.RetireInspector("left"));
        await one.Follower.CatchUpAsync(TestContext.Current.CancellationToken);
        Assert.True(one.Inspectors.ById["I-1"].Retired);
        Assert.True((await register.StartSiloAsync()).Inspectors.ById["I-1"].Retired);
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task Names_lie_beside_the_ledger_and_can_be_erased()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        await RegisterAsync(silo, "I-1");
        // The same name with another salt is the same name.
        var again = await SendAsync(silo, new GrainCommand.ChangeInspector(Name("张三"), ["430000"], Day("2030-12-31"), ["节能"]));
        Assert.False(again.Changed);
        await SendAsync(silo, new GrainCommand.ChangeInspector(Name("李四"), ["430000"], Day("2030-12-31"), ["节能"]));

        Assert.Equal("李四", (await FindAsync(silo)).Name);
        Assert.Equal(0L, await register.QueryAsync<long>("SELECT count(*) FROM ledger WHERE data LIKE '%张三%' OR data LIKE '%李四%'"));
        Assert.Equal(0L, await register.QueryAsync<long>("SELECT count(*) FROM entity WHERE state LIKE '%李四%'"));

        // An earlier name does not come back when the one of today is erased.
        await register.ExecuteAsync("DELETE FROM private_member WHERE value = '李四'");
        Assert.Null((await FindAsync(silo)).Name);
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task Conflicts_follow_an_enterprise_that_is_merged()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        await Given.CertifiedAsync(silo, "F-1");
        var other = EntityName.EnterpriseOf("另一有限公司");
        await Given.AcceptAsync(silo, other, new GrainCommand.Register("另一有限公司", "430100", null, null, null));
        await RegisterAsync(silo, "I-1", Enterprise);
        await RegisterAsync(silo, "I-2");

        await Given.AcceptAsync(silo, Enterprise, new GrainCommand.Merge(other, "notice"));
        await silo.Effects.RunAsync(TestContext.Current.CancellationToken);
        await silo.Effects.RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal([Enterprise, other], silo.Inspectors.ById["I-1"].Conflicts);
        Assert.Empty(silo.Inspectors.ById["I-2"].Conflicts);
        Assert.Equal(1L, await register.QueryAsync<long>("SELECT count(*) FROM ledger WHERE type = 'inspector.conflict-followed'"));
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task Who_evaluates_or_certifies_by_a_key_is_not_registered()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        await silo.Keys.CreateAsync(new KeyRequest("x", "I-1", Role.Evaluator, Level.National, [], Body: "某某评价中心"), "p-a", null, TestContext.Current.CancellationToken);

        var outcome = await SendAsync(silo, Row());
        var imported = await silo.ImportAsync(Header + "I-1,张三,430000,2030-12-31,,\nI-2,李四,430000,2030-12-31,,\n", "inspectors");

        Assert.Equal("evaluator-not-inspector", outcome.Rejection?.Code);
        Assert.Equal((ImportStatus.Done, 1, 0, 1), imported.Figures());
        Assert.Equal(["1 1 - evaluator-not-inspector"], await silo.ErrorsAsync(imported));
        Assert.False(silo.InspectorRegister.IsInService("I-1"));
        Assert.True(silo.InspectorRegister.IsInService("I-2"));
    }

    [Fact]
    public async Task A_list_of_inspectors_is_imported_again_without_changes_and_sets_right_what_changed()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        var list = Header + $"I-1,张三,430000|湖北,2030-12-31,节能|环保,{Enterprise.Key}\nI-2,李四,,2030-12-31,,\n";

        Assert.Equal((ImportStatus.Done, 2, 0, 0), (await silo.ImportAsync(list, "inspectors", dryRun: true)).Figures());
        Assert.Empty(silo.Inspectors.All());
        Assert.Equal((ImportStatus.Done, 2, 0, 0), (await silo.ImportAsync(list, "inspectors")).Figures());
        Assert.Equal((ImportStatus.Done, 0, 2, 0), (await silo.ImportAsync(list, "inspectors")).Figures());
        Assert.Equal((ImportStatus.Done, 1, 1, 0), (await silo.ImportAsync(list.Replace("I-2,李四,,2030", "I-2,李四,,2031", StringComparison.Ordinal), "inspectors")).Figures());

        var shown = await FindAsync(silo);
        Assert.Equal(("张三", Day("2030-12-31")), (shown.Name, shown.CertificateValidUntil));
        Assert.Equal(["430000", "420000"], shown.Regions);
        Assert.Equal(["节能", "环保"], shown.Fields);
        Assert.Equal([Enterprise], shown.Conflicts.Select(conflict => conflict.Enterprise));
        Assert.Equal(Day("2031-12-31"), silo.Inspectors.ById["I-2"].CertificateValidUntil);
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task Rows_that_are_wrong_are_named_by_their_columns()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();

        var imported = await silo.ImportAsync(
            Header + "Ｉ-1,张三,430000,2030-12-31,,\nI-2,,nowhere,2030-13-31,,factory\nI-3,王五,440000,2030-12-31,,\ni-9,赵六,430000,2030-12-31,,\nI-9,赵六,430000,2030-12-31,,\n",
            "inspectors", actor: new Actor("p-hunan", "hunan", Role.Officer, new Authority(Level.Provincial, ["430000"])));

        var errors = await silo.ErrorsAsync(imported);
        Assert.Equal(
            ["1 1 id wrong-key", "2 1 name name-missing", "2 2 regions unknown-region", "2 3 certificate_valid_until wrong-date", "2 4 conflicts wrong-key", "3 1 regions inspector-out-of-scope"],
            errors.Take(6));
        await Assert.ThrowsAsync<ImportRefusedException>(() => silo.Imports.StartAsync(
            new ImportRequest(Guid.NewGuid(), "inspectors", Given.Policy, DryRun: false, Actor.System), new MemoryStream("id"u8.ToArray()), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_list_is_filtered_and_paged_by_numbers()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        await silo.ImportAsync(
            Header + $"I-1,张三,430000,2030-12-31,节能,{Enterprise.Key}\nI-2,李四,430100,2025-12-31,环保,\nI-3,王五,440000,2030-12-31,节能,\nI-4,赵六,,2030-12-31,,\n", "inspectors");
        await Given.AcceptAsync(silo, GrainId.Of(GrainKind.Inspector, "I-3"), new GrainCommand.RetireInspector("left"));

        Assert.Equal(["I-1", "I-2", "I-4"], await ListAsync(silo, new InspectorFilter { Region = "430000" }));
        Assert.Equal(["I-1", "I-3"], await ListAsync(silo, new InspectorFilter { Field = "节能" }));
        Assert.Equal(["I-1", "I-3", "I-4"], await ListAsync(silo, new InspectorFilter { ValidOn = Day("2026-01-01") }));
        Assert.Equal(["I-3"], await ListAsync(silo, new InspectorFilter { Retired = true }));
        Assert.Equal(["I-1"], await ListAsync(silo, new InspectorFilter { Conflict = Enterprise }));
        var page = await silo.InspectorRegister.ListAsync(new InspectorFilter(), GrainId.Of(GrainKind.Inspector, "I-1"), 2, TestContext.Current.CancellationToken);
        Assert.Equal(["I-2", "I-3"], page.Items.Select(item => item.Id));
        Assert.True(page.HasMore);
    }

    private static PrivateText Name(string name) => PrivateText.Of(name, Guid.NewGuid().ToByteArray());

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static GrainCommand.RegisterInspector Row(params GrainId[] conflicts) => new(Name("张三"), ["430000"], Day("2030-12-31"), ["节能"], conflicts);

    private static Task<CommandOutcome> RegisterAsync(TestSilo silo, string id, params GrainId[] conflicts) =>
        Given.AcceptAsync(silo, GrainId.Of(GrainKind.Inspector, id), Row(conflicts));

    private static Task<CommandOutcome> SendAsync(TestSilo silo, GrainCommand command) =>
        silo.InspectorRegister.SendAsync(One, command, new CommandContext(Given.Officer), TestContext.Current.CancellationToken);

    private static async Task<InspectorView> FindAsync(TestSilo silo) => (await silo.InspectorRegister.FindAsync(One, TestContext.Current.CancellationToken))!;

    private static async Task<IEnumerable<string>> ListAsync(TestSilo silo, InspectorFilter filter) =>
        (await silo.InspectorRegister.ListAsync(filter, null, 100, TestContext.Current.CancellationToken)).Items.Select(item => item.Id);
}
