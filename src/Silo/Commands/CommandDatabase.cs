using Supervision.Ledger.Embedded;
using Supervision.Silo.Configuration;
using Supervision.Silo.Startup;

namespace Supervision.Silo.Commands;

/// <summary>The database for a command beside a silo: joins what runs, or starts it for as long as the command takes.</summary>
internal static class CommandDatabase
{
    public static async Task<T> UseAsync<T>(string[] arguments, Func<SiloSettings, Database, ILoggerFactory, Task<T>> use, CancellationToken cancellationToken)
    {
        var settings = SettingsOf(arguments);
        using var loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Warning).AddConsole());
        await using var database = await Database.OpenAsync(settings, EmbeddedPostgresRole.Guest, loggers, cancellationToken);
        return await use(settings, database, loggers);
    }

    /// <summary>The settings, for a command that needs no database.</summary>
    public static SiloSettings SettingsOf(string[] arguments) => SettingsReader.Read(new ConfigurationBuilder()
        .SetBasePath(AppContext.BaseDirectory)
        .AddJsonFile("appsettings.json", optional: true)
        .AddEnvironmentVariables()
        .AddCommandLine(arguments)
        .Build());
}
