using System.IO.Compression;
using System.Text;

namespace Supervision.Hosting.Tests.Imports;

/// <summary>Files that are made to harm, or that are no lists at all, are refused as they come in.</summary>
public sealed class UnsafeFileTests
{
    private const string Sheet = "xl/worksheets/sheet1.xml";

    public static TheoryData<string, byte[]> Refused { get; } = new()
    {
        { "empty", [] },
        { "NUL bytes", Encoding.UTF8.GetBytes("kind,key,name\nfactory,F-1,a\0b\n") },
        { "UTF-16", Encoding.Unicode.GetPreamble() },
        { "cannot be read", [(byte)'P', (byte)'K', 3, 4, 5, 6] },
        { "64 MB", Zip((Sheet, new string(' ', 65 << 20))) },
        { "100 times", Zip((Sheet, $"<a>{new string(' ', 8 << 20)}</a>")) },
        { "200 are allowed", Zip([.. Enumerable.Range(0, 201).Select(number => ($"{number}.xml", "<a/>"))]) },
        { "archive within", Zip((Sheet, "<a/>"), ("xl/more.bin", "PK\u0003\u0004")) },
        { "DTD", Zip((Sheet, "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>")) },
        { "200 columns", Zip((Sheet, "<worksheet><sheetData><row r=\"1\"><c r=\"ZZZZZ1\"/></row></sheetData></worksheet>")) },
        { "200 columns", Zip((Sheet, $"<worksheet><sheetData><row>{string.Concat(Enumerable.Repeat("<c/>", 201))}</row></sheetData></worksheet>")) },
        { "row 999999999", Zip((Sheet, "<worksheet><sheetData><row r=\"999999999\"/></sheetData></worksheet>")) },
        { "a cell of more than 65536", Zip((Sheet, $"<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>{Noise(70_000)}</v></c></row></sheetData></worksheet>")) },
        { "no xlsx workbook", Zip(("readme.xml", "<a/>")) },
        { "200 are allowed", Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Range(0, 1_000_000))[..60_000]) },
        { "65536 characters", Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Range(0, 1_000_000))) },
        { "is there twice", "kind,key,name,name\n"u8.ToArray() },
        { "missing: name", "kind,key\n"u8.ToArray() },
        { "not closed", "kind,key,\"name\n"u8.ToArray() },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task It_is_refused_with_the_reason_before_anything_is_stored(string reason, byte[] file)
    {
        await using var register = await Importing.RegisterAsync();
        var silo = await register.StartSiloAsync();

        var refused = await Assert.ThrowsAsync<ImportRefusedException>(() => silo.ImportAsync(file));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, await register.QueryAsync<long>("SELECT count(*) FROM import_job"));
    }

    [Fact]
    public async Task Sizes_that_an_archive_lies_about_are_counted_as_it_unfolds()
    {
        var honest = Zip((Sheet, new string(' ', 65 << 20)));
        // The size as the directory has it, in its last entry: offset 24, four bytes.
        var directory = honest.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BitConverter.TryWriteBytes(honest.AsSpan(directory + 24), 1000);
        await using var register = await Importing.RegisterAsync();
        var silo = await register.StartSiloAsync();

        await Assert.ThrowsAsync<ImportRefusedException>(() => silo.ImportAsync(honest));
    }

    [Fact]
    public async Task The_same_job_takes_no_other_file()
    {
        await using var register = await Importing.RegisterAsync();
        var silo = await register.StartSiloAsync();
        var request = new ImportRequest(Guid.NewGuid(), Importing.Register, null, DryRun: false, Actor.System);

        var first = await StartAsync("kind,key,name\nenterprise,,甲公司\n");
        var same = await StartAsync("kind,key,name\nenterprise,,甲公司\n");
        var other = await StartAsync("kind,key,name\nenterprise,,乙公司\n");

        Assert.Equal((true, true, false), (first.IsSame, same.IsSame, other.IsSame));

        Task<ImportReceipt> StartAsync(string file) =>
            silo.Imports.StartAsync(request, new MemoryStream(Encoding.UTF8.GetBytes(file)), TestContext.Current.CancellationToken);
    }

    private static byte[] Zip(params IReadOnlyList<(string Name, string Content)> parts)
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in parts)
            {
                using var writer = new StreamWriter(archive.CreateEntry(name).Open());
                writer.Write(content);
            }
        }

        return stream.ToArray();
    }

    /// <summary>Text that does not fold.</summary>
    private static string Noise(int length)
    {
        var random = new Random(1);
        return string.Create(length, random, static (span, from) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = (char)('0' + from.Next(60) switch { < 10 and var digit => digit, var letter => letter + 7 });
        });
    }
}
