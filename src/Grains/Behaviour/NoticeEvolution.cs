namespace Supervision.Grains.Behaviour;

/// <summary>What the events of service and publication do to the state.</summary>
internal static class NoticeEvolution
{
    /// <summary>The subject after the event; null where it is not one of these.</summary>
    public static GrainState.Subject? Evolve(GrainState.Subject subject, GrainEvent @event, long version) => @event switch
    {
        GrainEvent.DecisionServed e => Serve(subject, e),
        GrainEvent.ServiceOverdue e => subject.WithCase(e.Case, decided => decided with { ServiceOverdue = true }),
        GrainEvent.ResultPublished e => subject.WithPublication(e.Check, e.Case, publication => publication! with
        {
            On = e.EffectiveOn,
            Place = e.Place,
            Version = version,
            Overdue = false,
        }),
        GrainEvent.PublicationWithdrawn e => subject.WithPublication(e.Check, e.Case, publication => e.PublishBy is { } dueBy
            ? new Publication { DueBy = dueBy }
            : publication! with { WithdrawnOn = e.EffectiveOn, Overdue = false }),
        GrainEvent.PublicationOverdue e => subject.WithPublication(e.Check, e.Case, publication => publication! with { Overdue = true }),
        _ => null,
    };

    /// <summary>What an event says of the service of a document; null for events of before documents were recorded.</summary>
    public static Notice? NoticeOf(GrainEvent @event, ServedDocument? document, string? method) =>
        document is null ? null : new Notice(document, @event.EffectiveOn, method, @event.Documents);

    /// <summary>What has to be published from then on; null where nothing has.</summary>
    public static Publication? Due(DateOnly? publishBy) => publishBy is { } dueBy ? new Publication { DueBy = dueBy } : null;

    /// <summary>What becomes of a publication when what it says does not hold any more: it has to be withdrawn.</summary>
    public static Publication? Revoke(Publication? publication, DateOnly? withdrawBy) =>
        withdrawBy is null ? publication : publication! with { WithdrawBy = withdrawBy, Overdue = false };

    /// <summary>A decision that was quashed: what was not served or published of it never will be.</summary>
    public static Case Quash(Case decided, DateOnly? withdrawBy) => decided with
    {
        ServeBy = decided.DecisionNotice is null ? null : decided.ServeBy,
        ServiceOverdue = decided.DecisionNotice is not null && decided.ServiceOverdue,
        Publication = decided.Publication is { On: null, WithdrawnOn: null } ? null : Revoke(decided.Publication, withdrawBy),
    };

    /// <summary>Of what is restricted nothing more is published.</summary>
    public static GrainState.Subject Unpublished(this GrainState.Subject subject) => subject with
    {
        Checks = subject.Checks.Any(check => IsDue(check.Publication))
            ? [.. subject.Checks.Select(check => IsDue(check.Publication) ? check with { Publication = null } : check)]
            : subject.Checks,
        Cases = subject.Cases.Any(decided => IsDue(decided.Publication))
            ? [.. subject.Cases.Select(decided => IsDue(decided.Publication) ? decided with { Publication = null } : decided)]
            : subject.Cases,
    };

    private static bool IsDue(Publication? publication) => publication is { On: null, WithdrawnOn: null };

    private static GrainState.Subject Serve(GrainState.Subject subject, GrainEvent.DecisionServed e)
    {
        var served = subject.WithCase(e.Case, decided => decided with { DecisionNotice = NoticeOf(e, e.Notice, e.Method) });
        return e.Rectification is { } rectification ? served.WithRectification(rectification, ordered => ordered with { DueBy = e.DueBy }) : served;
    }

    private static GrainState.Subject WithPublication(this GrainState.Subject subject, string? check, string? @case, Func<Publication?, Publication?> change) =>
        check is not null
            ? subject.WithCheck(check, found => found with { Publication = change(found.Publication) })
            : subject.WithCase(@case!, found => found with { Publication = change(found.Publication) });
}
