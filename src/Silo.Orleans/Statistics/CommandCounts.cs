namespace Supervision.Silo.Orleans.Statistics;

/// <summary>What became of commands on grains of one kind, on one silo.</summary>
/// <param name="Accepted">Commands that were decided there and accepted.</param>
/// <param name="Rejected">Commands that were decided there and refused, for whatever reason.</param>
/// <param name="Stale">Decisions there that the ledger did not take, because they rested on what was not so any more; each was made again.</param>
/// <param name="Unavailable">Commands that got there and were not decided, because the ledger took nothing.</param>
/// <param name="PassedOn">Commands that came to this silo and were decided by another.</param>
/// <param name="Unanswered">Commands that came to this silo and whose own one did not answer.</param>
[GenerateSerializer, Immutable]
internal readonly record struct CommandCounts(
    [property: Id(0)] long Accepted, [property: Id(1)] long Rejected, [property: Id(2)] long Stale, [property: Id(3)] long Unavailable, [property: Id(4)] long PassedOn,
    [property: Id(5)] long Unanswered)
{
    public static CommandCounts operator +(CommandCounts one, CommandCounts two) => new(
        one.Accepted + two.Accepted, one.Rejected + two.Rejected, one.Stale + two.Stale, one.Unavailable + two.Unavailable, one.PassedOn + two.PassedOn,
        one.Unanswered + two.Unanswered);
}
