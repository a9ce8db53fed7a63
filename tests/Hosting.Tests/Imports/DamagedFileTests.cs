using System.IO.Compression;
using System.Text;

namespace Supervision.Hosting.Tests.Imports;

/// <summary>Whatever is wrong with a file that was taken in costs its rows, or its job, and no other job.</summary>
public sealed class DamagedFileTests
{
    private const string Header = "kind,key,name\n";

    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    [Fact]
    public async Task Damaged_bytes_of_GB18030_spoil_their_cells_only()
    {
        await using var register = await Importing.RegisterAsync();
        var silo = await register.StartSiloAsync();
        byte[] file =
        [
            .. Gb18030.GetBytes($"{Header}factory,F-1,湖南机械制造有限公司\nfactory,F-2,长沙"), 0xFF, 0xFF,
            .. Gb18030.GetBytes("有限公司\nfactory,F-3,株洲机械有限公司\n"),
        ];

        var job = await silo.ImportAsync(file);

        Assert.Equal((ImportStatus.Done, 2, 0, 1), job.Figures());
        Assert.Equal(["2 1 name bad-encoding"], await silo.ErrorsAsync(job));
        Assert.Contains("长沙", await silo.RejectedAsync(job), StringComparison.Ordinal);
        Assert.Equal("湖南机械制造有限公司", (await silo.Register.FindAsync(Given.Factory("F-1"), TestContext.Current.CancellationToken))!.View.Name);
    }

    [Theory]
    [InlineData("gb18030")]
    [InlineData("utf-8")]
    public async Task A_file_that_is_cut_within_its_last_character_spoils_that_cell(string charset)
    {
        await using var register = await Importing.RegisterAsync();
        var silo = await register.StartSiloAsync();
        var file = (charset == "utf-8" ? Encoding.UTF8 : Gb18030).GetBytes($"{Header}factory,F-1,湖南机械制造有限公司\nfactory,F-2,株洲机械有限公司");

        var job = await silo.ImportAsync(file[..^1]);

        Assert.Equal((ImportStatus.Done, 1, 0, 1), job.Figures());
        Assert.Equal(["2 1 name bad-encoding"], await silo.ErrorsAsync(job));
    }

    [Fact]
    public async Task A_row_with_damaged_bytes_is_taken_once_it_is_set_right_whatever_was_said_of_it()
    {
        await using var register = await Importing.RegisterAsync();
        var silo = await register.StartSiloAsync();
        byte[] file = [.. Encoding.UTF8.GetBytes($"{Header}factory,F-1,湖南机械制造有限公司\nfac"), 0xFF, .. Encoding.UTF8.GetBytes("tory,F-2,株洲机械有限公司\n")];

        var rejected = await silo.RejectedAsync(await silo.ImportAsync(file));
        Assert.Equal(1, rejected.Count(character => character == '\uFFFD'));

        // As a file of before, which quoted what was damaged.
        var right = rejected.Replace("fac\uFFFDtory", "factory", StringComparison.Ordinal).Replace("fac?tory", "fac\uFFFDtory", StringComparison.Ordinal);
        Assert.Contains('\uFFFD', right);
        Assert.Equal((ImportStatus.Done, 1, 0, 0), (await silo.ImportAsync(right)).Figures());
    }

    [Fact]
    public async Task What_is_cut_in_a_message_is_not_cut_within_a_character()
    {
        await using var register = await Importing.RegisterAsync();
        var silo = await register.StartSiloAsync();

        // The fortieth unit is half of a character outside the basic plane.
        var job = await silo.ImportAsync($"{Header}factory,{new string('x', 39)}𠮷𠮷,某某\nfactory,F-2,某某有限公司\n");

        Assert.Equal((ImportStatus.Done, 1, 0, 1), job.Figures());
        Assert.Equal(["1 1 key wrong-key"], await silo.ErrorsAsync(job));
    }

    [Fact]
    public async Task A_line_that_is_cut_is_stored_as_text()
    {
        await using var register = await Importing.RegisterAsync();
        var silo = await register.StartSiloAsync();
        var start = "factory,F-1,";

        var job = await silo.ImportAsync($"{Header}{start}{new string('x', (64 * 1024) - start.Length)}𠮷𠮷\nfactory,F-2,某某有限公司\n");

        Assert.Equal((ImportStatus.Done, 1, 0, 1), job.Figures());
        Assert.Equal(["1 1 - row-too-long"], await silo.ErrorsAsync(job));
    }

