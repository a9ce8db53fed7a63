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

    /// <summary>The same for a command that has nothing to do where there is no ledger.</summary>
    /// <exception cref="CommandFailedException">There is none; nothing is made either.</exception>
    public static Task<T> UseExistingAsync<T>(string[] arguments, Func<SiloSettings, Database, ILoggerFactory, Task<T>> use, CancellationToken cancellationToken)
    {
        var settings = SettingsOf(arguments);
        return settings.ConnectionString is not null || Directory.Exists(Path.Combine(settings.Data.Directory, "pg"))
            ? UseAsync(arguments, use, cancellationToken)
            : throw new CommandFailedException($"There is no ledger in {Path.GetFullPath(settings.Data.Directory)} (Data:Directory).");
    }

    /// <summary>The settings, for a command that needs no database.</summary>
    public static SiloSettings SettingsOf(string[] arguments) => SettingsReader.Read(new ConfigurationBuilder()
        .SetBasePath(AppContext.BaseDirectory)
        .AddJsonFile("appsettings.json", optional: true)
        .AddEnvironmentVariables()
        .AddCommandLine(arguments)
        .Build(), arguments);
}
