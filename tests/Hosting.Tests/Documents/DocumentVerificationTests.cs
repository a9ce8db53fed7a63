using Supervision.Hosting.Verification;

namespace Supervision.Hosting.Tests.Documents;

public sealed class DocumentVerificationTests : IAsyncLifetime
{
    private TestRegister _register = null!;
    private string _named = null!;
    private string _unnamed = null!;

    public async ValueTask InitializeAsync()
    {
        _register = await TestRegister.CreateAsync();
        var silo = await _register.StartSiloAsync();
        var documents = _register.DocumentsOf(silo);
        var factory = await Given.CertifiedAsync(silo, "F-1");
        _named = (await documents.BringAsync(Bringing.Pdf)).Document!.Sha256;
        _unnamed = (await documents.BringAsync("说明"u8.ToArray())).Document!.Sha256;
        // The fourth event; what it says looks like a member that names documents and is none.
        await Given.AcceptAsync(
            silo, factory, new GrainCommand.OpenCase(Given.Title, "false-declaration", null, "\"documents\":[\"x\"]", Urgent: false) { Documents = [_named] });
    }

    public ValueTask DisposeAsync() => _register.DisposeAsync();

    [Fact]
    public async Task Documents_as_they_were_stored_are_right()
    {
        var result = await _register.VerifyAsync();

        Assert.Null(result.First);
        Assert.Equal(1, result.Unnamed);
        Assert.Empty(result.Strays);
    }

    [Fact]
    public async Task A_missing_content_is_found()
    {
        File.Delete(PathOf(_named));

        await AssertFirstAsync(4, _named, "no file");
    }

    [Fact]
    public async Task A_changed_content_is_found()
    {
        var content = Bringing.Pdf.ToArray();
        content[^2] ^= 1;
        await File.WriteAllBytesAsync(PathOf(_named), content, TestContext.Current.CancellationToken);

        await AssertFirstAsync(4, _named, Bringing.HashOf(content));
    }

    [Fact]
    public async Task A_content_cut_off_is_found_also_of_a_document_that_no_event_names()
    {
        await File.WriteAllBytesAsync(PathOf(_unnamed), [(byte)'a'], TestContext.Current.CancellationToken);

        await AssertFirstAsync(null, _unnamed, "1 bytes");
    }

    [Fact]
    public async Task A_document_that_an_event_names_and_nobody_stored_is_found()
    {
        await _register.ExecuteAsync($"""
            ALTER TABLE document DISABLE TRIGGER ALL; ALTER TABLE document_upload DISABLE TRIGGER ALL;
            DELETE FROM document_upload WHERE hash = '\x{_named}'; DELETE FROM document WHERE hash = '\x{_named}';
            """);

        await AssertFirstAsync(4, _named, "none");
    }

    [Fact]
    public async Task Files_that_are_no_documents_are_named_and_stand_in_nobodys_way()
    {
        var orphan = new string('a', 64);
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(orphan))!);
        await File.WriteAllTextAsync(PathOf(orphan), "left by a kill between content and entry", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_register.DocumentFiles.Directory, "notes.txt"), "", TestContext.Current.CancellationToken);

        var result = await _register.VerifyAsync();

        Assert.Null(result.First);
        Assert.Equal([orphan, "notes.txt"], result.Strays);
    }

    [Fact]
    public async Task A_stored_document_is_neither_changed_nor_removed_by_a_silo()
    {
        foreach (var sql in new[] { "UPDATE document SET bytes = 1", "DELETE FROM document", "TRUNCATE document CASCADE" })
            Assert.Equal("42501", (await Assert.ThrowsAsync<Npgsql.PostgresException>(() => _register.ExecuteAsync(sql))).SqlState);
    }

    private string PathOf(string hash) => Path.Combine(_register.DocumentFiles.Directory, hash[..2], hash[2..4], hash);

    private async Task AssertFirstAsync(long? seq, string document, string found)
    {
        var first = (await _register.VerifyAsync()).First;
        Assert.Equal((DifferenceKind.Document, seq, document, found), (first?.Kind, first?.Seq, first?.Subject, first?.Found));
    }
}
