using System.CommandLine;
using Spectre.Console;
using Supervision.Hosting.Verification;
using Supervision.Ledger.Log;
using Supervision.Silo.Configuration;
using Supervision.Silo.Startup;

namespace Supervision.Silo.Commands;

/// <summary>Recomputes the whole ledger and everything that follows from it.</summary>
internal static class VerifyLedgerCommand
{
    private const int Differs = 3;

    public static Command Create(string[] settings)
    {
        var command = new Command("verify-ledger", """
            Recompute every leaf, root, state, column, wake-up and outcome from the events, and every document's hash from its content, compare
            with the last signed checkpoint (of a command that was refused nothing but the form of its answer can be checked: no event came of it), and name the first difference. The silo may go on serving. Exit code 0: everything is as it must be; 3: something differs.
            """);
        command.SetAction((_, cancellationToken) => Failing.ReportAsync(() => CommandDatabase.UseExistingAsync(
            settings, (known, database, _) => VerifyAsync(known, database, cancellationToken), cancellationToken)));
        return command;
    }

    public static async Task<int> VerifyAsync(SiloSettings settings, Database database, CancellationToken cancellationToken)
    {
        var signed = settings.LogFiles().ReadLast() is { } note ? Checkpoint.Parse(note.Text) : null;
        var result = await Failing.Bars().StartAsync(async bars =>
        {
            var tasks = new Dictionary<VerificationPhase, ProgressTask>();
            return await new LedgerVerifier(database.Serving, settings.DocumentFiles()) { LastSigned = signed }.VerifyAsync(new PhaseBars(bars, tasks), cancellationToken);
        });
        if (result.First is { } difference)
        {
            Console.Error.WriteLine($"The ledger differs: {difference.Kind}{At(difference)}: expected {difference.Expected}, found {difference.Found}");
            return Differs;
        }

        Console.WriteLine($"Verified up to seq {result.Seq}, root {Convert.ToHexStringLower(result.Root)}{(signed is null ? "" : $", with the {signed.Size} events that were signed")}");
        if (result.Unnamed > 0)
            Console.WriteLine($"Documents that no event names: {result.Unnamed}");
        foreach (var stray in result.Strays)
            Console.WriteLine($"No document: {Path.Combine(settings.DocumentFiles().Directory, stray)}");
        return 0;
    }

    private static string At(Difference difference) =>
        (difference.Seq is { } seq ? $" at seq {seq}" : "") + (difference.Subject is { } subject ? $", {subject}" : "");

    private sealed class PhaseBars(ProgressContext bars, Dictionary<VerificationPhase, ProgressTask> tasks) : IProgress<VerificationProgress>
    {
        public void Report(VerificationProgress value)
        {
            if (!tasks.TryGetValue(value.Phase, out var task))
                tasks[value.Phase] = task = bars.AddTask($"Verifying {EnumWords.Of(typeof(VerificationPhase))[(int)value.Phase]}");
            task.MaxValue = Math.Max(1, value.Total);
            task.Value = value.Total == 0 ? 1 : value.Done;
        }
    }
}
