using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Supervision.Ledger.Webhooks;

namespace Supervision.Hosting.Webhooks;

/// <summary>Delivers events to subscribers while no other silo does.</summary>
public sealed partial class Dispatcher(
    Deliverer deliverer, DeliveryTerm terms, SubscriptionStore subscriptions, DeliveryStore deliveries, IEventFeed feed, SecretKey key, TimeProvider clock, ILogger<Dispatcher> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // For so long it is taken for granted that another silo delivers, once it was waited for in vain.
    private static readonly TimeSpan OthersFor = TimeSpan.FromMinutes(1);

    private DeliveryTurn? _turn;
    private long _othersSince;

    /// <summary>Something was changed about a subscription here: it need not wait for the next look.</summary>
    public async Task TouchAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _turn) is { } turn)
            await turn.RefreshAsync(cancellationToken);
    }

    /// <summary>Brings everything about that is due now. If another silo delivers, it does.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        if (await TurnAsync(cancellationToken) is { } turn)
            await turn.SettleAsync(cancellationToken);
    }

    /// <summary>The next instant after one, up to another, at which something is due; null: nothing is.</summary>
    public async Task<DateTimeOffset?> NextAfterAsync(DateTimeOffset after, DateTimeOffset to, CancellationToken cancellationToken)
    {
        if (await TurnAsync(cancellationToken) is not { } turn)
            return null;
        var attempt = await deliveries.NextAsync(after, to, cancellationToken);
        return turn.NextAfter(after) is { } pause && pause <= to && !(attempt < pause) ? pause : attempt;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        var isKeyMissed = false;
        do
        {
            try
            {
                if (!key.IsThere && await subscriptions.HasSecretsAsync(stoppingToken))
                {
                    if (!isKeyMissed)
                        LogKeyMissing(logger, key.Path);
                    isKeyMissed = true;
                }
                else if (await terms.BeginAsync(stoppingToken) is { } term)
                {
                    isKeyMissed = false;
                    await DeliverAsync(term, stoppingToken);
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogInterrupted(logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task DeliverAsync(long term, CancellationToken stoppingToken)
    {
        LogBegun(logger, term);
        using var turn = new DeliveryTurn(deliverer, terms, subscriptions, deliveries, feed, key, clock, logger, term);
        Volatile.Write(ref _turn, turn);
        try
        {
            await turn.RunAsync(stoppingToken);
        }
        finally
        {
            Volatile.Write(ref _turn, null);
            LogEnded(logger, term);
            await terms.EndAsync(term, CancellationToken.None);
        }
    }

    /// <summary>The turn of this silo, once it has one: after a kill the last term has to run out first. Null: another silo delivers, or nothing is subscribed.</summary>
    private async Task<DeliveryTurn?> TurnAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _turn) is { } now)
            return now;
        if (ExecuteTask is null || (_othersSince > 0 && Stopwatch.GetElapsedTime(_othersSince) < OthersFor) || !key.IsThere || !await subscriptions.HasSecretsAsync(cancellationToken))
            return null;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < DeliveryTerm.Length + Interval + Interval && await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (Volatile.Read(ref _turn) is { } begun)
                return begun;
        }

        _othersSince = Stopwatch.GetTimestamp();
        return null;
    }

    [LoggerMessage(EventId = 3521, Level = LogLevel.Information, Message = "This silo delivers to subscribers (term {Term})")]
    private static partial void LogBegun(ILogger logger, long term);

    [LoggerMessage(EventId = 3522, Level = LogLevel.Information, Message = "This silo delivers to subscribers no longer (term {Term})")]
    private static partial void LogEnded(ILogger logger, long term);

    [LoggerMessage(EventId = 3523, Level = LogLevel.Error, Message = "Nothing is delivered to subscribers: {Path} is missing, with which their secrets are encrypted. Put it back; if it is lost, delete the subscriptions and make them anew")]
    private static partial void LogKeyMissing(ILogger logger, string path);

    [LoggerMessage(EventId = 3524, Level = LogLevel.Warning, Message = "Deliveries were interrupted and will begin again")]
    private static partial void LogInterrupted(ILogger logger, Exception exception);
}
