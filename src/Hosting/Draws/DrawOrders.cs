using Supervision.Grains.Draws;
using Supervision.Hosting.Activations;

namespace Supervision.Hosting.Draws;

/// <summary>Brings about what follows for the winners of a round: checks on visits, entries on a list, or visits to those on it.</summary>
/// <param name="activations">The grains in memory.</param>
/// <param name="grains">Where each visit can be sent alone.</param>
/// <param name="together">Where many can be sent together; null on a host whose grains are active on several silos.</param>
public sealed class DrawOrders(ActivationTable activations, IGrainClient grains, ISendsTogether? together = null)
{
    // Visits sent alone under way at once: enough to fill commits.
    private const int VisitsAtOnce = 1000;

    // Visits sent together: their grains and events are about as many as a commit holds.
    private const int VisitsTogether = 128;

    // Groups under way at once: while one is committed, others are read and decided.
    private const int GroupsAtOnce = 8;

    private const string TooFewInspectors = "too-few-inspectors";

    /// <summary>Orders the visits of a round; who is skipped, in the order of visits.</summary>
    public async Task<IReadOnlyList<DrawSkip>> OrderAsync(GrainId draw, GrainState.Draw state, IReadOnlyList<DrawnVisit> visits, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(visits);
        var ordered = new bool[visits.Count];
        if (together is not null)
        {
            await Parallel.ForEachAsync(Enumerable.Range(0, visits.Count).Chunk(VisitsTogether), Most(GroupsAtOnce), async (places, _) =>
            {
                var sent = await together.TrySendAsync([.. places.Select(place => GroupedOf(draw, state, visits[place]))]);
                for (var i = 0; i < places.Length; i++)
                    ordered[places[i]] = sent[i];
            });
        }

        var skipped = new List<DrawSkip>?[visits.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, visits.Count).Where(place => !ordered[place]), Most(VisitsAtOnce), async (place, token) =>
            skipped[place] = state.Announcement.Purpose == DrawPurpose.SpotChecks
                ? await OrderChecksAsync(draw, state, visits[place], token)
                : await OrderInspectionAsync(draw, state, visits[place], token));
        return [.. skipped.SelectMany(skips => skips ?? [])];

