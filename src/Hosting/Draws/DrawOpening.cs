using System.Collections.Concurrent;
using System.IO.Compression;
using Supervision.Grains.Calendars;
using Supervision.Grains.Draws;
using Supervision.Hosting.Activations;
using Supervision.Ledger.Draws;
using Supervision.Ledger.Query;

namespace Supervision.Hosting.Draws;

/// <summary>Opens the records of draws to everyone once nobody can be warned by them any more.</summary>
public sealed class DrawOpening(DrawStore store, ActivationTable activations, IGrainClient grains, Restrictions restrictions)
{
    // Rows asked about at once.
    private const int RowsAtOnce = 50_000;

    // What completed draws wait for. Read from the record once, so that looking again and again does not read it again.
    private readonly ConcurrentDictionary<GrainId, Waiting> _waiting = new();

    /// <summary>Opens the record of a draw of which every visit is over.</summary>
    public async Task OpenAsync(GrainId draw, CancellationToken cancellationToken)
    {
        if ((await activations.ReadAsync(draw)).State is not GrainState.Draw { Status: DrawStatus.Completed } state)
            return;
        if (!_waiting.TryGetValue(draw, out var waiting))
        {
            var completed = await ReadAsync(draw, cancellationToken);
            waiting = new Waiting(
                state.Announcement.Purpose == DrawPurpose.EnergyList
                    ? []
                    : [.. completed.Rounds.SelectMany(round => round.Visits).SelectMany(visit => visit.Entities).Select(GrainId.FromStored)],
                BusyIn(completed));
            _waiting[draw] = waiting;
        }

        if (!await AreOverAsync(draw, state.Announcement.Purpose, waiting.Winners, cancellationToken)
            || !await AreToldAsync(waiting.Busy, CivilTime.DateAt(state.Execution!.At), cancellationToken))
            return;
        var record = await ReadAsync(draw, cancellationToken);
        var withheld = await WithheldAsync(record, cancellationToken);
        await using (var content = DrawStore.Compress(stream => DrawJson.Write(stream, record.ToPublic(withheld))))
            await store.WriteAsync(draw, DrawFile.PublicRecord, content, cancellationToken);
        var outcome = await grains.SendAsync(draw, new GrainCommand.OpenDraw(), new CommandContext(Actor.System), cancellationToken);
        if (outcome.Rejection is { } rejection)
            throw new InvalidOperationException($"{draw} could not be opened: {rejection.Code}");
        _waiting.TryRemove(draw, out _);
    }

    /// <summary>Whether nothing is left to do at any winner; those of which nothing is are not looked at again.</summary>
    private async Task<bool> AreOverAsync(GrainId draw, DrawPurpose purpose, HashSet<GrainId> waiting, CancellationToken cancellationToken)
    {
        while (waiting.Count > 0)
        {
            var busy = await store.WithOpenWorkAsync(purpose, waiting, cancellationToken);
            foreach (var over in waiting.Except(busy).ToList())
            {
                waiting.Remove(over);
                // What was merged took its open checks along.
                if ((await activations.ReadAsync(over)).State is GrainState.Subject { MergedInto: { } into })
                    waiting.Add(into);
            }

            foreach (var entity in busy)
            {
                if ((await activations.ReadAsync(entity)).State is GrainState.Subject subject && IsOpen(subject, draw.Key))
                    return false;
                waiting.Remove(entity);
            }
        }

        return true;
    }

    /// <summary>
    /// Who took no part, or was skipped, because of a check or a visit by another draw or an officer: the record says so, and it may be one of which nobody was told.
    /// </summary>
    private static HashSet<GrainId> BusyIn(DrawRecord record)
    {
        var skipped = record.Rounds.SelectMany(round => round.Skipped).Where(skip => IsBusy(skip.Reason)).Select(skip => skip.Id).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. record.Roster.Where(row => IsBusy(row.Exclusion) || (skipped.Count > 0 && skipped.Contains(row.Grain.ToString())))
                .SelectMany(row => new[] { row.Grain, row.Enterprise }).Distinct().Select(identity => GrainId.FromStored(identity.ToString())),
        ];

        static bool IsBusy(string? reason) => reason is Drawable.OpenCheck or Drawable.CapReached or EnergyDrawable.OnSite;
    }

    /// <summary>Whether everything is known by now that kept anybody out; those of whom it is are not looked at again.</summary>
    private async Task<bool> AreToldAsync(HashSet<GrainId> busy, DateOnly madeOn, CancellationToken cancellationToken)
    {
        foreach (var entity in busy.ToList())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if ((await activations.ReadAsync(entity)).State is GrainState.Subject subject)
            {
                // What was ordered since is nothing that the record could tell of.
                if (subject.Checks.Any(check => !check.IsAnnounced() && check.OrderedOn <= madeOn) || subject.Visits?.Any(visit => !visit.IsAnnounced() && visit.PlannedOn <= madeOn) == true)
                    return false;
                if (subject.MergedInto is { } into)
                    busy.Add(into);
            }

            busy.Remove(entity);
        }

        return true;
    }

    private static bool IsOpen(GrainState.Subject subject, string draw) =>
        subject.Checks.Any(check => check.IsOpen() && string.Equals(check.Draw, draw, StringComparison.Ordinal))
        || subject.EnergyInspections?.Any(entry => entry.Status is EnergyStatus.Listed or EnergyStatus.Notified && string.Equals(entry.OnSite?.Draw, draw, StringComparison.Ordinal)) == true;

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
            var found = await restrictions.WithheldAsync([.. rows.SelectMany(row => new[] { row.Grain, row.Enterprise }).Distinct().Select(IdOf)], cancellationToken);
            withheld.UnionWith(rows.Where(row => found.Contains(IdOf(row.Grain)) || found.Contains(IdOf(row.Enterprise))).Select(row => row.Grain.ToString()));
        }

        return withheld;

        static GrainId IdOf(Utf8Identity identity) => GrainId.FromStored(identity.ToString());
    }

    /// <summary>What a completed draw waits for.</summary>
    /// <param name="Winners">Winners that may still be visited.</param>
    /// <param name="Busy">Who was left out for what may not be known yet.</param>
    private sealed record Waiting(HashSet<GrainId> Winners, HashSet<GrainId> Busy);
}
