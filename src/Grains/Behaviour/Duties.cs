namespace Supervision.Grains.Behaviour;

/// <summary>
/// What holders have to do by themselves as time goes by. The days are read from the policies here and nowhere else, and
/// are facts in the state from then on: when a title is granted, transferred, reinstated or set right, and when a version
/// of a policy was adopted.
/// </summary>
internal static class Duties
{
    public static Decision Schedule(Draft draft, DecisionContext context)
    {
        var (today, rules) = (context.Today, context.Rules);
        foreach (var policy in draft.Subject.Titles.Where(title => title.Supervised).Select(title => title.Ref.Policy).Distinct().ToList())
        {
            var next = Rounds.Next(rules[policy], draft.Subject, today);
            if (next != draft.Subject.Expected?.FirstOrDefault(expected => string.Equals(expected.Policy, policy, StringComparison.Ordinal)))
                draft.Append(new GrainEvent.DeclarationExpected(today, policy, next?.Round, next?.Year, next?.Opens, next?.Due));
        }

        foreach (var title in draft.Subject.Titles.Where(title => title.Supervised).ToList())
        {
            if (draft.Subject.ReEvaluations?.Any(open => open.IsOpen() && open.Title == title.Ref) ?? false)
                continue;
            var next = ReEvaluating.Next(draft.Subject, title, rules[title.Ref.Policy], today);
            if (next?.DueOn != title.ReEvaluation?.DueOn)
                draft.Append(new GrainEvent.ReEvaluationScheduled(today, title.Ref, next?.DueOn, next?.AnnounceBy));
        }

        foreach (var title in draft.Subject.Titles.Where(title => title is { Held: true, DerivedFrom: null }).ToList())
            Certifying.Schedule(draft, title, rules[title.Ref.Policy].Certificates, today);
        return Decision.Accepted;
    }
}
