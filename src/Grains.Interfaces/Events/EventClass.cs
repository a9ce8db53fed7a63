using System.Collections.Frozen;

namespace Supervision;

/// <summary>What may be made of an event by those who rely on the register.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(KebabCase<EventClass>))]
public enum EventClass
{
    /// <summary>It holds: it changed what may be relied on, such as a title, a certificate, a ban or an exemption.</summary>
    Decision,

    /// <summary>Nothing follows from it yet: a finding, an application, a case under review. It is never to be taken for a decision.</summary>
    Proposal,

    /// <summary>It was noted: what was done, served, filed or missed.</summary>
    Record,
}

/// <summary>Which class the events of a name are of; the table of docs/integrators.md.</summary>
public static class EventClasses
{
    private static readonly FrozenSet<string> Decisions = FrozenSet.ToFrozenSet(
    [
        "ban.ended", "ban.imposed", "ban.lifted", "case.decided", "certificate.cancelled", "certificate.expired", "certificate.issued", "certificate.lapsed",
        "certificate.renewed", "certificate.restored", "certificate.revoked", "certificate.suspended", "change.accepted", "change.refused", "decision.applied",
        "decision.served", "determination.corrected", "energy-rectification.ordered", "entity.relocated", "exemption.ended", "exemption.granted", "exemption.restored", "incident.determined",
        "rectification.ordered", "renewal.declined", "title.corrected", "title.derived", "title.fallen", "title.graded", "title.granted", "title.lapsed", "title.received", "title.reinstated",
        "title.removed", "title.succeeded", "title.transferred", "title.withdrawn", "veto.confirmed",
    ]);

    private static readonly FrozenSet<string> Proposals = FrozenSet.ToFrozenSet(
    [
        "case.opened", "case.served", "case.withdrawn", "change.filed", "change.noted", "change.verified", "energy-inspection.proposed", "fact.applied",
        "fact.withdrawn", "good-practice.filed", "incident.dismissed", "incident.reported", "renewal.applied", "result.recorded", "statement.received",
        "veto.recorded", "veto.rejected", "window.ended",
    ]);

    /// <summary>The class of the events of a name.</summary>
    public static EventClass Of(string type) =>
        Decisions.Contains(type) ? EventClass.Decision : Proposals.Contains(type) ? EventClass.Proposal : EventClass.Record;

    /// <summary>The names of decisions and proposals; every other one is a record.</summary>
    public static IEnumerable<string> Named => Decisions.Concat(Proposals);
}
