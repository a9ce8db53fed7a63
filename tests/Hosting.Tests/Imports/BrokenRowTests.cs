namespace Supervision.Hosting.Tests.Imports;

/// <summary>Everything that can be wrong with a row, in one file for each format and encoding.</summary>
public sealed class BrokenRowTests
{
    private static readonly (string Name, string Format, int Sound)[] Lists =
    [
        ("entities", Importing.NationalList, 4), ("products", Importing.NationalList, 2), ("products-keyed", Importing.NationalList, 2),
        ("register", Importing.Register, 3), ("vetoes", "vetoes", 1), ("inspectors", "inspectors", 1),
    ];

    public static TheoryData<string, string, int> Files =>
        [.. Lists.SelectMany(list => ((string[])["utf8.csv", "bom.csv", "gb18030.csv", "xlsx"]).Select(encoding => ($"{list.Name}.{encoding}", list.Format, list.Sound)))];

    public static TheoryData<string, string, int> OneFileOfEach => [.. Lists.Select(list => ($"{list.Name}.utf8.csv", list.Format, list.Sound))];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_broken_cell_is_named_with_row_column_and_code_and_the_sound_rows_enter(string file, string format, int sound)
    {
        await using var register = await Importing.RegisterAsync();
        var silo = await register.StartSiloAsync();
        await RegisterBefore.BringAboutAsync(register, silo);

        var job = await silo.ImportAsync(await ReadAsync(file), format);

        await AssertErrorsAsync(file, silo, job);
        Assert.Equal((ImportStatus.Done, sound, 0, job.Rows - sound), job.Figures());
        await register.AssertVerifiedAsync();
    }

    [Theory]
    [MemberData(nameof(OneFileOfEach))]
    public async Task A_dry_run_names_the_same_errors_and_writes_nothing(string file, string format, int sound)
    {
        await using var register = await Importing.RegisterAsync();
        var silo = await register.StartSiloAsync();
        await RegisterBefore.BringAboutAsync(register, silo);
        var seq = await register.QueryAsync<long>("SELECT seq FROM head");

        var job = await silo.ImportAsync(await ReadAsync(file), format, dryRun: true);

        await AssertErrorsAsync(file, silo, job);
        Assert.Equal((ImportStatus.Done, sound, 0, job.Rows - sound), job.Figures());
        Assert.Equal(seq, await register.QueryAsync<long>("SELECT seq FROM head"));
    }

    [Fact]
    public async Task Every_code_that_is_documented_for_rows_is_in_a_file()
    {
        var documented = (await File.ReadAllTextAsync(RepositoryFolder.PathOf("docs/import.md"), TestContext.Current.CancellationToken))
            .Split("\n## ").Single(section => section.StartsWith("Codes of rows", StringComparison.Ordinal))
            .Split('`').Where((_, place) => place % 2 == 1).ToHashSet();
        Assert.Contains("row-too-long", documented);

        foreach (var expected in Directory.GetFiles(PathOf(""), "*.expected.txt"))
            documented.ExceptWith((await File.ReadAllLinesAsync(expected, TestContext.Current.CancellationToken)).Select(line => line.Split(' ')[3].TrimEnd(':')));
        Assert.Empty(documented);
    }

    [Fact]
    public async Task A_name_that_would_be_shown_in_another_direction_does_not_enter()
    {
        await using var register = await Importing.RegisterAsync();
        var silo = await register.StartSiloAsync();
        var job = await silo.ImportAsync("kind,key,name,region\nfactory,F-1,甲\u202e乙,430000\n");
        Assert.Equal(["1 1 name control-character"], await silo.ErrorsAsync(job));
    }

    [Theory]
    [InlineData("entities.utf8.csv", "entities.gb18030.csv")]
    [InlineData("entities.utf8.csv", "entities.xlsx")]
    [InlineData("entities.bom.csv", "entities.utf8.csv")]
    public async Task The_same_rows_in_another_encoding_change_nothing(string first, string second)
    {
        await using var register = await Importing.RegisterAsync();
        var silo = await register.StartSiloAsync();
        var job = await silo.ImportAsync(await ReadAsync(first), Importing.NationalList);

        var again = await silo.ImportAsync(await ReadAsync(second), Importing.NationalList);

        Assert.Equal((0, job.Accepted), (again.Accepted, again.Unchanged));
    }

