namespace Supervision.Hosting.Tests.Imports;

/// <summary>Everything that can be wrong with a row, in one file for each format and encoding.</summary>
public sealed class BrokenRowTests
{
    public static TheoryData<string, string, int> Files { get; } = new()
    {
        { "entities.utf8.csv", Importing.NationalList, 4 }, { "entities.bom.csv", Importing.NationalList, 4 },
        { "entities.gb18030.csv", Importing.NationalList, 4 }, { "entities.xlsx", Importing.NationalList, 4 },
        { "products.utf8.csv", Importing.NationalList, 2 }, { "products.bom.csv", Importing.NationalList, 2 },
        { "products.gb18030.csv", Importing.NationalList, 2 }, { "products.xlsx", Importing.NationalList, 2 },
        { "register.utf8.csv", Importing.Register, 3 }, { "register.bom.csv", Importing.Register, 3 },
        { "register.gb18030.csv", Importing.Register, 3 }, { "register.xlsx", Importing.Register, 3 },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_broken_cell_is_named_with_row_column_and_code_and_the_sound_rows_enter(string file, string format, int sound)
    {
        await using var register = await Importing.RegisterAsync();
        var silo = await register.StartSiloAsync();
        var content = await File.ReadAllBytesAsync(PathOf(file), TestContext.Current.CancellationToken);
        var expected = await File.ReadAllLinesAsync(PathOf(Path.ChangeExtension(file, "expected.txt")), TestContext.Current.CancellationToken);

        var job = await silo.ImportAsync(content, format);

        Assert.Equal(expected, await silo.ErrorsAsync(job));
        Assert.Equal((ImportStatus.Done, sound, 0, job.Rows - sound), job.Figures());
        await register.AssertVerifiedAsync();
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
        await silo.ImportAsync(await File.ReadAllBytesAsync(PathOf(first), TestContext.Current.CancellationToken), Importing.NationalList);

        var again = await silo.ImportAsync(await File.ReadAllBytesAsync(PathOf(second), TestContext.Current.CancellationToken), Importing.NationalList);

        Assert.Equal((0, 4), (again.Accepted, again.Unchanged));
    }

    [Fact]
    public async Task A_dry_run_names_the_same_errors_and_writes_nothing()
    {
        await using var register = await Importing.RegisterAsync();
        var silo = await register.StartSiloAsync();
        var content = await File.ReadAllBytesAsync(PathOf("entities.utf8.csv"), TestContext.Current.CancellationToken);

        var job = await silo.ImportAsync(content, Importing.NationalList, dryRun: true);

        Assert.Equal(await File.ReadAllLinesAsync(PathOf("entities.utf8.expected.txt"), TestContext.Current.CancellationToken), await silo.ErrorsAsync(job));
        Assert.Equal(0, await register.QueryAsync<long>("SELECT seq FROM head"));
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

    private static async Task<string[]> NamesAsync(TestSilo silo)
    {
        var page = await silo.Register.ListAsync(new EntityFilter { Kind = "product" }, null, 100, TestContext.Current.CancellationToken);
        return [.. page.Items.Select(entity => $"{entity.View.Key} {entity.View.Name}")];
    }

    /// <summary>What follows the codes of a line: codes are tested, words are not.</summary>
    private static string Message(string file, int line, string codes) => file.Split("\r\n")[line] is var text && text.IndexOf(codes, StringComparison.Ordinal) is >= 0 and var place
        ? text[(place + codes.Length)..]
        : throw new InvalidOperationException($"Line {line} has no {codes}: {text}");

    private static string PathOf(string file) => RepositoryFolder.PathOf(Path.Combine("tests", "Hosting.Tests", "Imports", "Fixtures", file));
}
