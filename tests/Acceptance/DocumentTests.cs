using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Supervision.Acceptance;

/// <summary>Documents over HTTP: brought, named, read, backed up, restored, and found when they are damaged.</summary>
public sealed class DocumentTests : IAsyncLifetime
{
    private const string Factory = "/api/entities/factory/X-1";

    private static readonly byte[] Letter = Encoding.ASCII.GetBytes("%PDF-1.7\n" + new string('x', 200_000) + "\n%%EOF\n");

    private readonly TempDirectory _directory = new();
    private SiloProcess _silo = null!;
    private Client _officer = null!;

    public async ValueTask InitializeAsync()
    {
        _silo = await SiloProcess.StartAsync([.. Of("data"), "--Sample:Load=false", "--Clock:Mode=manual", "--Clock:Start=2026-05-01T01:00:00Z"]);
        _officer = await _silo.OfficerAsync("li");
        await _officer.PutAsync(Factory, """{"name":"甲","region":"430000"}""", 201);
        await _officer.PostAsync(Factory + "/titles", """{"policy":"miit-2016","level":"national","grantedOn":"2020-01-01"}""");
    }

    public async ValueTask DisposeAsync()
    {
        _officer.Dispose();
        await _silo.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_document_is_brought_named_read_and_survives_backup_and_restore()
    {
        await AnUploadThatIsCutLeavesNothingAsync();
        var hash = await TheSameBroughtAtOnceIsStoredOnceAsync();

        var unknown = await _officer.PostAsync(Factory + "/cases", OpenWith(new string('0', 64)), 400);
        Assert.Equal("document-not-stored", unknown.Code);
        Assert.True(unknown.Json.GetProperty("errors").TryGetProperty("documents[0]", out _));
        await _officer.PostAsync(Factory + "/cases", OpenWith(hash), 201);
        await ReadsAsTheBytesThatWereBroughtAsync(_officer, hash);
        var opened = (await _officer.ListAsync(Factory + "/history")).Single(item => item.GetProperty("type").GetString() == "case.opened");
        Assert.Equal(hash, Assert.Single(opened.GetProperty("data").GetProperty("documents").EnumerateArray()).GetString());

        await CommandAsync("backup", _directory["backup"], Of("data"));
        await _silo.StopAsync();
        await CommandAsync("restore", _directory["backup"], Of("restored"));
        await using (var restored = await SiloProcess.StartAsync([.. Of("restored"), "--Clock:Mode=manual"]))
        {
            using var officer = await restored.OfficerAsync("wang");
            await ReadsAsTheBytesThatWereBroughtAsync(officer, hash);
            await restored.StopAsync();
        }

        await DamageIsFoundAsync(hash);
    }

    private async Task AnUploadThatIsCutLeavesNothingAsync()
    {
        using (var connection = new TcpClient())
        {
            await connection.ConnectAsync(_silo.Address.Host, _silo.Address.Port, TestContext.Current.CancellationToken);
            await connection.GetStream().WriteAsync(
                Encoding.ASCII.GetBytes(
                    $"POST /api/documents HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {_officer.Key}\r\nContent-Length: {Letter.Length}\r\n\r\n"),
                TestContext.Current.CancellationToken);
            await connection.GetStream().WriteAsync(Letter.AsMemory(0, Letter.Length / 2), TestContext.Current.CancellationToken);
            await Eventually.TrueAsync(() => Task.FromResult(Files().Any()), TimeSpan.FromSeconds(30), () => "the document arrives");
        }

        await Eventually.TrueAsync(() => Task.FromResult(!Files().Any()), TimeSpan.FromSeconds(30), () => "what arrived of it is removed");
    }

    private async Task<string> TheSameBroughtAtOnceIsStoredOnceAsync()
    {
        using var second = await _silo.OfficerAsync("wang");
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(n => (n % 2 == 0 ? _officer : second).SendAsync(HttpMethod.Post, "/api/documents?name=x.txt", "一样的内容")));
        Assert.Single(answers, answer => answer.Status == 201);
        Assert.Equal(7, answers.Count(answer => answer.Status == 200));

        var hash = await _officer.BringAsync(Letter, "举报信.pdf");
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Letter)), hash);
        Assert.Equal(hash, await second.BringAsync(Letter, "letter.pdf", 200));
        Assert.Equal(2, Files().Count());
        return hash;
    }

    private static async Task ReadsAsTheBytesThatWereBroughtAsync(Client client, string hash)
    {
        var document = Assert.Single((await client.GetAsync(Factory + "/documents")).Items());
        Assert.Equal(
            (hash, "举报信.pdf", "case.opened", "case-1"),
            (document.GetProperty("sha256").GetString(), document.GetProperty("name").GetString(), document.GetProperty("event").GetString(), document.GetProperty("of").GetString()));
        Assert.Equal(Letter, await client.ReadAsync($"{Factory}/documents/{hash}"));
    }

    private async Task DamageIsFoundAsync(string hash)
    {
        var path = Path.Combine(_directory["data"], "documents", hash[..2], hash[2..4], hash);
        await File.AppendAllTextAsync(path, "x", TestContext.Current.CancellationToken);

        var (verified, difference) = await SiloProcess.RunAsync(["verify-ledger", .. Of("data")]);
        Assert.Equal(3, verified);
        Assert.Contains(hash, difference, StringComparison.Ordinal);
        var (backedUp, reason) = await SiloProcess.RunAsync(["backup", _directory["no-backup"], .. Of("data")]);
        Assert.Equal(1, backedUp);
        Assert.Contains(hash, reason, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_directory["no-backup"], "manifest.json")));
    }

    private static string OpenWith(string hash) =>
        $$"""{"policy":"miit-2024","ground":"false-declaration","evidence":"见举报信","documents":["{{hash}}"]}""";

    private IEnumerable<string> Files() => Directory.Exists(Path.Combine(_directory["data"], "documents"))
        ? Directory.EnumerateFiles(Path.Combine(_directory["data"], "documents"), "*", SearchOption.AllDirectories)
        : [];

    private string[] Of(string directory) => [$"--Data:Directory={_directory[directory]}", "--Embedded:SharedBuffersMegabytes=64"];

    private static async Task CommandAsync(string command, string argument, string[] settings)
    {
        var (exitCode, output) = await SiloProcess.RunAsync([command, argument, .. settings]);
        Assert.True(exitCode == 0, $"{command}: {output}");
    }
}