    [Theory]
    [InlineData("某_x0000_某", "bad-encoding")]
    [InlineData("某\u0001某", "control-character")]
    public async Task A_cell_that_no_database_keeps_is_refused_in_its_row(string name, string code)
    {
        await using var register = await Importing.RegisterAsync();
        var silo = await register.StartSiloAsync();

        var job = await silo.ImportAsync(Workbook([["kind", "key", "name"], ["factory", "F-1", name.Replace("\u0001", "_x0001_", StringComparison.Ordinal)], ["factory", "F-2", "某某有限公司"]]));

        Assert.Equal((ImportStatus.Done, 1, 0, 1), job.Figures());
        Assert.Equal([$"1 1 name {code}"], await silo.ErrorsAsync(job));
    }

    [Theory]
    [InlineData("<c t=\"e\"><v>#N/A</v></c>", "2 1 name cell-error")]
    [InlineData("<c r=\"C4\" t=\"e\"><v>#REF!</v></c>", "2 1 name cell-error")]
    [InlineData("<c t=\"s\"><v>7</v></c>", "2 1 name cell-error")]
    [InlineData("<c><v>12300000000000000000</v></c>", "2 1 name number-not-text")]
    [InlineData("<c><v>1.2345678901234567E+18</v></c>", "2 1 name number-not-text")]
    [InlineData("<c><v>123456789012345</v></c>", null)]
    [InlineData("<c><v>12.3</v></c>", null)]
    public async Task A_cell_whose_value_is_lost_is_refused_in_its_row(string cell, string? expected)
    {
        await using var register = await Importing.RegisterAsync();
        var silo = await register.StartSiloAsync();

        // The third row has blanks only, and is none.
        var job = await silo.ImportAsync(Sheet(
            RowOf(["kind", "key", "name"]) + RowOf(["factory", "F-1", "某某有限公司"]) + RowOf([" ", "\u3000", ""]) + $"<row>{CellOf("factory")}{CellOf("F-2")}{cell}</row>"));

        Assert.Equal((ImportStatus.Done, expected is null ? 2 : 1, 0, expected is null ? 0 : 1), job.Figures());
        Assert.Equal(expected is null ? [] : [expected], await silo.ErrorsAsync(job));
    }

    [Theory]
    [InlineData("#N/A", "cell-error")]
    [InlineData("1.23457E+19", "number-not-text")]
    public async Task So_is_one_that_a_spreadsheet_program_wrote_as_text(string name, string code)
    {
        await using var register = await Importing.RegisterAsync();
        var silo = await register.StartSiloAsync();

        Assert.Equal([$"1 1 name {code}"], await silo.ErrorsAsync(await silo.ImportAsync($"{Header}factory,F-1,{name}\n")));
    }

    [Fact]
    public async Task A_row_of_a_workbook_may_be_longer_than_a_part_of_a_file()
    {
        await using var register = await Importing.RegisterAsync();
        var silo = await register.StartSiloAsync();
        string[] columns = ["kind", "key", "name", "industry", .. Enumerable.Range(1, 36).Select(number => $"x{number}")];
        string[] full = ["factory", "F-1", .. Enumerable.Repeat(new string('长', 60_000), columns.Length - 2)];

        var refused = await Record.ExceptionAsync(() => silo.ImportAsync(Workbook([columns[..4], full, ["factory", "F-2", "某某有限公司", "机械"]])));
        Assert.Null(refused);
        Assert.Equal(1L, await register.QueryAsync<long>("SELECT count(*) FROM register WHERE grain = 'factory/F-2'"));
    }

    /// <summary>A workbook of one sheet with its texts in the cells, without places, which readers count.</summary>
    private static byte[] Workbook(IReadOnlyList<IReadOnlyList<string>> rows) => Sheet(string.Concat(rows.Select(RowOf)));

    private static string RowOf(IReadOnlyList<string> row) => $"<row>{string.Concat(row.Select(CellOf))}</row>";

    private static string CellOf(string text) => $"<c t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>";

    private static byte[] Sheet(string sheet)
    {
        var random = new Random(1);
        // So that it does not unfold to more than a hundred times its size.
        var noise = new byte[2 << 20];
        random.NextBytes(noise);
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add("[Content_Types].xml", """
                <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>
                """u8.ToArray());
            Add("_rels/.rels", """
                <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>
                """u8.ToArray());
            Add("xl/workbook.xml", """
                <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>
                """u8.ToArray());
            Add("xl/_rels/workbook.xml.rels", """
                <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>
                """u8.ToArray());
            Add("xl/worksheets/sheet1.xml", Encoding.UTF8.GetBytes($"<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{sheet}</sheetData></worksheet>"));
            Add("xl/media/noise.bin", noise);

            void Add(string name, byte[] content)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }
}
