namespace Supervision.Hosting.Tests.Imports;

/// <summary>The lists that the ministry published, whole.</summary>
public sealed class RealListTests
{
    [Fact]
    public async Task Every_row_of_the_real_lists_enters_once_and_every_company_is_one_enterprise()
    {
        await using var register = await Importing.RegisterAsync();
        var silo = await register.StartSiloAsync();

        Assert.Equal((ImportStatus.Done, 2_482, 0, 0), (await silo.ImportAsync(await ReadAsync("green_entities_national.csv"), Importing.NationalList)).Figures());
        Assert.Equal((ImportStatus.Done, 2_165, 0, 0), (await silo.ImportAsync(await ReadAsync("green_products_national.csv"), Importing.NationalList)).Figures());

        Assert.Equal(
            ["enterprise 2876", "factory 2121", "park 172", "product 2165", "supply-chain 189"],
            await LinesAsync(register, "SELECT kind || ' ' || count(*) FROM entity WHERE search IS NOT NULL GROUP BY kind ORDER BY kind"));
        Assert.Equal(274, await register.QueryAsync<long>(
            "SELECT count(*) FROM (SELECT enterprise FROM entity WHERE enterprise IS NOT NULL GROUP BY enterprise HAVING count(DISTINCT kind) > 1) AS several"));
        Assert.Equal(12, await register.QueryAsync<long>("SELECT count(*) FROM entity WHERE kind = 'product' AND region IS NULL"));
        // 湘工信节能〔2020〕93号, note to the draft: the first four batches of Hunan; thirteen products are listed where it states twelve.
        Assert.Equal(["factory 48", "park 4", "product 13", "supply-chain 3"], await TitlesAsync(register, "430000", lastBatch: 4));
        // Note to the draft of 深工信规〔2022〕3号: five batches of Shenzhen.
        Assert.Equal(["factory 45", "park 2", "product 71", "supply-chain 7"], await TitlesAsync(register, "440300", lastBatch: 5));
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task An_enterprise_shows_all_its_kinds_of_title_together()
    {
        await using var register = await Importing.RegisterAsync();
        var silo = await register.StartSiloAsync();
        await silo.ImportAsync(await ReadAsync("green_entities_national.csv"), Importing.NationalList);
        await silo.ImportAsync(await ReadAsync("green_products_national.csv"), Importing.NationalList);

        var subjects = await silo.Register.ListAsync(
            new EntityFilter { Enterprise = EntityName.EnterpriseOf("超威电源有限公司") }, null, 500, TestContext.Current.CancellationToken);

        Assert.Equal(
            ["factory", "product", "supply-chain"], subjects.Items.Select(entity => entity.View.Kind).Distinct().Order(StringComparer.Ordinal));
        Assert.All(subjects.Items, entity => Assert.Equal(Standing.Valid, entity.View.Standing));
    }

    [Fact]
    public async Task Uploading_again_changes_nothing_grants_nothing_twice_and_renames_nothing_back()
    {
        await using var register = await Importing.RegisterAsync();
        var silo = await register.StartSiloAsync();
        var entities = await ReadAsync("green_entities_national.csv");
        var products = await ReadAsync("green_products_national.csv");
        await silo.ImportAsync(entities, Importing.NationalList);
        await silo.ImportAsync(products, Importing.NationalList);
        var factory = Given.Factory("N-1-F-0001");
        await Given.AcceptAsync(silo, factory, new GrainCommand.Rename("北京新名称有限公司", new DateOnly(2021, 1, 1)));
        await Given.AcceptAsync(silo, factory, new GrainCommand.RecordAlias("北京别名", "notice", null, null));
        var seq = await register.QueryAsync<long>("SELECT seq FROM head");

        Assert.Equal((ImportStatus.Done, 0, 2_482, 0), (await silo.ImportAsync(entities, Importing.NationalList)).Figures());
        Assert.Equal((ImportStatus.Done, 0, 2_165, 0), (await silo.ImportAsync(products, Importing.NationalList)).Figures());

        Assert.Equal(seq, await register.QueryAsync<long>("SELECT seq FROM head"));
        Assert.Equal("北京新名称有限公司", (await silo.Register.FindAsync(factory, TestContext.Current.CancellationToken))!.View.Name);
    }

    [Fact]
    public async Task Rows_that_enter_together_leave_what_rows_that_are_commands_of_their_own_leave()
    {
        var lines = (await File.ReadAllLinesAsync(RepositoryFolder.PathOf("data/green_entities_national.csv"), TestContext.Current.CancellationToken))[..400];
        await using var together = await Importing.RegisterAsync();
        await (await together.StartSiloAsync()).ImportAsync(string.Join('\n', lines), Importing.NationalList);
        await using var apart = await Importing.RegisterAsync();
        var silo = await apart.StartSiloAsync();
        var reader = Supervision.Hosting.Imports.ImportFormats.ReaderOf(
            Importing.NationalList, Given.Policy, Supervision.Hosting.Imports.ListHeader.Parse(lines[0].TrimStart('\uFEFF')));
        foreach (var line in lines[1..])
        {
            var row = reader.Read(line);
            Assert.Null((await silo.SendAsync(row.Grain, row.Command!, Actor.System)).Rejection);
        }

        foreach (var table in (string[])["entity", "title"])
        {
            var columns = table == "entity" ? "grain, version, state, kind, name, region, industry, risk_class, standing, enterprise, search, wake_up" : $"{table}.*";
            var sql = $"SELECT coalesce(md5(string_agg(line, E'\\n' ORDER BY line)), '') FROM (SELECT row({columns})::text AS line FROM {table}) AS lines";
            Assert.Equal(await apart.QueryAsync<string>(sql), await together.QueryAsync<string>(sql));
        }

        const string Events = "SELECT md5(string_agg(grain || version || type || data, ',' ORDER BY grain, version)) FROM ledger";
        Assert.Equal(await apart.QueryAsync<string>(Events), await together.QueryAsync<string>(Events));
        await together.AssertVerifiedAsync();
    }

    private static Task<byte[]> ReadAsync(string file) =>
        File.ReadAllBytesAsync(RepositoryFolder.PathOf(Path.Combine("data", file)), TestContext.Current.CancellationToken);

    private static Task<IReadOnlyList<string>> TitlesAsync(TestRegister register, string region, int lastBatch) => LinesAsync(register, $"""
        SELECT kind || ' ' || count(*) FROM entity JOIN title ON title.grain = entity.grain
        WHERE region = '{region}' AND batch::integer <= {lastBatch} GROUP BY kind ORDER BY kind
        """);

    private static async Task<IReadOnlyList<string>> LinesAsync(TestRegister register, string sql) =>
        [.. await register.QueryAsync<string[]>($"SELECT array(({sql}))")];
}
