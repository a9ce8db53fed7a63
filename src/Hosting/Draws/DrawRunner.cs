using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Supervision.Grains.Draws;
using Supervision.Hosting.Activations;
using Supervision.Ledger.Draws;
using Supervision.Ledger.Load;

namespace Supervision.Hosting.Draws;

/// <summary>
/// Orders the visits of draws that were made, round by round, and puts their records together. Interrupted, or on two silos at once, it comes
/// to the same: who wins follows from what the ledger has, and a visit is ordered once.
/// </summary>
public sealed partial class DrawRunner(
    DrawStore store, DrawOrders orders, ActivationTable activations, IGrainClient grains, GrainHistory history, ILogger<DrawRunner> logger) : BackgroundService
{
    private readonly Channel<GrainId> _made = Channel.CreateUnbounded<GrainId>();

    private readonly ConcurrentDictionary<GrainId, byte> _queued = new();

    /// <summary>Has the visits of a draw ordered in the background.</summary>
    public void TakeUp(GrainId draw)
    {
        if (_queued.TryAdd(draw, 0))
            _made.Writer.TryWrite(draw);
    }

    /// <summary>Orders what is left of the visits of a draw, and completes it.</summary>
    public async Task RunAsync(GrainId draw, CancellationToken cancellationToken)
    {
        await using var held = await store.HoldAsync(draw.Key, cancellationToken);
        if ((await activations.ReadAsync(draw)).State is not GrainState.Draw { Status: DrawStatus.Executed } state)
            return;
        var material = await store.FindAsync(draw, cancellationToken) ?? throw new InvalidOperationException($"What {draw} is made of is not kept.");
        var roster = await RosterAsync(draw, cancellationToken);
        var (skippedInspectors, recorded) = await RecordedAsync(draw, cancellationToken);
        var pool = DrawJson.ReadPool(material.Pool);
        var lottery = new Lottery(
            draw.Key, Convert.FromHexString(state.Execution!.Seed), roster, state.Announcement.Strata, pool,
            skippedInspectors.Select(skip => skip.Id).ToHashSet(StringComparer.Ordinal), state.Announcement.InspectorsPerVisit, state.Announcement.Fields);
        var rounds = new List<DrawRound>();
        IReadOnlyList<DrawSkip> skipped = [];
        while (lottery.Next(skipped.Select(skip => skip.Id)) is { Count: > 0 } visits)
        {
            var round = rounds.Count + 1;
            if (round <= recorded.Count)
            {
                skipped = recorded[round - 1];
            }
            else
            {
                skipped = await orders.OrderAsync(draw, state, visits, cancellationToken);
                if (skipped.Count > 0)
                    await SendAsync(draw, new GrainCommand.SkipWinners(round, skipped), cancellationToken);
            }

            rounds.Add(new DrawRound(visits, skipped));
        }

        var record = new DrawRecord
        {
            Format = DrawRecord.FormatV1,
            Draw = draw.Key,
            Announcement = state.Announcement,
            Execution = state.Execution,
            RosterKey = Convert.ToHexStringLower(material.RosterKey),
            Roster = roster,
            PoolKey = Convert.ToHexStringLower(material.PoolKey),
            Pool = pool,
            SkippedInspectors = skippedInspectors,
            Rounds = rounds,
            Unfilled = lottery.Unfilled,
        };
        await CompleteAsync(draw, record, cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await TakeUpInterruptedAsync(stoppingToken);
        await foreach (var draw in _made.Reader.ReadAllAsync(stoppingToken))
        {
            _queued.TryRemove(draw, out _);
            try
            {
                await RunAsync(draw, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // The job takes it up again, and says so where it fails for good; one draw is no reason to stop serving.
                LogInterrupted(logger, draw, exception.Message);
            }
        }
    }

    /// <summary>What a silo left that was stopped while it ordered visits goes on when one starts, whatever time does.</summary>
    private async Task TakeUpInterruptedAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var draw in await store.UnderWayAsync(cancellationToken))
            {
                if ((await activations.ReadAsync(draw)).State is GrainState.Draw { Status: DrawStatus.Executed })
                    TakeUp(draw);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogNotTakenUp(logger, exception);
        }
    }

    private async Task CompleteAsync(GrainId draw, DrawRecord record, CancellationToken cancellationToken)
    {
        string hash;
        using (var sha = SHA256.Create())
        {
            await using var content = DrawStore.Compress(stream =>
            {
                using var hashed = new CryptoStream(stream, sha, CryptoStreamMode.Write, leaveOpen: true);
                DrawJson.Write(hashed, record);
            });
            hash = Convert.ToHexStringLower(sha.Hash!);
            await store.WriteAsync(draw, DrawFile.Record, content, cancellationToken);
        }

        var skipped = record.Rounds.Sum(round => round.Skipped.Count);
        var gone = record.Rounds.SelectMany(round => round.Skipped).Select(skip => skip.Id).ToHashSet(StringComparer.Ordinal);
        var visits = record.Rounds.SelectMany(round => round.Visits).Where(visit => visit.Entities.Any(entity => !gone.Contains(entity)))
            .GroupBy(visit => visit.Enterprise, StringComparer.Ordinal).ToList();
        await SendAsync(
            draw,
            new GrainCommand.CompleteDraw(new DrawCompletion(
                record.Rounds.Sum(round => round.Visits.Sum(visit => visit.Entities.Count)) - skipped, skipped, record.Unfilled, visits.Count,
                record.Announcement.InspectorsPerVisit == 0 ? 0 : visits.Count(visit => visit.First().Inspectors.Count == 0), hash)),
            cancellationToken);
    }

    private async Task<(IReadOnlyList<DrawSkip> Inspectors, IReadOnlyList<IReadOnlyList<DrawSkip>> Rounds)> RecordedAsync(GrainId draw, CancellationToken cancellationToken)
    {
        var inspectors = new List<DrawSkip>();
        var rounds = new SortedDictionary<int, List<DrawSkip>>();
        foreach (var stored in (await history.ReadAsync([draw], cancellationToken))[draw])
        {
            switch (stored.ToEvent())
            {
                case GrainEvent.DrawInspectorsSkipped e:
                    inspectors.AddRange(e.Skipped);
                    break;
                case GrainEvent.DrawWinnerSkipped e:
                    (rounds.TryGetValue(e.Round, out var round) ? round : rounds[e.Round] = []).Add(new DrawSkip(e.Entity.Value, e.Reason));
                    break;
            }
        }

        return (inspectors, [.. rounds.Values]);
    }

    private async Task<IReadOnlyList<RosterRow>> RosterAsync(GrainId draw, CancellationToken cancellationToken)
    {
        var parts = await store.ReadPartsAsync(draw, DrawFile.Roster, cancellationToken);
        return parts.Count > 0 ? RosterFile.Read(parts) : throw new InvalidOperationException($"The roster of {draw} is not kept.");
    }

    private async Task SendAsync(GrainId draw, GrainCommand command, CancellationToken cancellationToken)
    {
        var outcome = await grains.SendAsync(draw, command, new CommandContext(Actor.System), cancellationToken);
        if (outcome.Rejection is { } rejection)
            throw new InvalidOperationException($"{draw} refused {command.GetType().Name}: {rejection.Code}");
    }

    [LoggerMessage(EventId = 3421, Level = LogLevel.Warning, Message = "{Draw} was interrupted and will be taken up again: {Reason}")]
    private static partial void LogInterrupted(ILogger logger, GrainId draw, string reason);

    [LoggerMessage(EventId = 3422, Level = LogLevel.Warning, Message = "Draws that were interrupted could not be looked for; the job takes them up")]
    private static partial void LogNotTakenUp(ILogger logger, Exception exception);
}
