using System.Text.Json.Serialization;

namespace Supervision;

/// <summary>
/// The audit trail: who was denied what, and who did what takes a special right. It is append-only; what officers do in the
/// register stands in the ledger.
/// </summary>
public interface IAudit
{
    /// <summary>Records that a privileged action was done; returns once the record is durable.</summary>
    /// <exception cref="LedgerUnavailableException">The database does not answer.</exception>
    Task RecordAsync(AuditEntry done, CancellationToken cancellationToken);

    /// <summary>
    /// Records a denial without making anyone wait. The same denial again within a minute is counted, not recorded anew;
    /// and beyond a number of different ones those of one key, or of all who have none, are counted together, so that no
    /// flood fills the table.
    /// </summary>
    void Deny(AuditEntry denial);

    /// <summary>A page of records, newest first; everything that happened on this silo before is in it.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="before">Records before this id; null: from the newest.</param>
    /// <param name="limit">Most records.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<Page<AuditRecord>> ListAsync(AuditFilter filter, long? before, int limit, CancellationToken cancellationToken);
}

/// <summary>How an action ended.</summary>
[JsonConverter(typeof(KebabCase<AuditOutcome>))]
public enum AuditOutcome
{
    /// <summary>Done.</summary>
    Done,

    /// <summary>Denied: no key, or one that is unknown or revoked.</summary>
    DeniedUnauthenticated,

    /// <summary>Denied: the role of the key may not do this.</summary>
    DeniedRole,

    /// <summary>Denied: the authority of the key is not the competent one.</summary>
    DeniedCompetence,
}

/// <summary>What is recorded.</summary>
/// <param name="At">When.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Key">Id of the key, also of a revoked one; null without a known key.</param>
/// <param name="PersonId">Pseudonym of the person who uses the key.</param>
/// <param name="Method">The method.</param>
/// <param name="Route">The address, with names in place of its parts.</param>
/// <param name="Subject">What it was about: an entity (<c>factory/…</c>), <c>keys/…</c>, <c>imports/…</c>; null for lists.</param>
/// <param name="Address">The network address from which it came.</param>
public sealed record AuditEntry(
    DateTimeOffset At, AuditOutcome Outcome, string? Key, string? PersonId, string Method, string Route, string? Subject, string? Address);

/// <summary>A record as it is listed.</summary>
/// <param name="Id">Its number; later records have larger ones.</param>
/// <param name="At">When; of several counted together, the last.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Key">Id of the key, or null.</param>
/// <param name="Person">The person, unless erased or unknown.</param>
/// <param name="PersonId">The pseudonym of the person.</param>
/// <param name="Method">The method; <c>*</c> where several were counted together.</param>
/// <param name="Route">The address, with names in place of its parts; <c>*</c> where several were counted together.</param>
/// <param name="Subject">What it was about, or null.</param>
/// <param name="Address">The network address, or null.</param>
/// <param name="Times">How many times it happened.</param>
public sealed record AuditRecord(
    long Id, DateTimeOffset At, AuditOutcome Outcome, string? Key, string? Person, string? PersonId, string Method, string Route, string? Subject,
    string? Address, long Times);

/// <summary>Which records are listed; an absent member does not restrict.</summary>
public sealed record AuditFilter
{
    /// <summary>How it ended.</summary>
    public AuditOutcome? Outcome { get; init; }

    /// <summary>Id of the key.</summary>
    public string? Key { get; init; }

    /// <summary>The person.</summary>
    public string? Person { get; init; }

    /// <summary>What it was about.</summary>
    public string? Subject { get; init; }

    /// <summary>From this instant.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this instant.</summary>
    public DateTimeOffset? To { get; init; }
}
