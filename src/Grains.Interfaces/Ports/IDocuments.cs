using System.Text.Json.Serialization;

namespace Supervision;

/// <summary>
/// Evidence, letters and reports, stored by content: the same content is stored once, under its SHA-256, and never changed. What
/// a document is for is said by the events that name it.
/// </summary>
public interface IDocuments
{
    /// <summary>Stores a document; it is durable when this returns. Content that is stored already is not stored again.</summary>
    /// <param name="upload">Who brings it, and what it is called.</param>
    /// <param name="content">The content; read to its end and not kept in memory.</param>
    /// <param name="cancellationToken">Ends the receiving; nothing stays of content that was not received whole.</param>
    Task<DocumentReceipt> StoreAsync(DocumentUpload upload, Stream content, CancellationToken cancellationToken);

    /// <summary>
    /// Those of some documents that somebody may not name, in their order: they are not stored or, where the sender is no officer,
    /// were not brought by the same person.
    /// </summary>
    Task<IReadOnlyList<string>> UnknownToAsync(IReadOnlyList<string> documents, Actor actor, CancellationToken cancellationToken);

    /// <summary>The documents that the events of an entity name, in their order; null when it is not registered.</summary>
    Task<EntityDocuments?> OfAsync(GrainId entity, CancellationToken cancellationToken);

    /// <summary>Opens a stored document for reading, once its content was found to be what its name says.</summary>
    /// <exception cref="DocumentDamagedException">The content is missing or was changed.</exception>
    Task<Stream> OpenAsync(string sha256, CancellationToken cancellationToken);
}

/// <summary>A document on its way in.</summary>
/// <param name="Name">What its sender calls it, for those who download it; null: nothing.</param>
/// <param name="MediaType">The type that its sender claims; believed only where content cannot tell, between text and CSV.</param>
/// <param name="Bytes">Its length as announced; null: not announced.</param>
/// <param name="Actor">Who brings it.</param>
public sealed record DocumentUpload(string? Name, string? MediaType, long? Bytes, Actor Actor);

/// <summary>What became of a document that was brought.</summary>
/// <param name="Document">The stored document; null when it was refused.</param>
/// <param name="IsNew">Whether this content was not stored before.</param>
/// <param name="Refusal">Why it was refused; null: it was not.</param>
/// <param name="Detail">What was expected, where it was refused.</param>
public sealed record DocumentReceipt(StoredDocument? Document, bool IsNew, DocumentRefusal? Refusal = null, string? Detail = null);

/// <summary>Why a document is not stored.</summary>
[JsonConverter(typeof(KebabCase<DocumentRefusal>))]
public enum DocumentRefusal
{
    /// <summary>It has no content.</summary>
    Empty,

    /// <summary>It has more bytes than a document may have.</summary>
    TooLarge,

    /// <summary>Its content is of none of the types that are stored.</summary>
    TypeNotAllowed,

    /// <summary>Its sender brought as much within a day as one may.</summary>
    QuotaReached,

    /// <summary>There is no room for it.</summary>
    StorageFull,
}

/// <summary>A stored document.</summary>
/// <param name="Sha256">Its name, see <see cref="DocumentHash"/>.</param>
/// <param name="MediaType">The type of its content, as found by looking at it.</param>
/// <param name="Bytes">Its length.</param>
public sealed record StoredDocument(string Sha256, string MediaType, long Bytes);

/// <summary>The documents of an entity.</summary>
/// <param name="MergedInto">The entity that it was merged into, which has them now; null: it was not.</param>
/// <param name="Items">The documents, in the order of the events that name them.</param>
public sealed record EntityDocuments(GrainId? MergedInto, IReadOnlyList<EntityDocument> Items);

/// <summary>A document that an event of an entity names.</summary>
/// <param name="Sha256">Its name, see <see cref="DocumentHash"/>.</param>
/// <param name="MediaType">The type of its content.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Name">The name of its file: what whoever brought it first calls it, with an ending that tells of its type.</param>
/// <param name="StoredAt">When it was stored.</param>
/// <param name="Event">The name of the event.</param>
/// <param name="Version">The version of the entity's event.</param>
/// <param name="Of">The check, case or rectification that the event is about; null: the entity or a title.</param>
public sealed record EntityDocument(
    string Sha256, string MediaType, long Bytes, string Name, DateTimeOffset StoredAt, string Event, long Version, string? Of);

/// <summary>The content of a stored document is missing or was changed.</summary>
public sealed class DocumentDamagedException : Exception
{
    /// <summary>Creates the exception.</summary>
    public DocumentDamagedException()
    {
    }

    /// <summary>Creates the exception with what is wrong.</summary>
    public DocumentDamagedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with what is wrong and its cause.</summary>
    public DocumentDamagedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
