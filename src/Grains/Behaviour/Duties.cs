namespace Supervision.Grains.Behaviour;

/// <summary>
/// What holders have to do by themselves as time goes by. The days are read from the policies here and nowhere else, and
/// are facts in the state from then on: when a title is granted, transferred, reinstated or set right, and when a version
/// of a policy was adopted.
/// </summary>
internal static class Duties
{
    /// <summary>What the silo asks for: the duties of holders, and the follow-up of what an energy-conservation inspection found the year before.</summary>
    public static Decision Decide(Draft draft, DecisionContext context)
    {
        EnergyFollowUp.List(draft, context);
        return Schedule(draft, context);
    }

    public static Decision Schedule(Draft draft, DecisionContext context)
    {
        var (today, rules) = (context.Today, context.Rules);
        // As they are before what is scheduled; this runs for every title that is granted, so nothing is made for the looking.
        var titles = draft.Subject.Titles;
        for (var i = 0; i < titles.Count; i++)
        {
            var policy = titles[i].Ref.Policy;
            if (!titles[i].Supervised || IsAmong(titles, i, policy))
                continue;
            var next = Rounds.Next(rules[policy], draft.Subject, today);
            if (next != draft.Subject.Expected?.FirstOrDefault(expected => string.Equals(expected.Policy, policy, StringComparison.Ordinal)))
                draft.Append(new GrainEvent.DeclarationExpected(today, policy, next?.Round, next?.Year, next?.Opens, next?.Due));
        }

        titles = draft.Subject.Titles;
        for (var i = 0; i < titles.Count; i++)
        {
            var title = titles[i];
            if (!title.Supervised)
                continue;
            if (draft.Subject.ReEvaluations?.Any(open => open.IsOpen() && open.Title == title.Ref) ?? false)
                continue;
            var next = ReEvaluating.Next(draft.Subject, title, rules[title.Ref.Policy], today);
            if (next?.DueOn != title.ReEvaluation?.DueOn)
                draft.Append(new GrainEvent.ReEvaluationScheduled(today, title.Ref, next?.DueOn, next?.AnnounceBy));
        }

        titles = draft.Subject.Titles;
        for (var i = 0; i < titles.Count; i++)
        {
            if (titles[i] is { Held: true, DerivedFrom: null } held)
                Certifying.Schedule(draft, held, rules[held.Ref.Policy].Certificates, today);
        }

        return Decision.Accepted;
    }

    /// <summary>Whether a supervised title before a place is under the same policy.</summary>
    private static bool IsAmong(IReadOnlyList<Title> titles, int place, string policy)
    {
        for (var i = 0; i < place; i++)
        {
            if (titles[i].Supervised && string.Equals(titles[i].Ref.Policy, policy, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
