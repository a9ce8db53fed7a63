using System.Text;
using Supervision.Testing;

namespace Supervision.Acceptance;

/// <summary>Published lists, sound and broken, through the interface and from the command line.</summary>
public sealed class ImportTests : IAsyncLifetime
{
    private const string Header = "entity_id,kind,level,batch,published,region,name\r\n";

    private TestDatabase _database = null!;
    private SiloProcess _silo = null!;
    private Client _admin = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(TestContext.Current.CancellationToken);
        _silo = await SiloProcess.StartAsync($"--ConnectionStrings:Supervision={_database.ConnectionString}", "--Sample:Load=false");
        _admin = _silo.Admin();
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _silo.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Every_broken_row_is_named_with_row_column_and_code_in_order_and_the_others_enter()
    {
        byte[] file =
        [
            .. Utf8(Header),
            .. Utf8("B-1,factory,national,1,2017-08-23,北京,北京甲厂\r\n"),
            .. Utf8("B-2,factory,national,1,2017-08-23,北京,"), 0xC3, 0x28, .. Utf8("\r\n"),
            .. Utf8("B-3,factory,nat\r\n"),
            .. Utf8("B-4,factory,national,1,2017-08-23,北京,\"北京丁厂\r\n"),
            .. Utf8($"B-5,factory,national,1,2017-08-23,北京,{new string('长', 10_000)}\r\n"),
            .. Utf8("B-6,factory,galactic,1,23.08.2017,月球,北京己厂\r\n"),
            .. Utf8("B-1,factory,national,1,2017-08-23,北京,北京甲厂\r\n"),
            .. Utf8("B-8,castle,national,1,2017-08-23,北京,北京辛厂\r\n"),
            .. Utf8("B-9,factory,national,1,2017-08-23,北京,\"北京\"\"壬\"\"厂\""),
        ];
        string[] expected =
        [
            "2.1 name bad-encoding", "3.1  wrong-cell-count", "4.1  unclosed-quote", "5.1 name name-too-long", "6.1 level unknown-level",
            "6.2 published wrong-date", "6.3 region unknown-region", "7.1 entity_id listed-twice", "8.1 kind unknown-kind",
        ];

        foreach (var dryRun in (bool[])[true, false])
        {
            var job = await _admin.ImportAsync(file, dryRun);
            Assert.Equal(("done", 2, 0, 7), job.Figures());
            Assert.Equal(9, job.Number("rows"));
            var errors = await _admin.ListAsync($"/api/imports/{job.Text("id")}/errors");
            Assert.Equal(
                expected,
                errors.Select(error => $"{error.GetProperty("row")}.{error.GetProperty("place")} {error.GetProperty("column").GetString()} {error.GetProperty("code").GetString()}"));
            Assert.All(errors, error => Assert.NotEmpty(error.GetProperty("message").GetString()!));
        }

        Assert.Equal("北京\"壬\"厂", (await _admin.GetAsync("/api/entities/factory/B-9")).Text("name"));
        Assert.Equal(2, (await _admin.ListAsync("/api/entities?kind=factory")).Count);
    }

    [Fact]
    public async Task A_file_that_cannot_be_worked_through_is_refused_at_once()
    {
        foreach (var (file, named) in (IEnumerable<(string, string)>)
        [
            ("", "empty"),
            ("entity_id,kind,level,batch,published,region\r\n", "name"),
            ("entity_id,kind,level,batch,published,region,name,name\r\n", "twice"),
            ("PK\u0003\u0004 a spreadsheet", "workbook"),
        ])
        {
            var refused = await _admin.UploadAsync(Utf8(file));

            Assert.Equal((400, "import-refused"), (refused.Status, refused.Code));
            Assert.Contains(named, refused.Text("detail"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_command_line_imports_beside_a_serving_silo_and_names_the_rows_that_were_rejected()
    {
        using var directory = new TempDirectory();
        var file = Path.Combine(directory.Path, "list.csv");
        await File.WriteAllTextAsync(file, Header + "B-1,factory,national,1,2017-08-23,北京,北京甲厂\r\nB-2,factory,national,1,2017-08-23,月球,北京乙厂\r\n", TestContext.Current.CancellationToken);

        foreach (var (dryRun, told) in (IEnumerable<(bool, string)>)[(true, "1 would change"), (false, "1 changed"), (false, "1 were in it")])
        {
            string[] command = ["import", file, "--format", "national-list", "--policy", "miit-2016", $"--ConnectionStrings:Supervision={_database.ConnectionString}"];
            var (exitCode, output) = await SiloProcess.RunAsync(dryRun ? [.. command, "--dry-run"] : command);

            Assert.True(exitCode == 3, output);
            Assert.Contains("row 2, region: unknown-region", output, StringComparison.Ordinal);
            Assert.Contains(told, output, StringComparison.Ordinal);
        }

        var exported = await _admin.GetAsync("/api/exports/entities.csv?kind=factory");
        Assert.Contains("factory,B-1,北京甲厂,", exported.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("B-2", exported.Body, StringComparison.Ordinal);
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
