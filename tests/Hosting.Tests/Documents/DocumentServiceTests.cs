using System.Text;
using Supervision.Hosting.Documents;

namespace Supervision.Hosting.Tests.Documents;

public sealed class DocumentServiceTests : IAsyncLifetime
{
    private TestRegister _register = null!;
    private TestSilo _silo = null!;
    private DocumentService _documents = null!;

    public async ValueTask InitializeAsync()
    {
        _register = await TestRegister.CreateAsync();
        _silo = await _register.StartSiloAsync();
        _documents = _register.DocumentsOf(_silo);
    }

    public ValueTask DisposeAsync() => _register.DisposeAsync();

    public static TheoryData<string, byte[], string?, string?> Types => new()
    {
        { "pdf", Bringing.Pdf, null, "application/pdf" },
        { "pdf that claims to be a picture", Bringing.Pdf, "image/png", "application/pdf" },
        { "png", [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0], null, "image/png" },
        { "jpeg", [0xFF, 0xD8, 0xFF, 0xE0, 0, 0x10, (byte)'J', (byte)'F', (byte)'I', (byte)'F'], null, "image/jpeg" },
        {
            "docx", Bringing.Archive("[Content_Types].xml", "word/document.xml"), null, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        },
        { "xlsx", Bringing.Archive("[Content_Types].xml", "xl/workbook.xml"), "application/zip", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
        { "text", Encoding.UTF8.GetBytes("情况说明\r\n\t一、"), null, "text/plain; charset=utf-8" },
        { "text in GB18030", [0xC7, 0xE9, 0xBF, 0xF6, (byte)'\n'], null, "text/plain; charset=gb18030" },
        { "csv", Encoding.UTF8.GetBytes("项目,数值\n能耗,1\n"), "text/csv; header=present", "text/csv; charset=utf-8" },
        // Whatever browsers would make of it: it is given out as text, as an attachment.
        { "html", Encoding.UTF8.GetBytes("<script>alert(1)</script>"), "text/html", "text/plain; charset=utf-8" },
        { "program", [(byte)'M', (byte)'Z', 0x90, 0, 3, 0, 0, 0], "application/pdf", null },
        { "gif", [.. "GIF89a"u8, 1, 0, 1, 0], "image/png", null },
        { "zip", Bringing.Archive("evidence.txt"), null, null },
        { "docx with macros", Bringing.Archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), null, null },
        { "docx cut off", Bringing.Archive("[Content_Types].xml", "word/document.xml")[..60], null, null },
        { "text with a NUL", [(byte)'a', 0, (byte)'b'], "text/plain", null },
        { "text with an escape", "\u001b[2J"u8.ToArray(), "text/plain", null },
        { "UTF-16", [0xFF, 0xFE, (byte)'a', 0, (byte)'b', 0], "text/plain", null },
        { "neither UTF-8 nor GB18030", [(byte)'a', 0xFF, 0xFF, (byte)'b'], "text/plain", null },
    };

    [Theory]
    [MemberData(nameof(Types), DisableDiscoveryEnumeration = true)]
    public async Task The_type_is_told_from_the_content(string _, byte[] content, string? claimed, string? expected)
    {
        var receipt = await _documents.BringAsync(content, claimed: claimed);

        if (expected is null)
        {
            Assert.Equal((DocumentRefusal.TypeNotAllowed, null), (receipt.Refusal, receipt.Document));
            Assert.Empty(Files());
        }
        else
        {
            Assert.Equal(new StoredDocument(Bringing.HashOf(content), expected, content.Length), receipt.Document);
        }
    }

