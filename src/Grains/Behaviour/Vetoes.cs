using Supervision.Grains.Policies;

namespace Supervision.Grains.Behaviour;

/// <summary>Vetoes on record: recorded or imported, confirmed by an officer, looked for once a year, over at last.</summary>
internal static class Vetoes
{
    /// <summary>The yearly look of a policy without a round of declarations is at the end of the year.</summary>
    private static readonly MonthDay EndOfYear = new(12, 31);

    public static Decision Record(Draft draft, GrainCommand.RecordVeto command, DecisionContext context)
    {
        if (command.Kind == VetoKind.Incident)
            return new Rejection.VetoIsIncident();
        if (command.On > context.Today)
            return new Rejection.DateInFuture("on", command.On, context.Today);
        var known = draft.Subject.Vetoes ?? [];
        // Lists are published again and again with the same entries, also with those that turned out to be about somebody else.
        if (known.Any(veto => veto.Kind == command.Kind && veto.On == command.On
            && string.Equals(veto.Source, command.Source, StringComparison.Ordinal) && string.Equals(veto.Reference, command.Reference, StringComparison.Ordinal)))
        {
            return Decision.Accepted;
        }

        var id = $"veto-{known.Count + 1}";
        draft.Append(new GrainEvent.VetoRecorded(context.Today, id, command.Kind, command.On, command.Source, command.Reference));
        return Decision.Creating($"vetoes/{id}");
    }

    public static Decision Confirm(Draft draft, GrainCommand.ConfirmVeto command, DecisionContext context)
    {
        if (Find(draft, command.Veto) is not { } veto)
            return new Rejection.VetoNotFound(command.Veto);
        if (veto.Status != VetoStatus.Matched)
            return new Rejection.VetoClosed(veto.Id, veto.Status);
        if (string.Equals(veto.RecordedBy, context.Actor.Id, StringComparison.Ordinal))
            return new Rejection.SecondPersonNeeded("A veto is confirmed by another person than recorded or imported it.");
        draft.Append(new GrainEvent.VetoConfirmed(context.Today, veto.Id, NextCheck(veto, context.Today, context.Rules)));
        return Decision.Accepted;
    }

    public static Decision Reject(Draft draft, GrainCommand.RejectVeto command, DecisionContext context)
    {
        if (Find(draft, command.Veto) is not { } veto)
            return new Rejection.VetoNotFound(command.Veto);
        if (veto.Status is not (VetoStatus.Matched or VetoStatus.Confirmed))
            return new Rejection.VetoClosed(veto.Id, veto.Status);
        draft.Append(new GrainEvent.VetoRejected(context.Today, veto.Id, command.Reason));
        return Decision.Accepted;
    }

    public static Decision End(Draft draft, GrainCommand.EndVeto command, DecisionContext context)
    {
        if (Find(draft, command.Veto) is not { } veto)
            return new Rejection.VetoNotFound(command.Veto);
        if (command.On > context.Today)
            return new Rejection.DateInFuture("on", command.On, context.Today);
        if (command.On < veto.On)
            return new Rejection.DateTooEarly("on", command.On, veto.On, "the day on which it happened or began");
        if (veto.Status == VetoStatus.Matched)
            return new Rejection.VetoNotConfirmed("〔2024〕13号 第十五条", veto.Id);
        if (veto.Status != VetoStatus.Confirmed)
            return new Rejection.VetoClosed(veto.Id, veto.Status);
        draft.Append(new GrainEvent.VetoEnded(command.On, veto.Id, command.Reason));
        return Decision.Accepted;
    }

    /// <summary>The yearly look: under which policies it counts, and when it is looked for next.</summary>
    public static IEnumerable<GrainEvent> Check(Veto veto, DateOnly on, RuleBook rules)
    {
        var lastDay = veto.CheckAfter!.Value;
        yield return new GrainEvent.VetoChecked(
            on, veto.Id,
            [.. rules.Policies.Where(policy => YearlyRule(policy, veto.Kind) is { } rule && DayOf(policy).In(lastDay.Year) == lastDay && EnterpriseFacts.Counts(rule, veto, on)).Select(policy => policy.Id)],
            NextCheck(veto, on, rules));
    }

    /// <summary>The policies that look for it when a day has passed.</summary>
    public static IEnumerable<Policy> Looking(Veto veto, DateOnly lastDay, RuleBook rules) =>
        rules.Policies.Where(policy => YearlyRule(policy, veto.Kind) is not null && DayOf(policy).In(lastDay.Year) == lastDay);

    /// <summary>The rule by which a policy looks for a kind once a year.</summary>
    public static VetoRule? YearlyRule(Policy policy, VetoKind kind) =>
        policy.Vetoes?.FirstOrDefault(rule => rule.Kind == kind && rule.CheckedAt.Contains(VetoMoment.Yearly));

    /// <summary>Who has a veto on record, and so does not decide the cases that it opens.</summary>
    public static IReadOnlyList<string> FoundBy(Veto veto) => veto.ConfirmedBy is { } confirmed ? [veto.RecordedBy, confirmed] : [veto.RecordedBy];

    /// <summary>The last day before the next look, from a day on; null where no policy looks for it or will count it then.</summary>
    private static DateOnly? NextCheck(Veto veto, DateOnly from, RuleBook rules)
    {
        DateOnly? next = null;
        foreach (var policy in rules.Policies)
        {
            if (YearlyRule(policy, veto.Kind) is not { } rule)
                continue;
            var day = DayOf(policy).In(from.Year) is var thisYear && thisYear >= from ? thisYear : DayOf(policy).In(from.Year + 1);
            var counts = rule.Years is not { } years || day.AddDays(1) < veto.On.AddYears(years.Value);
            if (counts && (next is null || day < next))
                next = day;
        }

        return next;
    }

    /// <summary>What is listed is gone through when the declarations of a year are due.</summary>
    private static MonthDay DayOf(Policy policy) => policy.Declarations?.Rounds.LastOrDefault(round => round.LastYear is null)?.Due.Value ?? EndOfYear;

    private static Veto? Find(Draft draft, string id) => draft.Subject.Vetoes?.FirstOrDefault(veto => string.Equals(veto.Id, id, StringComparison.Ordinal));
}
