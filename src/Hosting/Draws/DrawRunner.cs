using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Supervision.Grains.Draws;
using Supervision.Hosting.Activations;
using Supervision.Ledger.Draws;
using Supervision.Ledger.Load;
using Supervision.Ledger.Query;

namespace Supervision.Hosting.Draws;

/// <summary>
/// Orders the visits of draws that were made, round by round, and puts their records together. Interrupted, or on two silos at once, it comes
/// to the same: who wins follows from what the ledger has, and a visit is ordered once.
/// </summary>
public sealed partial class DrawRunner(
    DrawStore store, ActivationTable activations, IGrainClient grains, GrainHistory history, Restrictions restrictions, ILogger<DrawRunner> logger) : BackgroundService
{
    // Visits under way at once: enough to fill commits.
    private const int VisitsAtOnce = 1000;

    // Rows asked about at once.
    private const int RowsAtOnce = 50_000;

    private const string TooFewInspectors = "too-few-inspectors";

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
        using var lottery = new Lottery(
            draw.Key, Convert.FromHexString(state.Execution!.Seed), roster, state.Announcement.Strata, pool,
            skippedInspectors.Select(skip => skip.Id).ToHashSet(StringComparer.Ordinal), state.Announcement.InspectorsPerVisit);
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
                skipped = await OrderAsync(draw, state, visits, cancellationToken);
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

    /// <summary>Opens the records of draws of which every visit is over.</summary>
    public async Task OpenAsync(GrainId draw, CancellationToken cancellationToken)
    {
        if ((await activations.ReadAsync(draw)).State is not GrainState.Draw { Status: DrawStatus.Completed })
            return;
        var record = await ReadAsync(draw, cancellationToken);
        var winners = record.Rounds.SelectMany(round => round.Visits).SelectMany(visit => visit.Entities).ToList();
        foreach (var entity in await store.WithOpenChecksAsync(winners, cancellationToken))
        {
            if ((await activations.ReadAsync(entity)).State is GrainState.Subject subject && subject.Checks.Any(check => check.IsOpen() && string.Equals(check.Draw, draw.Key, StringComparison.Ordinal)))
                return;
        }

        var withheld = await WithheldAsync(record, cancellationToken);
        await using (var content = DrawStore.Compress(stream => DrawJson.Write(stream, record.ToPublic(withheld))))
            await store.WriteAsync(draw, DrawFile.PublicRecord, content, cancellationToken);
        await SendAsync(draw, new GrainCommand.OpenDraw(), cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
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
                visits.Count(visit => visit.First().Inspectors.Count == 0), hash)),
            cancellationToken);
    }

    /// <summary>Orders the visits of a round; who is skipped, in the order of visits.</summary>
    private async Task<IReadOnlyList<DrawSkip>> OrderAsync(GrainId draw, GrainState.Draw state, IReadOnlyList<DrawnVisit> visits, CancellationToken cancellationToken)
    {
        using var underWay = new SemaphoreSlim(VisitsAtOnce);
        var skipped = await Task.WhenAll(visits.Select(async visit =>
        {
            await underWay.WaitAsync(cancellationToken);
            try
            {
                return await OrderAsync(draw, state, visit, cancellationToken);
            }
            finally
            {
                underWay.Release();
            }
        }));
        return [.. skipped.SelectMany(skips => skips)];
    }

    /// <summary>Orders a visit, without those of its winners that cannot be checked.</summary>
    private async Task<IReadOnlyList<DrawSkip>> OrderAsync(GrainId draw, GrainState.Draw state, DrawnVisit visit, CancellationToken cancellationToken)
    {
        var announcement = state.Announcement;
        var skipped = new List<DrawSkip>();
        var titles = new List<DrawnTitle>();
        foreach (var entity in visit.Entities)
        {
            var held = await TitlesAsync(GrainId.FromStored(entity), announcement);
            if (held.Count == 0)
                skipped.Add(new DrawSkip(entity, Drawable.NotInForce));
            titles.AddRange(held);
        }

        var to = GrainId.FromStored(visit.Enterprise);
        var (inspectors, unassigned) = (visit.Inspectors, visit.Inspectors.Count == 0 ? TooFewInspectors : null);
        while (titles.Count > 0)
        {
            var command = new GrainCommand.OrderDrawnVisit(
                draw.Key, titles, announcement.DueBy, inspectors, unassigned, announcement.Items, state.ApprovedBy ?? state.AnnouncedBy, announcement.IntervalMonths);
            var outcome = await grains.SendAsync(to, command, new CommandContext(Actor.System), cancellationToken);
            switch (outcome.Rejection)
            {
                case null:
                    return skipped;
                case Rejection.DrawnTitleRefused refused:
                    skipped.Add(new DrawSkip(refused.Entity.Value, refused.Reason));
                    titles.RemoveAll(title => title.Entity == refused.Entity);
                    break;
                case Rejection.Merged merged:
                    to = merged.Into;
                    break;
                case Rejection.InspectorUnfit unfit:
                    // Somebody had to keep away since the draw was made; an officer assigns others.
                    (inspectors, unassigned) = ([], unfit.Code);
                    break;
                default:
                    throw new InvalidOperationException($"{draw} could not order a visit to {to}: {outcome.Rejection.Code}, {outcome.Rejection.Detail}");
            }
        }

        return skipped;
    }

    /// <summary>The titles of a winner that are in the scope of the draw, under whichever rules they are by now.</summary>
    private async Task<IReadOnlyList<DrawnTitle>> TitlesAsync(GrainId entity, DrawAnnouncement announcement)
    {
        return (await activations.ReadAsync(entity)).State is GrainState.Subject subject
            ? [.. subject.Titles.Where(title => title.Supervised && title.Ref.Level == announcement.Scope.Level && IsOf(title, announcement.Policy)).Select(title => new DrawnTitle(entity, title.Ref))]
            : [];

        static bool IsOf(Title title, string policy) =>
            string.Equals(title.Ref.Policy, policy, StringComparison.Ordinal) || title.Formerly?.Any(former => string.Equals(former.Ref.Policy, policy, StringComparison.Ordinal)) == true;
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
        await using var content = await store.ReadAsync(draw, DrawFile.Roster, cancellationToken) ?? throw new InvalidOperationException($"The roster of {draw} is not kept.");
        await using var plain = new GZipStream(content, CompressionMode.Decompress);
        return DrawJson.ReadRoster(plain);
    }

    private async Task<DrawRecord> ReadAsync(GrainId draw, CancellationToken cancellationToken)
    {
        await using var content = await store.ReadAsync(draw, DrawFile.Record, cancellationToken) ?? throw new InvalidOperationException($"The record of {draw} is not kept.");
        await using var plain = new GZipStream(content, CompressionMode.Decompress);
        return DrawJson.Read(plain);
    }

    /// <summary>Entities of a roster that the public is not shown, or whose enterprise it is not.</summary>
    private async Task<IReadOnlySet<string>> WithheldAsync(DrawRecord record, CancellationToken cancellationToken)
    {
        var withheld = new HashSet<string>(StringComparer.Ordinal);
        foreach (var rows in record.Roster.Chunk(RowsAtOnce))
        {
            var found = await restrictions.WithheldAsync([.. rows.SelectMany(row => new[] { row.Grain, row.Enterprise }).Distinct(StringComparer.Ordinal).Select(GrainId.FromStored)], cancellationToken);
            withheld.UnionWith(rows.Where(row => found.Contains(GrainId.FromStored(row.Grain)) || found.Contains(GrainId.FromStored(row.Enterprise))).Select(row => row.Grain));
        }

        return withheld;
    }

    private async Task SendAsync(GrainId draw, GrainCommand command, CancellationToken cancellationToken)
    {
        var outcome = await grains.SendAsync(draw, command, new CommandContext(Actor.System), cancellationToken);
        if (outcome.Rejection is { } rejection)
            throw new InvalidOperationException($"{draw} refused {command.GetType().Name}: {rejection.Code}");
    }

    [LoggerMessage(EventId = 3421, Level = LogLevel.Warning, Message = "{Draw} was interrupted and will be taken up again: {Reason}")]
    private static partial void LogInterrupted(ILogger logger, GrainId draw, string reason);
}
