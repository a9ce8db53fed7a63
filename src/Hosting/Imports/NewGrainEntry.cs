using Microsoft.Extensions.Logging;
using Npgsql;
using Supervision.Grains.Behaviour;
using Supervision.Grains.Policies;
using Supervision.Hosting.Activations;
using Supervision.Ledger.Append;
using Supervision.Ledger.Imports;

namespace Supervision.Hosting.Imports;

/// <summary>
/// Enters rows of grains that are new, many in one append: the behaviour decides each of them as it decides every
/// command, and the ledger confirms them together. Whatever is not plainly new and accepted is left to the host, where each
/// row is a command of its own.
/// </summary>
public sealed partial class NewGrainEntry(NewGrainAppend ledger, RuleBook rules, TimeProvider clock, ILogger<NewGrainEntry> logger)
{
    /// <summary>Enters what is new; the rows that are left, in their order.</summary>
    internal async Task<IReadOnlyList<NumberedRow>> EnterAsync(IReadOnlyList<NumberedRow> rows, Actor actor, ImportTally tally)
    {
        var block = await DecideAsync(rows, actor);
        if (block.Entered.Count == 0 || !await TryCommitAsync(block))
            return rows;
        foreach (var _ in block.Entered)
            tally.Accept(changed: true);
        return block.Left;
    }

    private async Task<bool> TryCommitAsync(Block block)
    {
        try
        {
            return await ledger.TryCommitAsync(block.Appends, block.Read, CancellationToken.None);
        }
        catch (NpgsqlException exception)
        {
            // Whether it was written or not: the rows are sent one by one, which changes nothing for those that are there.
            LogNotTaken(logger, exception.Message);
            return false;
        }
    }

    /// <summary>What new grains of a list never have is left to the host, which writes everything.</summary>
    private static bool IsPlain(GrainAppend append) =>
        append is { Work: null or [] } && append.Events.All(@event => @event.Private.Count == 0);

    private async Task<Block> DecideAsync(IReadOnlyList<NumberedRow> rows, Actor actor)
    {
        var asked = new HashSet<GrainId>();
        foreach (var (_, _, row) in rows)
        {
            asked.Add(row.Grain);
            asked.UnionWith(GrainBehaviour.Needs(row.Grain, null, row.Command!));
            if (row.SameByName is { } byName)
                asked.Add(byName);
        }

        var stored = await ledger.FindAsync(asked, CancellationToken.None);
        var known = stored.ToDictionary(pair => pair.Key, pair => new KnownGrain(LedgerJson.ReadState(pair.Value.State), pair.Value.Version));
        var block = new Block();
        var now = LedgerInstant.Now(clock);
        foreach (var row in rows)
        {
            // What rests on rows before it must not overtake one that is left.
            var turn = row.Listed.InOrder && block.Left.Count > 0 ? null : Decide(row.Listed, known, actor, now);
            if (turn is null)
            {
                block.Left.Add(row);
                continue;
            }

            var changes = turn.Others.Prepend(turn.Target).ToArray();
            var appends = changes.Where(change => change.Events.Count > 0).Select(change => Appends.Of(change, lastSeq: 0, now, command: null)).ToArray();
            if (!appends.All(IsPlain))
            {
                block.Left.Add(row);
                continue;
            }

            block.Entered.Add(row);
            block.Appends.AddRange(appends);
            foreach (var change in changes)
            {
                if (change.Events.Count > 0)
                    known[change.Grain] = change.After;
                // That a grain was absent is confirmed as well; one that this block brings has no version to confirm yet.
                else if (change.Before.Version == 0 || stored.ContainsKey(change.Grain))
                    block.Read[change.Grain] = change.Before.Version;
            }
        }

        return block;
    }

    /// <summary>The decision on a row of a new grain; null where it is not plainly new, or is refused.</summary>
    private Turn? Decide(ListedRow row, Dictionary<GrainId, KnownGrain> known, Actor actor, DateTimeOffset now)
    {
        if (known.ContainsKey(row.Grain) || row.OtherStatus is not null || (row.SameByName is { } byName && known.ContainsKey(byName)))
            return null;
        var others = GrainBehaviour.Needs(row.Grain, null, row.Command!).ToDictionary(other => other, other => known.GetValueOrDefault(other));
        // What was merged, and a factory that makes a product, lead on to other grains.
        if (GrainBehaviour.Needs(row.Grain, null, row.Command!, others).Except(others.Keys).Any())
            return null;
        var turn = GrainBehaviour.Decide(row.Grain, KnownGrain.Absent, row.Command!, expectedVersion: null, new DecisionContext(now, actor, rules, others));
        return turn.Rejection is null && turn.Others.All(other => other.Events.Count == 0 || other.Before.Version == 0) ? turn : null;
    }

    [LoggerMessage(EventId = 3221, Level = LogLevel.Warning, Message = "New grains were not taken together and are sent one by one: {Reason}")]
    private static partial void LogNotTaken(ILogger logger, string reason);

    /// <summary>What becomes of some rows.</summary>
    private sealed class Block
    {
        public List<NumberedRow> Entered { get; } = [];

        public List<NumberedRow> Left { get; } = [];

        public List<GrainAppend> Appends { get; } = [];

        public Dictionary<GrainId, long> Read { get; } = [];
    }
}
