using Supervision.Grains.Calendars;
using Supervision.Grains.Policies;
using Supervision.Grains.Ranking;
using Supervision.Hosting.Activations;
using Supervision.Ledger.Duties;

namespace Supervision.Hosting.Duties;

/// <summary>
/// Ranks the titles of a policy after each round and has the ranking take effect on each of them. The ranking is kept
/// before the first command is sent, and a grain takes one for each round, so that interrupted, late or on two silos at once
/// it takes effect once, the same for everyone.
/// </summary>
public sealed class RoundGrading(DutyStore store, ActivationTable activations, IGrainClient grains, RuleBook rules)
{
    // Entities read or under way at once: enough to fill a commit.
    private const int EntitiesMax = 1000;

    /// <summary>The earliest instant, up to one, at which a round is ranked that is not yet; null when none is.</summary>
    public async Task<DateTimeOffset?> NextAsync(DateTimeOffset upTo, CancellationToken cancellationToken) =>
        await LeftAsync(upTo, cancellationToken) is [var first, ..] ? CivilTime.StartOf(first.RankedOn) : null;

    /// <summary>Ranks every round that is to be ranked by an instant; how many were.</summary>
    public async Task<int> RunDueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var left = await LeftAsync(now, cancellationToken);
        foreach (var round in left)
            await RunAsync(round, cancellationToken);
        return left.Count;
    }

    private async Task<IReadOnlyList<RankedRound>> LeftAsync(DateTimeOffset upTo, CancellationToken cancellationToken)
    {
        var over = rules.Policies.SelectMany(policy => RoundRanking.Over(policy, upTo)).OrderBy(round => round.RankedOn).ToList();
        if (over.Count == 0)
            return [];
        var complete = await store.CompleteRankingsAsync(cancellationToken);
        return [.. over.Where(round => !complete.Contains((round.Policy, round.Round, round.Year)))];
    }

    private async Task RunAsync(RankedRound round, CancellationToken cancellationToken)
    {
        if (await store.RankingAsync(round.Policy, round.Round, round.Year, cancellationToken) is null)
        {
            var ranked = RoundRanking.Rank(rules[round.Policy], round, await EntrantsAsync(round, cancellationToken));
            await store.KeepRankingAsync(
                round.Policy, round.Round, round.Year,
                [.. ranked.Select(title => new RankedTitle(title.Grain, title.Honour, KebabCase<Level>.Word(title.Level), title.Grade, title.Score, title.Lowest))],
                cancellationToken);
        }

        var progress = await store.RankingAsync(round.Policy, round.Round, round.Year, cancellationToken) ?? throw new InvalidOperationException("A ranking was not kept.");
        while (!progress.Complete)
        {
            var titles = await store.RankedAsync(round.Policy, round.Round, round.Year, progress.UpTo, EntitiesMax, cancellationToken);
            await Task.WhenAll(titles.Select(title => GradeAsync(round, title, cancellationToken)));
            progress = new Progress(UpTo(titles) ?? progress.UpTo, titles.Count < EntitiesMax);
            await store.AdvanceRankingAsync(round.Policy, round.Round, round.Year, progress, cancellationToken);
        }
    }

    private async Task<List<Entrant>> EntrantsAsync(RankedRound round, CancellationToken cancellationToken)
    {
        var entrants = new List<Entrant>();
        GrainId? after = null;
        while (true)
        {
            var holders = await store.HoldersAsync(round.Policy, after, EntitiesMax, cancellationToken);
            foreach (var holder in await Task.WhenAll(holders.Select(holder => activations.ReadAsync(holder).AsTask())))
                entrants.AddRange(RoundRanking.EntrantsOf(holder.Grain, holder.State, rules[round.Policy], round));
            if (holders.Count < EntitiesMax)
                return entrants;
            after = holders[^1];
        }
    }

    private async Task GradeAsync(RankedRound round, RankedTitle title, CancellationToken cancellationToken)
    {
        var reference = new TitleRef(round.Policy, title.Honour, KebabCase<Level>.Parse(title.Level));
        var command = new GrainCommand.GradeTitle(reference, round.Round, round.Year, title.Grade, title.Score, title.Lowest);
        var to = title.Grain;
        while ((await grains.SendAsync(to, command, new CommandContext(Actor.System), cancellationToken)).Rejection is { } rejection)
        {
            // What was merged since the ranking was taken over by the one that stays.
            to = rejection is Rejection.Merged merged ? merged.Into : throw new InvalidOperationException($"{to} took no grade: {rejection.Code}.");
        }
    }

    /// <summary>The last entity of which every title is on a page; the titles of one that the page may cut in two are sent again.</summary>
    private static GrainId? UpTo(IReadOnlyList<RankedTitle> titles) =>
        titles.Count == 0 ? null
        : titles.Count < EntitiesMax || titles[0].Grain == titles[^1].Grain ? titles[^1].Grain
        : titles.Last(title => title.Grain != titles[^1].Grain).Grain;
}
