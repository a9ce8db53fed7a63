using System.Diagnostics;
using Supervision.Grains.Downtimes;
using Supervision.Grains.Inspectors;

namespace Supervision.Grains.Behaviour;

/// <summary>What each event does to the state. Total, and without rules: every fact is in the event.</summary>
internal static class Evolution
{
    public static GrainState Evolve(GrainState? state, GrainEvent @event, long version, string actor) => (state, @event) switch
    {
        (null or GrainState.AdoptedRules, GrainEvent.RulesAdopted e) => new GrainState.AdoptedRules { Version = e.Version, Hash = e.Hash },
        (null, GrainEvent.EntityRegistered e) => new GrainState.Subject
        {
            Name = e.Name, Region = e.Region, Industry = e.Industry, RiskClass = e.RiskClass, Relations = e.Relations,
        }.Naming(e, version),
        (null, GrainEvent.DrawAnnounced e) => DrawEvolution.Announce(e, actor),
        (GrainState.Draw draw, _) when DrawEvolution.Evolve(draw, @event, actor) is { } evolved => evolved,
        (GrainState.Subject subject, _) => Evolve(subject, @event, version, actor).Naming(@event, version),
        _ when DowntimeCommands.Evolve(state, @event, actor) is { } downtime => downtime,
        _ when InspectorEvolution.Evolve(state, @event, actor) is { } inspector => inspector,
        _ => throw new UnreachableException($"'{@event.Type}' cannot happen to {state?.GetType().Name ?? "a grain without events"}."),
    };

    /// <summary>Takes one more counted check in, behind those of the same or an earlier date.</summary>
    public static List<CountedCheck> Count(IReadOnlyList<CountedCheck> counted, CountedCheck added)
    {
        var result = counted.ToList();
        var index = result.FindLastIndex(entry => entry.On <= added.On) + 1;
        result.Insert(index, added);
        return result;
    }

