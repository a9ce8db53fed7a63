namespace Supervision.Grains.Behaviour;

/// <summary>What the events of changes do to the state.</summary>
internal static class ChangeEvolution
{
    /// <summary>The state after the event; null: it is another kind of event.</summary>
    public static GrainState.Subject? Evolve(GrainState.Subject subject, GrainEvent @event, long version, string actor) => @event switch
    {
        GrainEvent.ChangeNoted e => subject.With(new Change
        {
            Id = e.Change, Kind = e.Kind, Status = ChangeStatus.Noted, CompletedOn = e.CompletedOn, Concerns = e.Concerns, DueBy = e.DueBy, Source = e.Source,
        }),
        GrainEvent.ChangeOverdue e => subject.WithChange(e.Change, change => change with { Late = true }),
        GrainEvent.ChangeFiled e => File(subject, e, actor),
        GrainEvent.ChangeVerified e => subject.WithChange(e.Change, change => change with
        {
            Status = ChangeStatus.Verified,
            VerifiedOn = e.EffectiveOn,
            VerifiedBy = actor,
            Confirmed = e.Confirmed,
            Note = e.Note,
            ReEvaluations = e.ReEvaluations,
        }),
        GrainEvent.ChangeAccepted e => subject.WithChange(e.Change, change => Decide(change, ChangeStatus.Accepted, e, e.Reason, e.Number) with { Pending = e.Pending }),
        GrainEvent.ChangeRefused e => subject.WithChange(e.Change, change => Decide(change, ChangeStatus.Refused, e, e.Reason, e.Number)),
        GrainEvent.EntityRelocated e => subject with
        {
            Region = e.Region,
            Titles = e.Titles is null
                ? subject.Titles
                : [.. subject.Titles.Select(title => e.Titles.FirstOrDefault(moved => moved.Title == title.Ref) is { } moved ? title with { Authority = moved.Authority } : title)],
        },
        GrainEvent.TitleSucceeded e => Succeed(
            subject, e, new DecidedSuccession(e.Title, SuccessionOutcome.Continues, e.Successor, e.EffectiveOn, e.Reason, e.Number, actor)),
        GrainEvent.TitleLapsed e => DutyEvolution.WithoutIdle(subject
            .WithChange(e.Change, change => Decide(change, new DecidedSuccession(e.Title, SuccessionOutcome.Ends, Successor: null, e.EffectiveOn, e.Reason, e.Number, actor)))
            .WithTitle(e.Title, title => title with { Status = TitleStatus.Lapsed, Since = e.EffectiveOn, ReEvaluation = null })),
        GrainEvent.TitleReceived e => subject with
        {
            Titles = [.. subject.Titles.Where(title => title.Ref != e.Title.Ref), e.Title with { GrantVersion = version }],
        },
        // A merger or split stands in the change; this makes it visible on the enterprises.
        GrainEvent.SuccessorNamed => subject,
        _ => null,
    };

    private static GrainState.Subject With(this GrainState.Subject subject, Change added) => subject with { Changes = [.. subject.Changes ?? [], added] };

    private static GrainState.Subject File(GrainState.Subject subject, GrainEvent.ChangeFiled e, string actor)
    {
        var noted = subject.Changes?.FirstOrDefault(change => string.Equals(change.Id, e.Change, StringComparison.Ordinal));
        var filed = new Change
        {
            Id = e.Change, Kind = e.Kind, Status = ChangeStatus.Filed, CompletedOn = e.CompletedOn, Concerns = e.Concerns, DueBy = e.DueBy, Late = e.Late, Source = noted?.Source,
            Description = e.Description, Name = e.Name, Region = e.Region, Successors = e.Successors, FiledOn = e.EffectiveOn, FiledBy = actor, VerifiedAt = e.VerifiedAt,
            DecidedAt = e.DecidedAt,
        };
        return noted is null ? subject.With(filed) : subject.WithChange(e.Change, _ => filed);
    }

    private static Change Decide(Change change, ChangeStatus status, GrainEvent decision, string reason, string? number) => change with
    {
        Status = status,
        DecidedOn = decision.EffectiveOn,
        Reason = reason,
        Number = number,
    };

    private static Change Decide(Change change, DecidedSuccession decided)
    {
        TitleRef[] pending = [.. (change.Pending ?? []).Where(title => title != decided.Title)];
        return change with { Pending = pending.Length == 0 ? null : pending, Decided = [.. change.Decided ?? [], decided] };
    }

    /// <summary>The entity belongs to the successor; a title of the enterprise itself goes to the successor's grain.</summary>
    private static GrainState.Subject Succeed(GrainState.Subject subject, GrainEvent.TitleSucceeded e, DecidedSuccession decided)
    {
        var after = subject.WithChange(e.Change, change => Decide(change, decided));
        if (e.From == e.Successor)
            return after;
        if (subject.Enterprise is not { } before)
        {
            return DutyEvolution.WithoutIdle(after.WithTitle(e.Title, title => title with
            {
                Status = TitleStatus.Lapsed,
                Since = e.EffectiveOn,
                Exemption = null,
                ReEvaluation = null,
            }));
        }

        return after with { Relations = [.. subject.Relations.Select(relation => Follow(relation, before, e)).Distinct()] };
    }

    /// <summary>Who made a product as its enterprise makes it as its successor; other relations stay.</summary>
    private static Relation Follow(Relation relation, GrainId before, GrainEvent.TitleSucceeded e) =>
        relation.To == before && relation.Type is Relation.EnterpriseType or Relation.ProducerType ? relation with { To = e.Successor } : relation;
}
