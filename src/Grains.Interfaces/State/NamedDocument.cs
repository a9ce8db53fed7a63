namespace Supervision;

/// <summary>A document (材料) that an event of the grain names.</summary>
/// <param name="Sha256">Its name, see <see cref="DocumentHash"/>.</param>
/// <param name="Type">The stored name of the event.</param>
/// <param name="Version">The version of the grain's event; where it came with a merge, of the event that brought it.</param>
/// <param name="Of">The check, case or rectification that the event is about; null: the entity or a title.</param>
public sealed record NamedDocument(string Sha256, string Type, long Version, string? Of);
