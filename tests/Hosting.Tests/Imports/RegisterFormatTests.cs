namespace Supervision.Hosting.Tests.Imports;

public sealed class RegisterFormatTests
{
    private const string Code = "91110000000000000E";

    private static readonly GrainId ByCode = GrainId.Of(GrainKind.Enterprise, Code);

    private static readonly DateTimeOffset After2024 = new(2024, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_documented_example_enters_whole_and_comes_out_as_a_file_that_enters_again()
    {
        var example = await File.ReadAllBytesAsync(RepositoryFolder.PathOf("docs/import-example.csv"), TestContext.Current.CancellationToken);
        await using var first = await Importing.RegisterAsync();
        var silo = await first.StartSiloAsync();
        // Rows that rest on rows before them are tried on what those would leave.
        var tried = await silo.ImportAsync(example, dryRun: true);
        Assert.Equal((ImportStatus.Done, tried.Rows, 0, 0), tried.Figures());
        Assert.Equal(0L, await first.QueryAsync<long>("SELECT count(*) FROM entity WHERE kind = 'factory'"));
        var job = await silo.ImportAsync(example);
        Assert.Equal((ImportStatus.Done, tried.Rows, 0, 0), job.Figures());
        var exported = await silo.ExportAsync();

        await using var second = await Importing.RegisterAsync();
        var other = await second.StartSiloAsync();
        var again = await other.ImportAsync(exported);

        Assert.Equal((ImportStatus.Done, 0), (again.Status, again.Rejected));
        Assert.Equal(exported, await other.ExportAsync());
        Assert.Equal((0, 0), ((await silo.ImportAsync(exported)).Accepted, (await silo.ImportAsync(example)).Accepted));
        await second.AssertVerifiedAsync();
    }

    [Fact]
    public async Task A_credit_code_that_comes_later_takes_over_the_enterprise_known_by_its_name()
    {
        await using var register = await Importing.RegisterAsync();
        var silo = await register.StartSiloAsync();
        await silo.ImportAsync("kind,key,name,region,policy,level,granted_on\nfactory,F-1,甲公司,430000,miit-2016,national,2018-02-11\n");
        var byName = EntityName.EnterpriseOf("甲公司");
        const string Later = $"kind,key,name,region\nenterprise,{Code},甲公司,430000\n";

        Assert.Equal(1, (await silo.ImportAsync(Later, dryRun: true)).Accepted);
        Assert.Null((await FindAsync(silo, byName)).MergedInto);
        Assert.Equal((1, 0), ((await silo.ImportAsync(Later)).Accepted, (await silo.ImportAsync(Later)).Accepted));

        Assert.Equal(ByCode, (await FindAsync(silo, byName)).MergedInto);
        Assert.Equal([byName], (await FindAsync(silo, ByCode)).Absorbed);
        await register.AssertVerifiedAsync();
    }

    /// <summary>The first twice, so that what was merged leads on.</summary>
    [Theory]
    [InlineData("kind,key,name,region,aliases\nfactory,F-1,一厂,430000,旧厂\n", true)]
    [InlineData("kind,key,name,region,aliases\nfactory,F-1,一厂,430000,没有的名\n", false)]
    [InlineData("kind,key,name,region,policy,level,granted_on\nfactory,F-1,一厂,430000,miit-2016,national,2018-02-11\n", true)]
    [InlineData("kind,key,name,region,policy,level,granted_on,status\nfactory,F-1,一厂,430000,miit-2016,national,2018-02-11,removed\n", true)]
    [InlineData("kind,key,name,region,policy,level,granted_on\nfactory,F-1,一厂,430000,hunan-2017,provincial,2018-11-01\n", false)]
    [InlineData("kind,key,name,region\nenterprise,,甲公司,430000\n", true)]
    public async Task A_row_of_what_was_merged_changes_nothing_unless_it_brings_something_new(string file, bool isKnown)
    {
        await using var register = await Importing.RegisterAsync();
        var silo = await register.StartSiloAsync();
        await silo.ImportAsync(
            "kind,key,name,region,enterprise_name,aliases,policy,level,granted_on\nfactory,F-1,一厂,430000,甲公司,旧厂,miit-2016,national,2018-02-11\n"
            + "factory,F-2,二厂,430000,,,,,\nfactory,F-3,三厂,430000,,,,,\n");
        await silo.ImportAsync($"kind,key,name,region\nenterprise,{Code},甲公司,430000\n");
        await MergeAsync("F-1", "F-2");
        await MergeAsync("F-2", "F-3");

        foreach (var dryRun in (bool[])[true, false])
            Assert.Equal(isKnown ? (ImportStatus.Done, 0L, 1L, 0L) : (ImportStatus.Done, 0L, 0L, 1L), (await silo.ImportAsync(file, dryRun: dryRun)).Figures());

        async Task MergeAsync(string from, string into) =>
            Assert.Null((await silo.SendAsync(Given.Factory(from), new GrainCommand.Merge(Given.Factory(into), "notice"), Actor.System)).Rejection);
    }

    [Fact]
    public async Task A_row_before_that_knows_the_enterprise_by_its_name_is_waited_for()
    {
        await using var register = await Importing.RegisterAsync();
        var silo = await register.StartSiloAsync();

        var job = await silo.ImportAsync($"""
            kind,key,name,region,enterprise,enterprise_name
            factory,F-1,一厂,430000,,甲公司
            factory,F-2,二厂,430000,{Code},甲公司
            enterprise,{Code},甲公司,430000,,
            """);

        Assert.Equal((ImportStatus.Done, 2, 1, 0), job.Figures());
        Assert.Equal(ByCode, (await FindAsync(silo, EntityName.EnterpriseOf("甲公司"))).MergedInto);
    }

    [Fact]
    public async Task Names_and_relations_that_an_entity_lacks_are_added_and_nothing_is_taken_away()
    {
        await using var register = await Importing.RegisterAsync();
        var silo = await register.StartSiloAsync();
        await silo.ImportAsync("kind,key,name,region\nfactory,F-1,一厂,430000\nfactory,F-2,二厂,430000\npark,P-1,某园区,430000\n");
        await Given.AcceptAsync(silo, Park, new GrainCommand.RecordAlias("园", "notice", null, null));
        const string More = "kind,key,name,aliases,relations\npark,P-1,另名,旧园区|园,member:factory/F-1|member:factory/F-2\n";

        Assert.Equal((1, 0), ((await silo.ImportAsync(More)).Accepted, (await silo.ImportAsync(More)).Accepted));

        var park = await FindAsync(silo, Park);
        Assert.Equal(("某园区", "430000"), (park.Name, park.Region));
        Assert.Equal(["园", "旧园区"], park.Aliases.Order(StringComparer.Ordinal));
        Assert.Equal(["factory/F-1", "factory/F-2"], park.Relations.Where(relation => relation.Type == "member").Select(relation => relation.To.Value));
    }

    [Fact]
    public async Task Several_titles_of_one_entity_are_several_rows()
    {
        await using var register = await Importing.RegisterAsync();
        var silo = await register.StartSiloAsync();

        var job = await silo.ImportAsync("""
            kind,key,name,region,policy,level,granted_on
            factory,F-1,一厂,430000,miit-2016,national,2018-02-11
            factory,F-1,一厂,430000,hunan-none,provincial,2018-02-11
            factory,F-1,一厂,430000,hunan-2017,provincial,2018-11-01
            """);

        Assert.Equal(["2 1 policy unknown-policy"], await silo.ErrorsAsync(job));
        Assert.Equal([Given.Policy, "hunan-2017"], (await FindAsync(silo, Given.Factory("F-1"))).Titles.Select(title => title.Policy));
    }

    [Fact]
    public async Task What_came_under_other_rules_comes_out_under_them_and_enters_another_register_as_it_was_granted()
    {
        await using var first = await Importing.RegisterAsync();
        var silo = await first.StartSiloAsync();
        await silo.ImportAsync("kind,key,name,region,policy,level,granted_on\nfactory,F-1,一厂,430000,miit-2016,national,2018-02-11\n");
        await silo.Clock.MoveToAsync(After2024, TestContext.Current.CancellationToken);
        var exported = await silo.ExportAsync(new EntityFilter { Kind = "factory" });
        Assert.Contains(",miit-2024,green-factory,national,,2018-02-11,", exported, StringComparison.Ordinal);

        await using var second = await TestRegister.CreateAsync();
        second.Time.MoveTo(After2024);
        var other = await second.StartSiloAsync();
        Assert.Equal((ImportStatus.Done, 1, 0, 0), (await other.ImportAsync(exported)).Figures());
        Assert.Equal((ImportStatus.Done, 0, 1, 0), (await other.ImportAsync(exported)).Figures());

        Assert.Equal(exported, await other.ExportAsync(new EntityFilter { Kind = "factory" }));
        Assert.Equal(
            "title.granted title.transferred", await second.QueryAsync<string>("SELECT string_agg(type, ' ' ORDER BY seq) FROM ledger WHERE type LIKE 'title.%'"));
        await second.AssertVerifiedAsync();
    }

    [Fact]
    public async Task A_removed_title_is_exported_as_such_and_enters_no_other_register_as_a_listed_one()
    {
        await using var register = await Importing.RegisterAsync();
        var silo = await register.StartSiloAsync();
        const string Row = "factory,F-1,一厂,430000,miit-2016,national,2018-02-11,removed\n";
        const string Header = "kind,key,name,region,policy,level,granted_on,status\n";

        Assert.Equal(["1 1 status status-not-entered"], await silo.ErrorsAsync(await silo.ImportAsync(Header + Row)));
        await silo.ImportAsync(Header + Row.Replace("removed", "listed", StringComparison.Ordinal));

        Assert.Equal((ImportStatus.Done, 0, 1, 0), (await silo.ImportAsync(Header + Row)).Figures());
    }

    [Theory]
    [InlineData("=SUM(A1)")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@x")]
    [InlineData("'=x")]
    [InlineData("''@")]
    [InlineData("'x")]
    [InlineData("a,\"b\"")]
    public async Task What_looks_like_a_formula_is_written_with_an_apostrophe_and_read_without(string name)
    {
        await using var register = await Importing.RegisterAsync();
        var silo = await register.StartSiloAsync();
        await Given.AcceptAsync(silo, Given.Factory("F-1"), Given.Register(name));
        var exported = await silo.ExportAsync(new EntityFilter { Kind = "factory" });

        var cell = Supervision.Hosting.Imports.CsvLine.Parse(exported.Split("\r\n")[1])![2];
        Assert.Equal(name.TrimStart('\'')[0] is '=' or '+' or '-' or '@' ? "'" + name : name, cell);

        await using var other = await Importing.RegisterAsync();
        var second = await other.StartSiloAsync();
        Assert.Equal(1, (await second.ImportAsync(exported)).Accepted);
        Assert.Equal(name, (await FindAsync(second, Given.Factory("F-1"))).Name);
    }

    private static GrainId Park => GrainId.Of(GrainKind.Park, "P-1");

    private static async Task<EntityView> FindAsync(TestSilo silo, GrainId grain) =>
        (await silo.Register.FindAsync(grain, TestContext.Current.CancellationToken))!.View;
}
