using Supervision.Grains.Behaviour;

namespace Supervision.Grains.Views;

/// <summary>What is shown of the inspections, vetoes and incidents of an enterprise, as a function of its state.</summary>
internal static class EnterpriseViews
{
    public static EnergyInspectionView Of(GrainId enterprise, GrainState.Subject subject, EnergyInspection entry) => new(
        entry.Id, entry.Policy, entry.Status, entry.AddedOn, entry.Year, entry.Trigger, entry.Article, entry.Reason, entry.Cause, entry.Follows, entry.DueBy,
        entry.DueBy is null ? null : entry.Status == EnergyStatus.Rectifying ? DeadlineOwner.Holder : DeadlineOwner.Authority, entry.Overdue, entry.Method,
        entry.NotifiedOn, entry.PlannedOn, entry.WithoutNotice, entry.Outcome, entry.On, entry.Inspectors ?? [], entry.Findings ?? [], entry.HeardOn,
        entry.OrderedOn, entry.RectifyBy, entry.Extended, entry.ReportedOn, entry.RecheckedOn, entry.MissedOn, entry.EndReason, entry.Applied ?? [], entry.Draw,
        entry.OnSite is { } drawn ? new DrawnInspectionView(drawn.Draw, Visiting.Find(enterprise, subject, drawn.Visit)?.Id ?? drawn.Visit.Id, drawn.DrawnOn) : null)
    {
        Record = Of(entry.Record),
    };

    /// <summary>The record of an inspection, without who entered it.</summary>
    public static InspectionRecordView? Of(InspectionRecord? record) => record is null ? null : new InspectionRecordView(record.On, record.HolderSigned, record.Reason);

    public static VetoView Of(Veto veto) => new(
        veto.Id, veto.Kind, veto.Status, veto.On, veto.Source, veto.Reference, veto.RecordedOn, veto.EndedOn, veto.EndReason, veto.Applied ?? []);

    public static IncidentView Of(Incident incident) => new(
        incident.Id, incident.Kind, incident.Status, incident.On, incident.Report, incident.ReportedOn, incident.Determination?.Department,
        incident.Determination?.Document, incident.Determination?.On, incident.Determination?.ResponsibleUnit, incident.Determination?.Attributed,
        incident.Determination?.Level, incident.EndReason, incident.Applied ?? []);

    /// <summary>A successor or predecessor, without who recorded it.</summary>
    public static EnterpriseSuccessionView Of(EnterpriseSuccession succession) => new(succession.Enterprise, succession.Change, succession.On, succession.Document);
}
