using Supervision.Grains.Draws;
using Supervision.Hosting.Activations;

namespace Supervision.Hosting.Draws;

/// <summary>Brings about what follows for the winners of a round: checks on visits, entries on a list, or visits to those on it.</summary>
public sealed class DrawOrders(ActivationTable activations, IGrainClient grains)
{
    // Visits under way at once: enough to fill commits.
    private const int VisitsAtOnce = 1000;

    private const string TooFewInspectors = "too-few-inspectors";

    /// <summary>Orders the visits of a round; who is skipped, in the order of visits.</summary>
    public async Task<IReadOnlyList<DrawSkip>> OrderAsync(GrainId draw, GrainState.Draw state, IReadOnlyList<DrawnVisit> visits, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(visits);
        var skipped = new List<DrawSkip>[visits.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, visits.Count), new ParallelOptions { MaxDegreeOfParallelism = VisitsAtOnce, CancellationToken = cancellationToken }, async (place, token) =>
            skipped[place] = state.Announcement.Purpose == DrawPurpose.SpotChecks
                ? await OrderChecksAsync(draw, state, visits[place], token)
                : await OrderInspectionAsync(draw, state, visits[place], token));
        return [.. skipped.SelectMany(skips => skips)];
    }

    /// <summary>Orders the checks of a visit, without those of its winners that cannot be checked.</summary>
    private async Task<List<DrawSkip>> OrderChecksAsync(GrainId draw, GrainState.Draw state, DrawnVisit visit, CancellationToken cancellationToken)
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

        var (inspectors, unassigned) = Matched(visit);
        var to = GrainId.FromStored(visit.Enterprise);
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
                    throw Failed(draw, to, outcome.Rejection);
            }
        }

        return skipped;
    }

    /// <summary>Lists an enterprise, or has one on the list visited.</summary>
    private async Task<List<DrawSkip>> OrderInspectionAsync(GrainId draw, GrainState.Draw state, DrawnVisit visit, CancellationToken cancellationToken)
    {
        var announcement = state.Announcement;
        var (inspectors, unassigned) = Matched(visit);
        var to = GrainId.FromStored(visit.Enterprise);
        while (true)
        {
            GrainCommand command = announcement.Purpose == DrawPurpose.EnergyList
                ? new GrainCommand.ListDrawnEnterprise(draw.Key, announcement.Policy, announcement.DueBy.Year)
                : new GrainCommand.OrderDrawnInspection(
                    draw.Key, announcement.Policy, announcement.DueBy.Year, announcement.DueBy, inspectors, unassigned, state.ApprovedBy ?? state.AnnouncedBy);
            var outcome = await grains.SendAsync(to, command, new CommandContext(Actor.System), cancellationToken);
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

    private static (IReadOnlyList<string> Inspectors, string? Unassigned) Matched(DrawnVisit visit) => (visit.Inspectors, visit.Inspectors.Count == 0 ? TooFewInspectors : null);

    private static InvalidOperationException Failed(GrainId draw, GrainId to, Rejection rejection) =>
        new($"{draw} could not order anything at {to}: {rejection.Code}, {rejection.Detail}");

    /// <summary>The titles of a winner that are in the scope of the draw, under whichever rules they are by now.</summary>
    private async Task<IReadOnlyList<DrawnTitle>> TitlesAsync(GrainId entity, DrawAnnouncement announcement)
    {
        return (await activations.ReadAsync(entity)).State is GrainState.Subject subject
            ? [.. subject.Titles.Where(title => title.Supervised && title.Ref.Level == announcement.Scope.Level && IsOf(title, announcement.Policy)).Select(title => new DrawnTitle(entity, title.Ref))]
            : [];

        static bool IsOf(Title title, string policy) =>
            string.Equals(title.Ref.Policy, policy, StringComparison.Ordinal) || title.Formerly?.Any(former => string.Equals(former.Ref.Policy, policy, StringComparison.Ordinal)) == true;
    }
}
