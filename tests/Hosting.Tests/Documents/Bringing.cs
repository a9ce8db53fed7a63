using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Supervision.Hosting.Documents;

namespace Supervision.Hosting.Tests.Documents;

/// <summary>Documents that tests bring, and who brings them.</summary>
internal static class Bringing
{
    public static readonly Actor Inspector = new("p-inspector", "I-1", Role.Inspector, Authority.National);

    public static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.7\n1 0 obj\n<< >>\nendobj\n%%EOF\n");

    public static DocumentService DocumentsOf(this TestRegister register, TestSilo silo, DocumentOptions? options = null) => new(
        register.DocumentFiles, silo.Documents, silo.Activations, Options.Create(options ?? new DocumentOptions { FreeMegabytesMin = 0 }), register.Time,
        NullLogger<DocumentService>.Instance);

    public static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    public static async Task<DocumentReceipt> BringAsync(
        this DocumentService documents, byte[] content, Actor? by = null, string? name = null, string? claimed = null)
    {
        using var stream = new MemoryStream(content);
        return await documents.StoreAsync(
            new DocumentUpload(name, claimed, content.Length, by ?? Given.Officer), stream, TestContext.Current.CancellationToken);
    }

    /// <summary>A zip archive with empty parts of these names.</summary>
    public static byte[] Archive(params string[] parts)
    {
        using var content = new MemoryStream();
        using (var archive = new ZipArchive(content, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var part in parts)
                archive.CreateEntry(part);
        }

        return content.ToArray();
    }
}

/// <summary>Content that begins well and then fails.</summary>
internal sealed class FailingStream(byte[] start, Exception failure) : Stream
{
    private bool _begun;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_begun)
            throw failure;
        _begun = true;
        start.CopyTo(buffer, offset);
        return start.Length;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
