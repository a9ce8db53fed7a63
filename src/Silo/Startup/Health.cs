using Npgsql;

namespace Supervision.Silo.Startup;

/// <summary>Whether the silo lives, and whether it can do its work.</summary>
internal static class Health
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Text("live")).AllowAnonymous().DisableRateLimiting().ExcludeFromDescription();
        app.MapGet("/health/ready", ReadyAsync).AllowAnonymous().DisableRateLimiting().ExcludeFromDescription();
    }

    private static async Task<IResult> ReadyAsync(StartupTasks startup, ITransparencyLog log, NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        if (!startup.IsDone)
            return Results.Text("starting", statusCode: StatusCodes.Status503ServiceUnavailable);
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(Patience);
            await using var command = dataSource.CreateCommand("SELECT 1");
            await command.ExecuteScalarAsync(patience.Token);
            // A log that cannot be signed needs a person, not another silo.
            return Results.Text(log.Trouble is { } trouble ? $"ready, but the log is not signed: {trouble}" : "ready");
        }
        catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException)
        {
            return Results.Text("the database does not answer", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
