using System.CommandLine;
using Supervision.Api;
using Supervision.Hosting.Rules;
using Supervision.Ledger.Embedded;
using Supervision.Silo.Configuration;
using Supervision.Silo.Startup;

namespace Supervision.Silo.Commands;

/// <summary>Serves until it is told to stop.</summary>
internal static class ServeCommand
{
    public static Command Create(string[] settings)
    {
        var command = new Command("serve", "Serve: the default.");
        command.SetAction((_, cancellationToken) => RunAsync(settings, cancellationToken));
        return command;
    }

    public static Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken) => Failing.ReportAsync(async () =>
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = arguments, ContentRootPath = AppContext.BaseDirectory });
        var settings = SettingsReader.Read(builder.Configuration, arguments);
        var rules = RulesFiles.Read(Path.Combine(AppContext.BaseDirectory, "policies"), Path.Combine(AppContext.BaseDirectory, "data"));
        using var loggers = LoggerFactory.Create(logging => logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddConsole());
        await using var database = await Database.OpenAsync(settings, EmbeddedPostgresRole.Owner, loggers, cancellationToken);
        await database.MigrateAsync(loggers, cancellationToken);
        builder.Services.AddSilo(settings, database, rules, await Clocks.OfAsync(settings, database, cancellationToken));
        builder.Services.AddSupervisionApi();
        builder.Services.AddTelemetry();
        await using var app = builder.Build();
        app.MapHealth();
        app.MapHost(settings);
        app.MapSupervisionApi();
        await app.StartAsync(cancellationToken);
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    });
}