    private static GrainState.Subject Evolve(GrainState.Subject subject, GrainEvent @event, long version, string actor) => @event switch
    {
        GrainEvent.EntityCorrected e => subject with
        {
            Name = e.Name,
            Region = e.Region,
            Industry = e.Industry,
            RiskClass = e.RiskClass,
            Relations = e.Relations,
        },
        GrainEvent.EntityRenamed { Listed: true } e => subject with
        {
            Name = e.Name,
            NamedSince = e.EffectiveOn,
            Names =
            [
                // A reported name becomes the listed one; the one before it is kept.
                .. (subject.Names ?? []).Where(other => other.Status != NameStatus.Reported || !string.Equals(other.Name, e.Name, StringComparison.Ordinal)),
                new OtherName(subject.Name, NameStatus.Former, subject.NamedSince, e.EffectiveOn, Source: null, actor),
            ],
        },
        GrainEvent.EntityRenamed e => subject.WithName(new OtherName(e.Name, NameStatus.Reported, e.EffectiveOn, Until: null, Source: null, actor)),
        GrainEvent.AliasRecorded e => subject.WithName(new OtherName(e.Name, NameStatus.Alias, e.From, e.Until, e.Source, actor)),
        GrainEvent.EntityMerged e => subject with
        {
            MergedInto = e.Into,
            Names = null,
            Absorbed = null,
            Titles = [],
            Checks = [],
            Cases = [],
            Rectifications = [],
            Declarations = null,
            Expected = null,
            ReEvaluations = null,
            GoodPractices = null,
            Changes = null,
            Affected = null,
            Bans = [],
            Successors = null,
            Predecessors = null,
            Documents = null,
            EnergyInspections = null,
            Vetoes = null,
            Incidents = null,
            Visits = null,
            Adjustments = null,
            ProposedSuccessors = null,
        },
        GrainEvent.EntityAbsorbed e => Absorb(subject, e, version),
        // What a merge brings under a restriction does not change since when and why there is one.
        GrainEvent.EntityRestricted e => subject.Unpublished() with { Restriction = subject.Restriction ?? new Restriction(e.EffectiveOn, e.Reason, actor) },
        GrainEvent.EntityReleased => subject with { Restriction = null },
        GrainEvent.TitleTransferred e => DutyEvolution.WithoutIdle(Transfer(subject, e)),
        GrainEvent.TitleGranted e => subject with
        {
            Titles =
            [
                // A title granted again after a removal takes the place of the one lost.
                .. subject.Titles.Where(title => title.Ref != e.Title),
                new Title
                {
                    Ref = e.Title, Authority = e.Authority, Certificate = e.Certificate, GrantedOn = e.GrantedOn, Evaluator = e.Evaluator,
                    Batch = e.Batch, SupervisedFrom = e.SupervisedFrom, GrantedBy = actor, GrantVersion = version, Since = e.EffectiveOn,
                },
            ],
        },
        GrainEvent.TitleCorrected e => subject.WithTitle(e.Title, title => title with
        {
            GrantedOn = e.GrantedOn,
            Certificate = e.Certificate,
            Evaluator = e.Evaluator,
            Batch = e.Batch ?? title.Batch,
            Since = title.Status == TitleStatus.Listed && title.Since == title.GrantedOn ? e.GrantedOn : title.Since,
            Removal = title.Removal is { StatusBefore: TitleStatus.Listed } removal && removal.SinceBefore == title.GrantedOn
                ? removal with { SinceBefore = e.GrantedOn }
                : title.Removal,
        }),
        GrainEvent.TitleRemoved e => DutyEvolution.WithoutIdle(subject.WithTitle(e.Title, title => title with
        {
            Status = TitleStatus.Removed,
            Since = e.EffectiveOn,
            Removal = new Removal(e.EffectiveOn, e.Ground, e.Article, e.Case, e.Number, e.BanUntil, e.Ban, e.Banned, title.Status, title.Since, title.Exemption),
        })),
        GrainEvent.TitleReinstated e => subject.WithCase(e.Case, decided => NoticeEvolution.Quash(decided, e.WithdrawBy)).WithTitle(e.Title, title => title with
        {
            Status = e.Status,
            Since = title.Removal!.SinceBefore,
            Removal = null,
            Exemption = e.Exemption,
        }),
        GrainEvent.CheckOrdered e => subject with
        {
            Checks =
            [
                .. subject.Checks,
                new Check
                {
                    Id = e.Check, Title = e.Title, Basis = e.Basis, Reason = e.Reason, Draw = e.Draw, Status = e.Status, OrderedOn = e.EffectiveOn,
                    DueBy = e.DueBy, Inspectors = e.Inspectors, Items = e.Items, OrderedBy = actor, Declaration = e.Declaration, Visit = e.Visit, ApprovedBy = e.ApprovedBy,
                    Emergency = e.Emergency, Remote = e.Remote, OnSite = e.OnSite,
                },
            ],
        },
        GrainEvent.CheckApproved e => subject.WithCheck(e.Check, check => InspectionEvolution.Approve(check, e.EffectiveOn, actor)),
        GrainEvent.CheckNotified e => subject.WithCheck(e.Check, check => check with
        {
            Status = CheckStatus.Notified,
            NotifiedOn = e.EffectiveOn,
            Notice = NoticeEvolution.NoticeOf(e, e.Notice, e.Method),
            Told = e.Told,
        }),
        GrainEvent.CheckCancelled e => subject.WithCheck(e.Check, check => check with { Status = CheckStatus.Cancelled }),
        GrainEvent.CheckOverdue e => subject.WithCheck(e.Check, check => check with { Overdue = true }),
        GrainEvent.ResultRecorded e => subject.WithCheck(e.Check, check => check with
        {
            Status = CheckStatus.Recorded,
            Result = new CheckResult(e.Outcome, e.EffectiveOn, e.Inspectors, e.Findings, actor, version, null, null, Verified: e.Verified),
        }),
        GrainEvent.CheckConcluded e => Conclude(subject, e, version, actor),
        GrainEvent.ResultCorrected e => Correct(subject, e, actor),
        GrainEvent.ExemptionGranted e => subject.WithTitle(e.Title, title => title with
        {
            Exemption = new Exemption(e.EffectiveOn, e.Until, title.Counted),
            Ended = null,
            Counted = [],
        }),
        GrainEvent.ExemptionRestored e => subject.WithTitle(e.Title, title => title with
        {
            Exemption = e.Exemption,
            Ended = null,
            Counted = e.Counted,
            UsedUpTo = title.Ended?.UsedUpTo,
        }),
        // What earned an exemption is used up when it ends, unless a correction says that it was never earned.
        GrainEvent.ExemptionEnded e => subject.WithTitle(e.Title, title => title with
        {
            Exemption = null,
            Ended = string.Equals(e.Reason, Exemptions.ByCheck, StringComparison.Ordinal)
                ? new EndedExemption(title.Exemption!, e.EffectiveOn, title.UsedUpTo)
                : null,
            Counted = string.Equals(e.Reason, Exemptions.NeverEarned, StringComparison.Ordinal)
                ? [.. title.Exemption!.EarnedBy.Concat(title.Counted).OrderBy(entry => entry.On)]
                : title.Counted,
            UsedUpTo = string.Equals(e.Reason, Exemptions.NeverEarned, StringComparison.Ordinal) ? title.UsedUpTo : title.Exemption!.EarnedBy[^1].On,
        }),
        GrainEvent.CaseOpened e => subject with
        {
            Cases =
            [
                .. subject.Cases,
                new Case
                {
                    Id = e.Case, Title = e.Title, Ground = e.Ground, Article = e.Article, Evidence = e.Evidence, Urgent = e.Urgent,
                    Check = e.Check, Rectification = e.Rectification, Declaration = e.Declaration, ReEvaluation = e.ReEvaluation,
                    Fact = e.Fact, FoundBy = e.FoundBy, Joint = e.Joint, OpenedOn = e.EffectiveOn, OpenedBy = actor,
                },
            ],
        },
        GrainEvent.CaseServed e => subject.WithCase(e.Case, found => found with
        {
            Status = CaseStatus.Served,
            ServedOn = e.EffectiveOn,
            WindowEnds = e.WindowEnds,
            Notice = NoticeEvolution.NoticeOf(e, e.Notice, e.Method),
        }),
        GrainEvent.StatementReceived e => subject.WithCase(e.Case, found => found with { Status = CaseStatus.Statement }),
        GrainEvent.WindowEnded e => subject.WithCase(e.Case, found => found with { WindowEnded = true }),
        GrainEvent.CaseDecided e => subject.WithCase(e.Case, found => found with
        {
            Status = CaseStatus.Decided,
            Decision = new CaseDecision(e.Outcome, e.EffectiveOn, e.Reason, e.Number, actor),
            ServeBy = e.ServeBy,
            Publication = NoticeEvolution.Due(e.PublishBy),
        }),
        GrainEvent.CaseWithdrawn e => subject.WithCase(e.Case, found => found with { Status = CaseStatus.Withdrawn, WithdrawnFor = e.Reason }),
        GrainEvent.RectificationOrdered e => subject
            .WithTitle(e.Title, title => title.InForce ? title with { Status = TitleStatus.Rectifying, Since = e.EffectiveOn } : title) with
        {
            Rectifications = [.. subject.Rectifications, new Rectification(e.Rectification, e.Title, e.Case, e.DueBy, RectificationStatus.Ordered)],
        },
        GrainEvent.RectificationCompleted e => Complete(subject, e),
        GrainEvent.RectificationOverdue e => subject.WithRectification(e.Rectification, found => found with { Status = RectificationStatus.Overdue }),
        GrainEvent.RectificationCancelled e => subject.WithRectification(e.Rectification, found => found with { Status = RectificationStatus.Cancelled }),
        GrainEvent.BanImposed e => subject with
        {
            Bans = [.. subject.Bans, new Ban(e.Ban, e.Policy, e.Article, e.Cause, e.Case, e.EffectiveOn, e.Until, BanStatus.InForce, e.Of, e.OpenedOn)],
        },
        GrainEvent.BanLifted e => subject.WithBan(e.Ban, ban => ban with { Status = BanStatus.Lifted }),
        GrainEvent.BanEnded e => subject.WithBan(e.Ban, ban => ban with { Status = BanStatus.Ended }),
        GrainEvent.DeadlinesMoved e => DeadlineMoving.Evolve(subject, e),
        _ => EnergyEvolution.Evolve(subject, @event, actor) ?? FactEvolution.Evolve(subject, @event, actor) ?? DutyEvolution.Evolve(subject, @event, actor)
            ?? NoticeEvolution.Evolve(subject, @event, version) ?? ChangeEvolution.Evolve(subject, @event, version, actor)
            ?? CertificateEvolution.Evolve(subject, @event) ?? EndingEvolution.Evolve(subject, @event, actor) ?? VisitEvolution.Evolve(subject, @event, actor)
            ?? InspectionEvolution.Evolve(subject, @event, actor) ?? ProposalEvolution.Evolve(subject, @event, version, actor)
            ?? throw new UnreachableException($"'{@event.Type}' cannot happen to a registered entity."),
    };

