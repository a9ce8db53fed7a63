using Microsoft.Extensions.Logging;
using Npgsql;
using Supervision.Grains.Behaviour;
using Supervision.Hosting.Activations;
using Supervision.Hosting.Downtimes;
using Supervision.Ledger.Append;
using Supervision.Ledger.Imports;
using Supervision.Ledger.Merkle;

namespace Supervision.Hosting.Imports;

/// <summary>
/// Enters rows of grains that are new, many in one append: the behaviour decides each of them as it decides every
/// command, and the ledger confirms them together. Whatever is not plainly new and accepted is left to the host, where each
/// row is a command of its own.
/// </summary>
public sealed partial class NewGrainEntry(NewGrainAppend ledger, CurrentRules rules, TimeProvider clock, ILogger<NewGrainEntry> logger)
{
    /// <summary>Decides what is new among some rows. Nothing is written yet.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="actor">Who imports them.</param>
    /// <param name="ahead">Rows before them that are being committed, in their order, which count as entered.</param>
    internal async Task<NewGrainBlock> DecideAsync(IReadOnlyList<NumberedRow> rows, Actor actor, IReadOnlyCollection<NewGrainBlock> ahead)
    {
        var asked = new HashSet<GrainId>();
        var needs = new IReadOnlyList<GrainId>[rows.Count];
        for (var i = 0; i < needs.Length; i++)
        {
            var row = rows[i].Listed;
            needs[i] = GrainBehaviour.Needs(row.Grain, null, row.Command!);
            asked.Add(row.Grain);
            asked.UnionWith(needs[i]);
            if (row.SameByName is { } byName)
                asked.Add(byName);
        }

        var known = await ledger.FindAsync(asked, CancellationToken.None);
        foreach (var grain in asked)
        {
            foreach (var block in ahead)
            {
                if (block.Brought.TryGetValue(grain, out var brought))
                    known[grain] = brought;
            }
        }

        var decided = new NewGrainBlock(ledger.Begin());
        var now = LedgerInstant.Now(clock);
        for (var i = 0; i < needs.Length; i++)
        {
            // What rests on rows before it must not overtake one that is left.
            var isLeft = rows[i].Listed.InOrder && decided.Left.Count > 0;
            if (isLeft || Decide(rows[i].Listed, needs[i], known, actor, now) is not { } turn || !TryAdd(decided, rows[i], turn, known, now))
                decided.Left.Add(rows[i]);
        }

        return decided;
    }

    /// <summary>Commits what was decided.</summary>
    /// <param name="block">What was.</param>
    /// <param name="before">The commit of the rows before, on which it rests; null: none is under way.</param>
    /// <returns>False where it was not taken, or it is not known whether it was: the rows are to be sent one by one, which changes nothing for those that are there.</returns>
    internal async Task<bool> CommitAsync(NewGrainBlock block, Task<bool>? before)
    {
        try
        {
            return await ledger.TryCommitAsync(block.Rows, block.Read, before, CancellationToken.None);
        }
        catch (NpgsqlException exception)
        {
            LogNotTaken(logger, exception.Message);
            return false;
        }
    }

    /// <summary>What new grains of a list never have is left to the host, which writes everything.</summary>
    private static bool IsPlain(GrainAppend append) =>
        append.Work is null && append.Events.All(@event => @event.Private.Count == 0);

    /// <summary>Takes a decided row in, unless it brings what is left to the host.</summary>
    private static bool TryAdd(NewGrainBlock block, NumberedRow row, Turn turn, Dictionary<GrainId, StoredGrain> known, DateTimeOffset now)
    {
        var changes = turn.Others.Prepend(turn.Target).ToArray();
        GrainAppend[] appends;
        try
        {
            appends = [.. changes.Where(change => change.Events.Count > 0).Select(change => Appends.Of(change, lastSeq: 0, now, command: null))];
        }
        catch (LeafTooLongException)
        {
            return false;
        }

        if (!appends.All(IsPlain))
            return false;
        block.Entered.Add(row);
        foreach (var append in appends)
        {
            block.Rows.Add(append);
            block.Brought[append.Grain] = known[append.Grain] = new StoredGrain(append.Events.Count, append.State);
        }

        foreach (var change in changes)
        {
            // That a grain was absent is confirmed as well; one that this block brings has no version to confirm yet.
            if (change.Events.Count == 0 && !block.Brought.ContainsKey(change.Grain))
                block.Read[change.Grain] = change.Before.Version;
        }

        return true;
    }

    /// <summary>The decision on a row of a new grain; null where it is not plainly new, or is refused.</summary>
    private Turn? Decide(ListedRow row, IReadOnlyList<GrainId> needs, Dictionary<GrainId, StoredGrain> known, Actor actor, DateTimeOffset now)
    {
        if (known.ContainsKey(row.Grain) || row.OtherStatus is not null || (row.SameByName is { } byName && known.ContainsKey(byName)))
            return null;
        var others = needs.ToDictionary(
            other => other, other => known.TryGetValue(other, out var stored) ? new KnownGrain(LedgerJson.ReadState(stored.State), stored.Version) : KnownGrain.Absent);
        // What was merged, and a factory that makes a product, lead on to other grains; what is absent does not.
        if (others.Values.Any(other => other.State is not null) && GrainBehaviour.Needs(row.Grain, null, row.Command!, others).Except(others.Keys).Any())
            return null;
        var turn = GrainBehaviour.Decide(row.Grain, KnownGrain.Absent, row.Command!, expectedVersion: null, new DecisionContext(now, actor, rules.Book, others));
        return turn.Rejection is null && turn.Others.All(other => other.Events.Count == 0 || other.Before.Version == 0) ? turn : null;
    }

    [LoggerMessage(EventId = 3221, Level = LogLevel.Warning, Message = "New grains were not taken together and are sent one by one: {Reason}")]
    private static partial void LogNotTaken(ILogger logger, string reason);
}

/// <summary>What becomes of some rows.</summary>
/// <param name="rows">Where the grains that are entered are written down.</param>
internal sealed class NewGrainBlock(NewGrainRows rows)
{
    /// <summary>Rows that are entered together.</summary>
    public List<NumberedRow> Entered { get; } = [];

    /// <summary>Rows that are left, in their order.</summary>
    public List<NumberedRow> Left { get; } = [];

    /// <summary>The grains that are entered, written down.</summary>
    public NewGrainRows Rows { get; } = rows;

    /// <summary>Grains that the decisions rest on, with their versions.</summary>
    public Dictionary<GrainId, long> Read { get; } = [];

    /// <summary>
    /// The grains that are entered, as they are afterwards. As they are stored, and read by who asks: a state is a hundred objects, which the collector would move until
    /// the block is committed.
    /// </summary>
    public Dictionary<GrainId, StoredGrain> Brought { get; } = [];
}