    [Fact]
    public async Task Rejected_rows_come_as_a_file_of_the_same_layout_that_can_be_set_right_and_imported()
    {
        await using var register = await Importing.RegisterAsync();
        var silo = await register.StartSiloAsync();
        const string Header = "entity_id,kind,level,batch,published,region,name";
        var job = await silo.ImportAsync($"""
            {Header}
            B-1,factory,national,1,2017-08-23,北京,甲厂
            B-2,factory,national,1,2017-08-23,月球,=乙厂
            B-3,factory,nat
            B-4,factory,galactic,1,23.8.2017,北京,"丁""厂"
            """, Importing.NationalList);

        var rejected = await silo.RejectedAsync(job);

        Assert.Equal(
        [
            "\uFEFF" + Header + ",error_column,error_code,error_message",
            "B-2,factory,national,1,2017-08-23,月球,'=乙厂,region,unknown-region," + Message(rejected, 1, "unknown-region,"),
            "\"B-3,factory,nat\",,,,,,,,wrong-cell-count," + Message(rejected, 2, "wrong-cell-count,"),
            "B-4,factory,galactic,1,23.8.2017,北京,\"丁\"\"厂\",level; published,unknown-level; wrong-date," + Message(rejected, 3, "unknown-level; wrong-date,"),
            "",
        ], rejected.Split("\r\n"));
        var corrected = await silo.ImportAsync(rejected.Replace("月球", "北京", StringComparison.Ordinal), Importing.NationalList);
        Assert.Equal((1, 2), (corrected.Accepted, corrected.Rejected));
        Assert.Equal("=乙厂", (await silo.Register.FindAsync(Given.Factory("B-2"), TestContext.Current.CancellationToken))!.View.Name);
        var still = await silo.RejectedAsync(corrected);
        Assert.Equal("\uFEFF" + Header + ",error_column,error_code,error_message", still.Split("\r\n")[0]);
    }

    [Fact]
    public async Task Rejected_products_bring_along_the_key_that_their_place_gave_them()
    {
        await using var register = await Importing.RegisterAsync();
        var silo = await register.StartSiloAsync();
        var job = await silo.ImportAsync("""
            level,batch,published,region,company,product,model
            national,1,2017-08-23,湖南,甲公司,一,-
            national,1,2017-08-23,月球,甲公司,二,-
            "national,1
            national,1,2017-08-23,湖南,甲公司,四,M-4
            """, Importing.NationalList);
        Assert.Equal((2, 2), (job.Accepted, job.Rejected));

        var corrected = await silo.ImportAsync((await silo.RejectedAsync(job)).Replace("月球", "湖南", StringComparison.Ordinal), Importing.NationalList);

        Assert.Equal((1, 1), (corrected.Accepted, corrected.Rejected));
        Assert.Equal(["N-1-D-0001 一", "N-1-D-0002 二", "N-1-D-0004 四 M-4"], await NamesAsync(silo));
        Assert.Contains("N-1-D-0003", await silo.RejectedAsync(corrected), StringComparison.Ordinal);
    }

    /// <summary>The errors are those of the file beside the list: row, place, column, code, message.</summary>
    private static async Task AssertErrorsAsync(string file, TestSilo silo, ImportView job)
    {
        var page = await silo.Imports.ErrorsAsync(job.Id, default, 500, TestContext.Current.CancellationToken);
        var lines = page.Items.Select(error => $"{error.Row} {error.Place} {error.Column ?? "-"} {error.Code}: {error.Message}").ToList();
        var path = PathOf(file + ".expected.txt");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") is "1")
            await File.WriteAllLinesAsync(path, lines, TestContext.Current.CancellationToken);
        Assert.Equal(await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken), lines);
    }

    private static async Task<string[]> NamesAsync(TestSilo silo)
    {
        var page = await silo.Register.ListAsync(new EntityFilter { Kind = "product" }, null, 100, TestContext.Current.CancellationToken);
        return [.. page.Items.Select(entity => $"{entity.View.Key} {entity.View.Name}")];
    }

    /// <summary>What follows the codes of a line: codes are tested, words are not.</summary>
    private static string Message(string file, int line, string codes) => file.Split("\r\n")[line] is var text && text.IndexOf(codes, StringComparison.Ordinal) is >= 0 and var place
        ? text[(place + codes.Length)..]
        : throw new InvalidOperationException($"Line {line} has no {codes}: {text}");

    private static Task<byte[]> ReadAsync(string file) => File.ReadAllBytesAsync(PathOf(file), TestContext.Current.CancellationToken);

    private static string PathOf(string file) => RepositoryFolder.PathOf(Path.Combine("tests", "Hosting.Tests", "Imports", "Fixtures", file));
}
