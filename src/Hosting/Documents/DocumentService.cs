using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Supervision.Hosting.Activations;
using Supervision.Ledger.Documents;

namespace Supervision.Hosting.Documents;

/// <summary>Takes documents in, and finds those that events name.</summary>
public sealed partial class DocumentService(
    DocumentFiles files, DocumentStore store, ActivationTable activations, IOptions<DocumentOptions> options, TimeProvider clock, ILogger<DocumentService> logger)
    : IDocuments, IDisposable
{
    private const int PartBytes = 1 << 17;

    // ENOSPC and EDQUOT: no space on the device, or none left for this account.
    private const int NoSpace = 28;
    private const int NoQuota = 122;

    private static readonly TimeSpan QuotaPeriod = TimeSpan.FromDays(1);

    private readonly SemaphoreSlim _entering = new(1);

    /// <inheritdoc/>
    public void Dispose() => _entering.Dispose();

    /// <inheritdoc/>
    public async Task<DocumentReceipt> StoreAsync(DocumentUpload upload, Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(upload);
        ArgumentNullException.ThrowIfNull(content);
        if (await RefuseAsync(upload, cancellationToken) is { } refused)
            return refused;
        try
        {
            await using var arriving = files.Receive();
            var sha256 = await ReceiveAsync(content, arriving.File, cancellationToken);
            if (arriving.File.Length > options.Value.DocumentBytesMax)
                return TooLarge();
            if (arriving.File.Length == 0)
                return Refused(DocumentRefusal.Empty, "The body has no content; send the document itself.");
            if (await DocumentType.OfAsync(arriving.File, upload.MediaType, cancellationToken) is not { } mediaType)
                return Refused(DocumentRefusal.TypeNotAllowed, $"The content is not what is stored: {DocumentType.Expected}.");
            // Many may arrive at once, of which each alone was within the bounds: one is entered after the other, with its real length.
            await _entering.WaitAsync(cancellationToken);
            try
            {
                if (await RefuseAsync(upload with { Bytes = arriving.File.Length }, cancellationToken) is { } over)
                    return over;
                // The content comes first: what is entered is there, and a name without an entry is nobody's.
                arriving.Keep(sha256);
                var (document, isNew) = await store.EnterAsync(
                    new StoredDocument(sha256, mediaType, arriving.File.Length), upload.Actor.Id, upload.Name, clock.GetUtcNow(), cancellationToken);
                return new DocumentReceipt(document, isNew);
            }
            finally
            {
                _entering.Release();
            }
        }
        catch (IOException full) when (full.HResult is NoSpace or NoQuota)
        {
            return StorageFull();
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> UnknownToAsync(IReadOnlyList<string> documents, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        // Whoever could name what others brought could read it by naming it.
        var known = IsOfficer(actor)
            ? await store.StoredAsync(documents, cancellationToken)
            : await store.BroughtByAsync(documents, actor.Id, cancellationToken);
        return [.. documents.Where(document => !known.Contains(document))];
    }

    /// <inheritdoc/>
    public async Task<EntityDocuments?> OfAsync(GrainId entity, CancellationToken cancellationToken)
    {
        if ((await activations.ReadAsync(entity)).State is not GrainState.Subject subject)
            return null;
        if (subject.Documents is not { } named)
            return new EntityDocuments(subject.MergedInto, []);
        var known = await store.FindAsync([.. named.Select(document => document.Sha256).Distinct()], cancellationToken);
        return new EntityDocuments(subject.MergedInto, [.. named.Where(document => known.ContainsKey(document.Sha256)).Select(Describe)]);

        EntityDocument Describe(NamedDocument document)
        {
            var (stored, storedAt, name) = known[document.Sha256];
            return new EntityDocument(
                stored.Sha256, stored.MediaType, stored.Bytes, DocumentType.FileNameOf(stored, name), storedAt, document.Type, document.Version, document.Of);
        }
    }

    /// <inheritdoc/>
    public async Task<Stream> OpenAsync(string sha256, CancellationToken cancellationToken)
    {
        if (files.Open(sha256) is not { } file)
            throw Damaged(sha256, "missing");
        try
        {
            return await DocumentFiles.HashAsync(file, cancellationToken) == sha256 ? file : throw Damaged(sha256, "changed");
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private static bool IsOfficer(Actor actor) => actor.AnyAuthority || actor.Role == Role.Officer;

    /// <summary>What can be refused before anything arrives.</summary>
    private async Task<DocumentReceipt?> RefuseAsync(DocumentUpload upload, CancellationToken cancellationToken)
    {
        var bounds = options.Value;
        if (upload.Bytes > bounds.DocumentBytesMax)
            return TooLarge();
        if (files.FreeBytes() is { } free && free - (upload.Bytes ?? bounds.DocumentBytesMax) < (long)bounds.FreeMegabytesMin << 20)
            return StorageFull();
        return !IsOfficer(upload.Actor)
            && await store.BytesSinceAsync(upload.Actor.Id, clock.GetUtcNow() - QuotaPeriod, cancellationToken) + (upload.Bytes ?? 0) > (long)bounds.DayMegabytesMax << 20
                ? Refused(DocumentRefusal.QuotaReached, $"One person brings at most {bounds.DayMegabytesMax} MB of documents within 24 hours.")
                : null;
    }

    /// <summary>Writes what arrives, but no more than a part over the bound, and gives its SHA-256.</summary>
    private async Task<string> ReceiveAsync(Stream content, FileStream file, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var part = ArrayPool<byte>.Shared.Rent(PartBytes);
        try
        {
            for (var left = options.Value.DocumentBytesMax; left >= 0 && await content.ReadAsync(part, cancellationToken) is > 0 and var length; left -= length)
            {
                hash.AppendData(part, 0, length);
                await file.WriteAsync(part.AsMemory(0, length), cancellationToken);
            }

            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(part);
        }
    }

    private DocumentReceipt TooLarge() => Refused(DocumentRefusal.TooLarge, $"A document has at most {options.Value.DocumentMegabytesMax} MB.");

    private static DocumentReceipt StorageFull() =>
        Refused(DocumentRefusal.StorageFull, "There is no room for documents at the moment; nothing was stored.");

    private DocumentDamagedException Damaged(string sha256, string how)
    {
        LogDamaged(logger, sha256, how);
        return new DocumentDamagedException($"The content of {sha256} is {how}.");
    }

    [LoggerMessage(EventId = 3301, Level = LogLevel.Error, Message = "The content of document {Sha256} is {How}; restore it from a backup")]
    private static partial void LogDamaged(ILogger logger, string sha256, string how);

    private static DocumentReceipt Refused(DocumentRefusal refusal, string detail) => new(null, IsNew: false, refusal, detail);
}
