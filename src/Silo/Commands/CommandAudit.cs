using Supervision.Ledger.Audit;
using Supervision.Silo.Startup;

namespace Supervision.Silo.Commands;

/// <summary>What is done from the command line stands in the audit trail, as what is done over the interface does.</summary>
internal static class CommandAudit
{
    // Stands in the place of a method of HTTP.
    private const string Method = "SILO";

    public static AuditEntry Of(string command, string? subject) =>
        new(TimeProvider.System.GetUtcNow(), AuditOutcome.Done, Key: null, PersonId: null, Method, command, subject, Address: null);

    /// <summary>Records what a command did; returns once the record is durable.</summary>
    public static async Task RecordAsync(Database database, ILoggerFactory loggers, AuditEntry entry)
    {
        using var trail = new AuditTrail(database.Serving, loggers.CreateLogger<AuditTrail>());
        await trail.StartAsync(CancellationToken.None);
        await trail.RecordAsync(entry, CancellationToken.None);
        await trail.StopAsync(CancellationToken.None);
    }
}
