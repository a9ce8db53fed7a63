using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;
using Supervision.Ledger.Webhooks;

namespace Supervision.Hosting.Webhooks;

/// <summary>
/// Keeps what came of attempts, many in one statement: while one is under way the next fills itself. What is not kept yet when a silo dies is attempted again by
/// the next one.
/// </summary>
internal sealed partial class AttemptLog(DeliveryTerm terms, long term, ILogger logger)
{
    private const int TogetherMax = 1000;

    // Beyond these whoever delivers waits for the database.
    private const int WaitingMax = 4000;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private readonly Channel<Entry> _made = Channel.CreateBounded<Entry>(WaitingMax);
    private int _waiting;

    /// <summary>Whether everything is kept.</summary>
    public bool IsKept => Volatile.Read(ref _waiting) == 0;

    /// <summary>Takes what came of an attempt, with where that leaves the subscription.</summary>
    public ValueTask AddAsync(Attempt? attempt, Progress progress, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _waiting);
        return _made.Writer.WriteAsync(new Entry(attempt, progress, null), cancellationToken);
    }

    /// <summary>Waits until everything that was added by the same subscription before is kept.</summary>
    public async Task KeptAsync(Progress progress, CancellationToken cancellationToken)
    {
        var kept = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Increment(ref _waiting);
        await _made.Writer.WriteAsync(new Entry(null, progress, kept), cancellationToken);
        await kept.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Nothing more comes: <see cref="RunAsync"/> returns when all is kept.</summary>
    public void Complete() => _made.Writer.TryComplete();

    /// <summary>Keeps what comes, until the term is over.</summary>
    public async Task RunAsync(Action kept, CancellationToken cancellationToken)
    {
        // Of a delivery or a subscription the last word counts.
        var attempts = new Dictionary<(long? Delivery, string Subscription, long? Seq), Attempt>();
        var progress = new Dictionary<string, Progress>();
        var waiters = new List<TaskCompletionSource>();
        while (await _made.Reader.WaitToReadAsync(cancellationToken))
        {
            var count = 0;
            for (; count < TogetherMax && _made.Reader.TryRead(out var made); count++)
            {
                if (made.Attempt is { } attempt)
                    attempts[(attempt.Delivery, attempt.Subscription, attempt.Seq)] = attempt;
                progress[made.Progress.Subscription] = made.Progress;
                if (made.Kept is { } waiter)
                    waiters.Add(waiter);
            }

            if (!await KeepAsync([.. attempts.Values], [.. progress.Values], cancellationToken))
                return;
            foreach (var waiter in waiters)
                waiter.SetResult();
            waiters.Clear();
            attempts.Clear();
            progress.Clear();
            Interlocked.Add(ref _waiting, -count);
            kept();
        }
    }

    private async Task<bool> KeepAsync(IReadOnlyCollection<Attempt> attempts, IReadOnlyCollection<Progress> progress, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Patience);
        while (true)
        {
            try
            {
                return await terms.KeepAsync(term, attempts, progress, cancellationToken);
            }
            catch (NpgsqlException exception)
            {
                LogNotKept(logger, attempts.Count, exception.Message);
                await timer.WaitForNextTickAsync(cancellationToken);
            }
        }
    }

    private readonly record struct Entry(Attempt? Attempt, Progress Progress, TaskCompletionSource? Kept);

    [LoggerMessage(EventId = 3511, Level = LogLevel.Warning, Message = "What came of {AttemptCount} attempts could not be kept yet: {Reason}")]
    private static partial void LogNotKept(ILogger logger, int attemptCount, string reason);
}
