using Npgsql;
using Spectre.Console;
using Supervision.Grains.Calendars;
using Supervision.Grains.Policies;
using Supervision.Ledger.Embedded;
using Supervision.Ledger.Schema;
using Supervision.Silo.Configuration;

namespace Supervision.Silo.Commands;

/// <summary>Failures that whoever started the command can mend are told in words; others keep their trace.</summary>
internal static class Failing
{
    private const int Failed = 1;

    private const int WrongSettings = 2;

    private static readonly AnsiConsoleSettings Plain = new() { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No };

    public static async Task<int> ReportAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (SettingsException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return WrongSettings;
        }
        catch (Exception exception) when (exception is PolicyException or CalendarException or FileNotFoundException or SchemaException
            or EmbeddedPostgresException or CommandFailedException or LogDamagedException or FormatException or InvalidOperationException or IOException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return Failed;
        }
        catch (NpgsqlException exception)
        {
            await Console.Error.WriteLineAsync($"The database does not answer as it should: {exception.Message}");
            return Failed;
        }
        catch (OperationCanceledException)
        {
            return Failed;
        }
    }

    /// <summary>Progress bars for people; where output goes to a file or another program, plain lines at most.</summary>
    public static Progress Bars() => (Console.IsOutputRedirected ? AnsiConsole.Create(Plain) : AnsiConsole.Console).Progress()
        .AutoClear(false)
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn());
}

/// <summary>A command that could not do what it was asked to.</summary>
internal sealed class CommandFailedException(string message) : Exception(message);
