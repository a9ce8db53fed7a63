using Supervision.Grains.Draws;
using Supervision.Grains.Inspectors;

namespace Supervision.Grains.Behaviour;

/// <summary>
/// The checks of a draw at one enterprise, ordered together as one visit. What was drawn is ordered even where that is resumed after the last day, as only
/// what cannot be checked is skipped.
/// </summary>
internal static class DrawnVisits
{
    public static Decision Order(Draft enterprise, Dictionary<GrainId, Draft> others, GrainCommand.OrderDrawnVisit command, DecisionContext context)
    {
        if (enterprise.Id.Kind != GrainKind.Enterprise)
            return new Rejection.NotAnEnterprise(enterprise.Id, enterprise.Subject.Enterprise);
        var pending = new List<DrawnTitle>();
        var itemsOf = new Dictionary<DrawnTitle, IReadOnlyList<string>>();
        foreach (var drawn in command.Titles.Distinct())
        {
            if (!context.Rules.TryFind(drawn.Title.Policy, out var policy))
                return new Rejection.UnknownPolicy(drawn.Title.Policy);
            var entity = DraftOf(drawn.Entity);
            if (entity.State is not GrainState.Subject)
                return new Rejection.DrawnTitleRefused(drawn.Entity, Drawable.NotInForce);
            // The title may be under other rules or elsewhere by now, where other items are published: it is checked by all that its policy publishes.
            var place = entity.Subject.Titles.FirstOrDefault(held => held.Ref == drawn.Title) is { } title ? CheckedPlace.Of(entity.Subject, title) : default;
            if (CheckItems.Find(command.Items ?? [], policy, place, context, out var items) is not null)
                CheckItems.Find([], policy, place, context, out items);
            itemsOf[drawn] = items;
            if (command.Inspectors.Count > 0 && NamedInspectors.Refuse(entity, command.Inspectors, policy, context.Today, context) is { } unfit)
                return unfit;
            if (entity != enterprise)
                Deadlines.Apply(entity, context.Now, context.Rules);
            if (IsOrdered(entity.Subject, drawn.Title, command.Draw))
                continue;
            if (Drawable.Exclusion(entity.Subject, drawn.Title, command.IntervalMonths, context.Today) is { } reason)
                return new Rejection.DrawnTitleRefused(drawn.Entity, reason);
            if (entity != enterprise && (entity.Subject.Enterprise is not { } behind || (behind != enterprise.Id && enterprise.Subject.Absorbed?.Contains(behind) != true)))
                return new Rejection.DrawnTitleRefused(drawn.Entity, Drawable.Moved);
            pending.Add(drawn);
        }

        if (pending.Count == 0)
            return Decision.Accepted;
        var visit = Visiting.OfDraw(enterprise.Subject.Visits, command.Draw);
        var cap = context.Rules[pending[0].Title.Policy].Checks.Cap;
        if (visit is null && Drawable.Exclusion(enterprise.Subject, cap, CheckBasis.Random, context.Today, command.DueBy) is { } full)
            return new Rejection.DrawnTitleRefused(pending[0].Entity, full);

        var checks = pending.Select((drawn, place) => new VisitedCheck(
            drawn.Entity, $"check-{DraftOf(drawn.Entity).Subject.Checks.Count + 1 + pending.Take(place).Count(before => before.Entity == drawn.Entity)}")).ToList();
        var reference = visit is null
            ? Visiting.Plan(enterprise, CheckBasis.Random, reason: null, command.Draw, command.DueBy, checks, command.Inspectors, command.Unassigned, cap, context)
            : Visiting.Join(enterprise, visit, checks, context);
        var inspectors = visit?.Inspectors ?? command.Inspectors;
        foreach (var (drawn, visited) in pending.Zip(checks))
        {
            DraftOf(drawn.Entity).Append(new GrainEvent.CheckOrdered(
                context.Today, visited.Check, drawn.Title, CheckBasis.Random, Reason: null, command.Draw, command.DueBy, inspectors, itemsOf[drawn],
                CheckStatus.Approved, Declaration: null, reference, command.ApprovedBy));
        }

        return visit is null ? Decision.Creating($"visits/{reference.Id}") : Decision.Accepted;

        Draft DraftOf(GrainId id) => id == enterprise.Id ? enterprise : others[id];
    }

    /// <summary>Whether the draw has ordered a check of the title already, under whichever rules the title is by now.</summary>
    private static bool IsOrdered(GrainState.Subject entity, TitleRef title, string draw) => entity.Checks.Any(check =>
        string.Equals(check.Draw, draw, StringComparison.Ordinal)
        && (check.Title == title || entity.Titles.Any(held => held.Ref == check.Title && held.Formerly?.Any(former => former.Ref == title) == true)));
}