    private static GrainState.Subject Absorb(GrainState.Subject subject, GrainEvent.EntityAbsorbed e, long version)
    {
        GrainId[] absorbed = [.. (subject.Absorbed ?? []).Append(e.From).Concat(e.Absorbed ?? []).Distinct()];
        return subject with
        {
            Absorbed = absorbed.Length == (subject.Absorbed?.Count ?? 0) ? subject.Absorbed : absorbed,
            Names = e.Names is null ? subject.Names : [.. subject.Names ?? [], .. e.Names],
            Successors = e.Successors is null ? subject.Successors : [.. subject.Successors ?? [], .. e.Successors],
            Predecessors = e.Predecessors is null ? subject.Predecessors : [.. subject.Predecessors ?? [], .. e.Predecessors],
            Relations = e.Relations is null ? subject.Relations : [.. subject.Relations, .. e.Relations],
            Bans = e.Bans is null ? subject.Bans : [.. subject.Bans, .. e.Bans],
            // What a correction names is the event by which this grain has come to know the grant, the result or the publication.
            Titles = e.Title is null ? subject.Titles : [.. subject.Titles, e.Title with { GrantVersion = version }],
            Checks = e.Check is null
                ? subject.Checks
                : [.. subject.Checks.Append(e.Check.Result is { } result ? e.Check with { Result = result with { Version = version }, Publication = Known(e.Check.Publication) } : e.Check).OrderBy(check => check.OrderedOn)],
            Cases = e.Case is null ? subject.Cases : [.. subject.Cases, e.Case with { Publication = Known(e.Case.Publication) }],
            Rectifications = e.Rectification is null ? subject.Rectifications : [.. subject.Rectifications, e.Rectification],
            Documents = e.Named is null ? subject.Documents : [.. subject.Documents ?? [], .. e.Named.Select(named => named with { Version = version })],
            EnergyInspections = e.EnergyInspection is null ? subject.EnergyInspections : [.. subject.EnergyInspections ?? [], e.EnergyInspection],
            Vetoes = e.Veto is null ? subject.Vetoes : [.. subject.Vetoes ?? [], e.Veto],
            Incidents = e.Incident is null ? subject.Incidents : [.. subject.Incidents ?? [], e.Incident],
            Declarations = e.Declaration is null ? subject.Declarations : [.. subject.Declarations ?? [], e.Declaration],
            ReEvaluations = e.ReEvaluation is null ? subject.ReEvaluations : [.. subject.ReEvaluations ?? [], e.ReEvaluation],
            GoodPractices = e.GoodPractice is null ? subject.GoodPractices : [.. subject.GoodPractices ?? [], e.GoodPractice],
            Changes = e.Change is null ? subject.Changes : [.. subject.Changes ?? [], e.Change],
            Visits = e.Visit is null ? subject.Visits : [.. subject.Visits ?? [], e.Visit],
            Adjustments = e.Adjustment is null ? subject.Adjustments : [.. subject.Adjustments ?? [], e.Adjustment],
            ProposedSuccessors = e.ProposedSuccessor is null ? subject.ProposedSuccessors : [.. subject.ProposedSuccessors ?? [], e.ProposedSuccessor],
        };

        Publication? Known(Publication? publication) => publication?.Version is null ? publication : publication with { Version = version };
    }

