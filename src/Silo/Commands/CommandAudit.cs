using Supervision.Ledger.Audit;
using Supervision.Silo.Startup;

namespace Supervision.Silo.Commands;

/// <summary>What is done from the command line stands in the audit trail, as what is done over the interface does.</summary>
internal static class CommandAudit
{
    // Stands in the place of a method of HTTP.
    private const string Method = "SILO";

    /// <summary>Records what a command did.</summary>
    public static Task RecordAsync(Database database, string command, string? subject) => AuditTrail.RecordOnceAsync(
        database.Serving, new AuditEntry(TimeProvider.System.GetUtcNow(), AuditOutcome.Done, Key: null, PersonId: null, Method, command, subject, Address: null), CancellationToken.None);
}
