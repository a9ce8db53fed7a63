using Supervision.Grains.Policies;

namespace Supervision.Grains.Behaviour;

/// <summary>What is established about an enterprise, and what it means under a policy.</summary>
internal static class EnterpriseFacts
{
    /// <summary>Something that stands against a title.</summary>
    /// <param name="Rule">The rule that makes it a veto.</param>
    /// <param name="Fact">The fact's identity on the enterprise.</param>
    public readonly record struct Standing(VetoRule Rule, string Fact);

    /// <summary>What stands against titles of an enterprise under a policy at one of the moments at which it is looked for.</summary>
    public static IEnumerable<Standing> Against(GrainState.Subject enterprise, Policy policy, VetoMoment moment, DateOnly on)
    {
        foreach (var rule in policy.Vetoes ?? [])
        {
            if (!rule.CheckedAt.Contains(moment))
                continue;
            foreach (var fact in Find(enterprise, rule, on))
                yield return new Standing(rule, fact);
        }
    }

    /// <summary>Whether a veto that was confirmed counts by a rule on a day.</summary>
    public static bool Counts(VetoRule rule, Veto veto, DateOnly on) =>
        veto.Kind == rule.Kind && veto.Status is VetoStatus.Confirmed or VetoStatus.Ended
        && LooksBackTo(rule, veto.On, on)
        && (rule.Months is not { } months || veto.On.AddMonths(months.Value) <= on)
        // What is looked back to counts although it is over; the rest counts as long as it lasts.
        && (rule.Years is not null || veto.EndedOn is not { } ended || on < ended);

    /// <summary>
    /// The fact that a ground rests on: null where it rests on none, and a rejection where it rests on one that is not
    /// established. Which grounds those are follows from the policy's own sections.
    /// </summary>
    public static (FactRef? Fact, IReadOnlyList<string>? FoundBy, Rejection? Rejection) Behind(Draft enterprise, Policy policy, Ground ground, DateOnly on)
    {
        var vetoes = (policy.Vetoes ?? []).Where(rule => Is(rule.Ground)).ToList();
        var levels = (policy.Incidents?.Levels ?? []).Where(level => Is(level.Ground)).ToList();
        var isMissed = Is(policy.EnergyInspection?.MissedGround);
        if (vetoes.Count == 0 && levels.Count == 0 && !isMissed)
            return default;
        if (enterprise.State is GrainState.Subject subject)
        {
            foreach (var incident in subject.Incidents ?? [])
            {
                if (IncidentGround(incident, policy) is { } rule && Is(rule.Ground))
                    return (new FactRef(enterprise.Id, incident.Id), Incidents.FoundBy(incident), null);
            }

            if (isMissed && subject.EnergyInspections?.FirstOrDefault(entry => entry.MissedOn is not null) is { } missed)
                return (new FactRef(enterprise.Id, missed.Id), missed.FoundBy, null);
            if (subject.Vetoes?.FirstOrDefault(veto => vetoes.Any(rule => Counts(rule, veto, on))) is { } found)
                return (new FactRef(enterprise.Id, found.Id), Vetoes.FoundBy(found), null);
            if (subject.Vetoes?.FirstOrDefault(veto => veto.Status == VetoStatus.Matched && vetoes.Any(rule => rule.Kind == veto.Kind)) is { } matched)
                return (null, null, new Rejection.VetoNotConfirmed(ground.Article, matched.Id));
        }

        string[] needed =
        [
            .. levels.Select(level => $"a determined incident of level {KebabCase<IncidentLevel>.Word(level.Level)}"),
            .. isMissed ? ["an energy rectification that was missed"] : Array.Empty<string>(),
            .. vetoes.Where(rule => rule.Kind != VetoKind.Incident).Select(rule => $"a confirmed veto {KebabCase<VetoKind>.Word(rule.Kind)}"),
        ];
        return (null, null, new Rejection.FactNotEstablished(ground.Article, ground.Name, string.Join(" or ", needed)));

        bool Is(string? name) => string.Equals(name, ground.Name, StringComparison.Ordinal);
    }

    /// <summary>The rule by which an incident opens a case under a policy; null: it does not.</summary>
    public static IncidentLevelRule? IncidentGround(Incident incident, Policy policy) =>
        incident is { Status: IncidentStatus.Determined, Determination: { Attributed: true } determination }
        && policy.Incidents is { } rules && rules.Kinds.Contains(incident.Kind)
            ? rules.Levels.FirstOrDefault(level => level.Level == determination.Level)
            : null;

    private static IEnumerable<string> Find(GrainState.Subject enterprise, VetoRule rule, DateOnly on)
    {
        foreach (var veto in enterprise.Vetoes ?? [])
        {
            if (Counts(rule, veto, on))
                yield return veto.Id;
        }

        foreach (var incident in enterprise.Incidents ?? [])
        {
            if (rule.Kind == VetoKind.Incident && incident is { Status: IncidentStatus.Determined, Determination.Attributed: true } && LooksBackTo(rule, incident.On, on))
                yield return incident.Id;
        }

        foreach (var entry in enterprise.EnergyInspections ?? [])
        {
            if (rule.Kind == VetoKind.EnergyRectificationMissed && entry.Status == EnergyStatus.Missed)
                yield return entry.Id;
        }
    }

    private static bool LooksBackTo(VetoRule rule, DateOnly happenedOn, DateOnly on) =>
        happenedOn <= on && (rule.Years is not { } years || on < happenedOn.AddYears(years.Value));
}