    /// <summary>The title and everything that belongs to it are under the other policy; nothing else about them changes.</summary>
    private static GrainState.Subject Transfer(GrainState.Subject subject, GrainEvent.TitleTransferred e)
    {
        return subject with
        {
            Titles = [.. subject.Titles.Select(title =>
                title.Ref == e.Title ? title with { Ref = e.To, Formerly = [.. title.Formerly ?? [], new FormerTitle(e.Title, e.EffectiveOn)] }
                : title.DerivedFrom is { } source && source.Title == e.Title ? title with { DerivedFrom = source with { Title = e.To } }
                : title)],
            Adjustments = subject.Adjustments is { } adjustments
                ? [.. adjustments.Select(proposed => proposed with { Title = Moved(proposed.Title), Lost = Moved(proposed.Lost) })]
                : null,
            Checks = Move(subject.Checks, check => check.Title, check => check with { Title = e.To }),
            Cases = Move(subject.Cases, found => found.Title, found => found with { Title = e.To }),
            Rectifications = Move(subject.Rectifications, found => found.Title, found => found with { Title = e.To }),
            ReEvaluations = subject.ReEvaluations is { } evaluated ? Move(evaluated, found => found.Title, found => found with { Title = e.To }) : null,
            GoodPractices = subject.GoodPractices is { } practices ? Move(practices, found => found.Title, found => found with { Title = e.To }) : null,
            Changes = subject.Changes is { } changes ? [.. changes.Select(change => change with { Pending = change.Pending is { } pending ? [.. pending.Select(title => title == e.Title ? e.To : title)] : null })] : null,
        };

        TitleRef Moved(TitleRef title) => title == e.Title ? e.To : title;

        IReadOnlyList<T> Move<T>(IReadOnlyList<T> items, Func<T, TitleRef> titleOf, Func<T, T> moved) =>
            items.Count == 0 ? items : [.. items.Select(item => titleOf(item) == e.Title ? moved(item) : item)];
    }