        ParallelOptions Most(int atOnce) => new() { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken };
    }

    /// <summary>A visit as most are: all that was drawn can be checked, by those who were matched.</summary>
    private static GroupedCommand GroupedOf(GrainId draw, GrainState.Draw state, DrawnVisit visit)
    {
        var enterprise = GrainId.FromStored(visit.Enterprise);
        if (state.Announcement.Purpose != DrawPurpose.SpotChecks)
            return new GroupedCommand(enterprise, [], _ => InspectionOf(draw, state, visit.Inspectors, UnassignedOf(visit)));
        GrainId[] entities = [.. visit.Entities.Select(GrainId.FromStored)];
        return new GroupedCommand(enterprise, [.. entities.Where(entity => entity != enterprise)], states =>
        {
            var titles = entities.Select(entity => TitlesOf(entity, states(entity), state.Announcement)).ToList();
            return titles.All(held => held.Count > 0)
                ? ChecksOf(draw, state, [.. titles.SelectMany(held => held)], visit.Inspectors, UnassignedOf(visit))
                : null;
        });
    }

    /// <summary>Orders the checks of a visit, without those of its winners that cannot be checked.</summary>
    private async Task<List<DrawSkip>> OrderChecksAsync(GrainId draw, GrainState.Draw state, DrawnVisit visit, CancellationToken cancellationToken)
    {
        var announcement = state.Announcement;
        var skipped = new List<DrawSkip>();
        var titles = new List<DrawnTitle>();
        foreach (var entity in visit.Entities)
        {
            var grain = GrainId.FromStored(entity);
            var held = TitlesOf(grain, (await activations.ReadAsync(grain)).State, announcement);
            if (held.Count == 0)
                skipped.Add(new DrawSkip(entity, Drawable.NotInForce));
            titles.AddRange(held);
        }

        var (inspectors, unassigned) = (visit.Inspectors, UnassignedOf(visit));
        var to = GrainId.FromStored(visit.Enterprise);
        while (titles.Count > 0)
        {
            var outcome = await grains.SendAsync(to, ChecksOf(draw, state, titles, inspectors, unassigned), new CommandContext(Actor.System), cancellationToken);
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
                    throw Failed(draw, to, outcome.Rejection);
            }
        }

        return skipped;
    }

    /// <summary>Lists an enterprise, or has one on the list visited.</summary>
    private async Task<List<DrawSkip>> OrderInspectionAsync(GrainId draw, GrainState.Draw state, DrawnVisit visit, CancellationToken cancellationToken)
    {
        var (inspectors, unassigned) = (visit.Inspectors, UnassignedOf(visit));
        var to = GrainId.FromStored(visit.Enterprise);
        while (true)
        {
            var outcome = await grains.SendAsync(to, InspectionOf(draw, state, inspectors, unassigned), new CommandContext(Actor.System), cancellationToken);
            switch (outcome.Rejection)
            {
                case null:
                    return [];
                case Rejection.DrawnTitleRefused refused:
                    return [new DrawSkip(visit.Enterprise, refused.Reason)];
                case Rejection.Merged merged:
                    to = merged.Into;
                    break;
                case Rejection.InspectorUnfit unfit:
                    (inspectors, unassigned) = ([], unfit.Code);
                    break;
                default:
                    throw Failed(draw, to, outcome.Rejection);
            }
        }
    }

    private static GrainCommand.OrderDrawnVisit ChecksOf(GrainId draw, GrainState.Draw state, IReadOnlyList<DrawnTitle> titles, IReadOnlyList<string> inspectors, string? unassigned)
    {
        var announcement = state.Announcement;
        return new GrainCommand.OrderDrawnVisit(
            draw.Key, titles, announcement.DueBy, inspectors, unassigned, announcement.Items, state.ApprovedBy ?? state.AnnouncedBy, announcement.IntervalMonths);
    }

    private static GrainCommand InspectionOf(GrainId draw, GrainState.Draw state, IReadOnlyList<string> inspectors, string? unassigned)
    {
        var announcement = state.Announcement;
        return announcement.Purpose == DrawPurpose.EnergyList
            ? new GrainCommand.ListDrawnEnterprise(draw.Key, announcement.Policy, announcement.DueBy.Year)
            : new GrainCommand.OrderDrawnInspection(
                draw.Key, announcement.Policy, announcement.DueBy.Year, announcement.DueBy, inspectors, unassigned, state.ApprovedBy ?? state.AnnouncedBy);
    }

    private static string? UnassignedOf(DrawnVisit visit) => visit.Inspectors.Count == 0 ? TooFewInspectors : null;

    private static InvalidOperationException Failed(GrainId draw, GrainId to, Rejection rejection) =>
        new($"{draw} could not order anything at {to}: {rejection.Code}, {rejection.Detail}");

    /// <summary>The titles of a winner that are in the scope of the draw, under whichever rules they are by now.</summary>
    private static IReadOnlyList<DrawnTitle> TitlesOf(GrainId entity, GrainState? state, DrawAnnouncement announcement)
    {
        return state is GrainState.Subject subject
            ? [.. subject.Titles.Where(title => title.Supervised && title.Ref.Level == announcement.Scope.Level && IsOf(title, announcement.Policy)).Select(title => new DrawnTitle(entity, title.Ref))]
            : [];

        static bool IsOf(Title title, string policy) =>
            string.Equals(title.Ref.Policy, policy, StringComparison.Ordinal) || title.Formerly?.Any(former => string.Equals(former.Ref.Policy, policy, StringComparison.Ordinal)) == true;
    }
}