    [Fact]
    public async Task The_same_content_is_stored_once_however_often_and_by_whomever_it_is_brought_at_once()
    {
        Actor[] senders = [Given.Officer, Given.SecondOfficer, Bringing.Inspector];

        var receipts = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => Task.Run(() => _documents.BringAsync(Bringing.Pdf, senders[n % 3]))));

        Assert.All(receipts, receipt => Assert.Equal(Bringing.HashOf(Bringing.Pdf), receipt.Document?.Sha256));
        Assert.Single(receipts, receipt => receipt.IsNew);
        Assert.Equal([Bringing.HashOf(Bringing.Pdf)], Files());
        Assert.Equal((1L, 3L), (await CountAsync("document"), await CountAsync("document_upload")));
        Assert.Equal(Bringing.Pdf, await ReadAsync(Bringing.HashOf(Bringing.Pdf)));
    }

    [Fact]
    public async Task It_lies_under_its_hash_for_its_owner_alone()
    {
        var hash = (await _documents.BringAsync(Bringing.Pdf)).Document!.Sha256;

        var path = Path.Combine(_register.DocumentFiles.Directory, hash[..2], hash[2..4], hash);
        Assert.Equal(Bringing.Pdf, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_register.DocumentFiles.Directory));
    }

    [Fact]
    public async Task Of_content_that_is_cut_half_way_nothing_stays()
    {
        await using var content = new FailingStream(Bringing.Pdf, new IOException("The connection was closed."));

        await Assert.ThrowsAsync<IOException>(() =>
            _documents.StoreAsync(new DocumentUpload(null, null, null, Given.Officer), content, TestContext.Current.CancellationToken));

        Assert.Empty(Files());
        Assert.Equal(0L, await CountAsync("document"));
    }

    [Fact]
    public async Task A_full_disk_is_told_and_leaves_nothing_behind()
    {
        await using var content = new FailingStream(Bringing.Pdf, new IOException("No space left on device", 28));

        var receipt = await _documents.StoreAsync(new DocumentUpload(null, null, null, Given.Officer), content, TestContext.Current.CancellationToken);

        Assert.Equal(DocumentRefusal.StorageFull, receipt.Refusal);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task What_the_database_needs_beside_the_documents_stays_free()
    {
        var documents = _register.DocumentsOf(_silo, new DocumentOptions { FreeMegabytesMin = 1_000_000_000 });

        Assert.Equal(DocumentRefusal.StorageFull, (await documents.BringAsync(Bringing.Pdf)).Refusal);
    }

    [Fact]
    public async Task More_than_a_document_may_have_is_refused_whether_announced_or_not()
    {
        var documents = _register.DocumentsOf(_silo, new DocumentOptions { FreeMegabytesMin = 0, DocumentMegabytesMax = 1 });
        var most = new byte[1 << 20];
        most.AsSpan().Fill((byte)'a');
        using var unannounced = new MemoryStream([.. most, (byte)'a']);

        Assert.Equal(1 << 20, (await documents.BringAsync(most)).Document?.Bytes);
        Assert.Equal(DocumentRefusal.TooLarge, (await documents.BringAsync([.. most, (byte)'a'])).Refusal);
        Assert.Equal(
            DocumentRefusal.TooLarge,
            (await documents.StoreAsync(new DocumentUpload(null, null, null, Given.Officer), unannounced, TestContext.Current.CancellationToken)).Refusal);
        Assert.Equal(DocumentRefusal.Empty, (await documents.BringAsync([])).Refusal);
        Assert.Single(Files());
    }

    [Fact]
    public async Task A_person_who_is_no_officer_brings_a_bounded_amount_a_day()
    {
        var documents = _register.DocumentsOf(_silo, new DocumentOptions { FreeMegabytesMin = 0, DayMegabytesMax = 1 });
        byte[] Part(char letter) => [.. Enumerable.Repeat((byte)letter, 600 << 10)];

        Assert.Null((await documents.BringAsync(Part('a'), Bringing.Inspector)).Refusal);
        Assert.Equal(DocumentRefusal.QuotaReached, (await documents.BringAsync(Part('b'), Bringing.Inspector)).Refusal);
        Assert.Null((await documents.BringAsync(Part('b'), Given.Officer)).Refusal);

        _register.Time.MoveTo(_register.Time.GetUtcNow().AddDays(1));
        Assert.Null((await documents.BringAsync(Part('c'), Bringing.Inspector)).Refusal);
    }

    [Fact]
    public async Task An_officer_names_whatever_is_stored_and_anyone_else_what_the_same_person_brought()
    {
        var (pdf, text) = (Bringing.HashOf(Bringing.Pdf), Bringing.HashOf("说明"u8.ToArray()));
        await _documents.BringAsync(Bringing.Pdf);
        await _documents.BringAsync("说明"u8.ToArray(), Bringing.Inspector);
        var nothing = new string('0', 64);

        Assert.Equal([nothing], await _documents.UnknownToAsync([pdf, nothing, text], Given.Officer, TestContext.Current.CancellationToken));
        Assert.Equal([pdf, nothing], await _documents.UnknownToAsync([pdf, nothing, text], Bringing.Inspector, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_entity_has_the_documents_that_its_events_name()
    {
        var factory = await Given.CertifiedAsync(_silo, "F-1");
        var pdf = (await _documents.BringAsync(Bringing.Pdf, name: "举报信")).Document!;
        _register.Time.MoveTo(TestRegister.Start.AddSeconds(1));
        await _documents.BringAsync(Bringing.Pdf, Bringing.Inspector, name: "another name");
        await Given.AcceptAsync(_silo, factory, new GrainCommand.OpenCase(Given.Title, "false-declaration", null, null, Urgent: false) { Documents = [pdf.Sha256] });

        var document = Assert.Single((await _documents.OfAsync(factory, TestContext.Current.CancellationToken))!.Items);

        Assert.Equal(
            new EntityDocument(pdf.Sha256, "application/pdf", pdf.Bytes, "举报信.pdf", TestRegister.Start, "case.opened", 3, "case-1"), document);
        Assert.Empty((await _documents.OfAsync(EntityName.EnterpriseOf("某某股份有限公司"), TestContext.Current.CancellationToken))!.Items);
        Assert.Null(await _documents.OfAsync(Given.Factory("F-9"), TestContext.Current.CancellationToken));
        await _register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task Content_that_was_changed_or_is_missing_is_not_given_out_and_is_healed_by_bringing_it_again()
    {
        var hash = (await _documents.BringAsync(Bringing.Pdf)).Document!.Sha256;
        var path = Path.Combine(_register.DocumentFiles.Directory, hash[..2], hash[2..4], hash);

        await File.AppendAllTextAsync(path, "x", TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<DocumentDamagedException>(() => _documents.OpenAsync(hash, TestContext.Current.CancellationToken));
        File.Delete(path);
        await Assert.ThrowsAsync<DocumentDamagedException>(() => _documents.OpenAsync(hash, TestContext.Current.CancellationToken));

        Assert.False((await _documents.BringAsync(Bringing.Pdf)).IsNew);
        Assert.Equal(Bringing.Pdf, await ReadAsync(hash));
    }

    [Fact]
    public void What_a_killed_silo_left_behind_while_it_arrived_is_removed_after_a_day()
    {
        var incoming = Directory.CreateDirectory(Path.Combine(_register.DocumentFiles.Directory, "incoming"));
        var (old, young) = (Path.Combine(incoming.FullName, "old"), Path.Combine(incoming.FullName, "young"));
        var now = new DateTimeOffset(2026, 5, 2, 0, 0, 1, TimeSpan.Zero);
        File.WriteAllText(old, "");
        File.SetLastWriteTimeUtc(old, now.UtcDateTime.AddHours(-25));
        File.WriteAllText(young, "");
        File.SetLastWriteTimeUtc(young, now.UtcDateTime.AddHours(-23));

        _register.DocumentFiles.RemoveLeftovers(now);

        Assert.Equal([young], Directory.GetFiles(incoming.FullName));
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("")]
    [InlineData("ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789")]
    public void A_path_is_never_made_of_what_is_no_hash(string name) => Assert.Throws<ArgumentException>(() => _register.DocumentFiles.Open(name));

    private async Task<byte[]> ReadAsync(string hash)
    {
        await using var content = await _documents.OpenAsync(hash, TestContext.Current.CancellationToken);
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, TestContext.Current.CancellationToken);
        return copy.ToArray();
    }

    private Task<long> CountAsync(string table) => _register.QueryAsync<long>($"SELECT count(*) FROM {table}");

    /// <summary>Every file, arriving ones included.</summary>
    private IEnumerable<string> Files() => Directory.Exists(_register.DocumentFiles.Directory)
        ? Directory.EnumerateFiles(_register.DocumentFiles.Directory, "*", SearchOption.AllDirectories).Select(path => Path.GetFileName(path))
        : [];
}