    private static GrainState.Subject Conclude(GrainState.Subject subject, GrainEvent.CheckConcluded e, long version, string actor)
    {
        var reference = subject.Checks.First(check => string.Equals(check.Id, e.Check, StringComparison.Ordinal)).Title;
        var concluded = subject.WithCheck(e.Check, check => check with
        {
            Status = CheckStatus.Confirmed,
            Result = new CheckResult(e.Outcome, e.EffectiveOn, e.Inspectors, e.Findings, check.Result?.RecordedBy ?? actor, version, e.ConfirmedOn, actor, check.Result?.CorrectedBy,
                e.Verified),
            Publication = NoticeEvolution.Due(e.PublishBy),
        });
        return e.Counts is { } clean
            ? concluded.WithTitle(reference, title => title with { Counted = Count(title.Counted, new CountedCheck(e.Check, e.EffectiveOn, clean)) })
            : concluded;
    }

    private static GrainState.Subject Correct(GrainState.Subject subject, GrainEvent.ResultCorrected e, string actor)
    {
        var reference = subject.Checks.First(check => string.Equals(check.Id, e.Check, StringComparison.Ordinal)).Title;
        return subject
            .WithCheck(e.Check, check => check with
            {
                Result = check.Result! with { Outcome = e.Outcome, On = e.On, CorrectedBy = actor },
                Publication = NoticeEvolution.Revoke(check.Publication, e.WithdrawBy),
            })
            .WithTitle(reference, title => title.Exemption is { } exemption && exemption.EarnedBy.Any(entry => string.Equals(entry.Check, e.Check, StringComparison.Ordinal))
                ? title with { Exemption = exemption with { EarnedBy = e.Counted } }
                : title with { Counted = e.Counted });
    }

    private static GrainState.Subject Complete(GrainState.Subject subject, GrainEvent.RectificationCompleted e)
    {
        var completed = subject.WithRectification(e.Rectification, found => found with { Status = RectificationStatus.Completed, CompletedOn = e.EffectiveOn });
        var reference = completed.Rectifications.First(found => string.Equals(found.Id, e.Rectification, StringComparison.Ordinal)).Title;
        var others = completed.Rectifications.Any(found => found.Title == reference && found.Status == RectificationStatus.Ordered);
        return others ? completed : completed.WithTitle(reference, title => title.Removal is { } removal
            // A title lost meanwhile stays lost; what a reinstatement would give back is rectified.
            ? title with { Removal = removal with { StatusBefore = TitleStatus.Listed, SinceBefore = e.EffectiveOn } }
            // One that was suspended or given up meanwhile stays so.
            : title.InForce ? title with { Status = TitleStatus.Listed, Since = e.EffectiveOn } : title);
    }
}
