namespace Supervision;

/// <summary>That an enterprise goes on in another one, which its bans bind.</summary>
/// <param name="Enterprise">The other enterprise: the successor, or on that one the predecessor.</param>
/// <param name="Change">The change: a merger, split or restructuring.</param>
/// <param name="On">The day from which it is so.</param>
/// <param name="Document">The decision or document that shows it.</param>
/// <param name="By">Who recorded it (pseudonym).</param>
public sealed record EnterpriseSuccession(GrainId Enterprise, ChangeKind Change, DateOnly On, string Document, string By);
