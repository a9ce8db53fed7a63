using Npgsql;
using Supervision.Api;
using Supervision.Hosting.Clock;
using Supervision.Hosting.Rules;
using Supervision.Ledger.Embedded;
using Supervision.Silo.Configuration;
using Supervision.Silo.Startup;

namespace Supervision.Bench;

/// <summary>A whole silo in this process, wired as it serves, on manual time so that deadlines can be reached.</summary>
internal sealed class BenchSilo : IAsyncDisposable
{
    public const string AdminKey = "sk_bench_0123456789abcdef";

    public const string EmptyPath = "/bench/empty";

    private readonly WebApplication _app;

    private BenchSilo(WebApplication app, Database database, ManualTime time, string address) =>
        (_app, Database, Time, Address) = (app, database, time, address);

    /// <summary>A new directory for a database. Not made here: one made for temporary files would be closed to the account that runs PostgreSQL.</summary>
    public static string NewDirectory() => Path.Combine(Path.GetTempPath(), $"supervision-bench-{Guid.NewGuid():N}");

    public Database Database { get; }

    public ManualTime Time { get; }

    public string Address { get; }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <param name="directory">Where its database lies.</param>
    /// <param name="host">What hosts grains: default or orleans.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<BenchSilo> StartAsync(string directory, string host, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Data:Directory"] = directory, ["Sample:Load"] = "false", ["Auth:BootstrapAdminKey"] = AdminKey, ["Clock:Mode"] = "manual",
            // One key sends everything here.
            ["RateLimits:KeyRequests"] = "1000000", ["RateLimits:KeyBurst"] = "1000000", ["RateLimits:AddressRequests"] = "1000000", ["RateLimits:AddressBurst"] = "1000000",
            ["Webhooks:AllowedNetworks"] = "127.0.0.0/8",
            // Any free port: another run may be under way.
            ["Urls"] = "http://127.0.0.1:0",
            ["Host:Kind"] = host,
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var settings = SettingsReader.Read(builder.Configuration, []);
        using var loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Warning).AddConsole());
        var rules = RulesFiles.Read(Path.Combine(AppContext.BaseDirectory, "policies"), Path.Combine(AppContext.BaseDirectory, "data"));
        var database = await Database.OpenAsync(settings, EmbeddedPostgresRole.Owner, loggers, cancellationToken);
        await database.MigrateAsync(loggers, cancellationToken);
        ServerProcessor.Watch(directory);
        var time = (ManualTime)await Clocks.OfAsync(settings, database, cancellationToken);
        builder.Services.AddSilo(settings, database, rules, time);
        builder.Services.AddSupervisionApi();
        var app = builder.Build();
        app.MapSupervisionApi();
        app.MapGet(EmptyPath, () => Results.Ok()).AllowAnonymous();
        await app.StartAsync(cancellationToken);
        foreach (var inspector in (string[])["I-1", "I-2"])
        {
            // Registered before, it is the same once more.
            var register = new GrainCommand.RegisterInspector(PrivateText.Of(inspector, new byte[16]), [], new DateOnly(2099, 12, 31), [], []);
            await app.Services.GetRequiredService<IInspectors>()
                .SendAsync(GrainId.Of(GrainKind.Inspector, inspector), register, new CommandContext(Actor.System), cancellationToken);
        }

        return new BenchSilo(app, database, time, app.Urls.Single());
    }

    /// <summary>Does what the database does by itself in the minutes after so much was written, so that it does not do it during what is measured.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        await using var dataSource = NpgsqlDataSource.Create(Database.ConnectionString);
        foreach (var statement in new[] { "VACUUM ANALYZE", "CHECKPOINT" })
        {
            await using var command = dataSource.CreateCommand(statement);
            command.CommandTimeout = 0;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Database.DisposeAsync();
    }
}
