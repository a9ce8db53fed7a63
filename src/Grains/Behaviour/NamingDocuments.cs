namespace Supervision.Grains.Behaviour;

/// <summary>What documents the events of a grain name, and what each is about.</summary>
internal static class NamingDocuments
{
    /// <summary>The subject with the documents that an event names.</summary>
    public static GrainState.Subject Naming(this GrainState.Subject subject, GrainEvent @event, long version) => @event.Documents is not { } documents
        ? subject
        : subject with
        {
            Documents = [.. subject.Documents ?? [], .. documents.Select(document => new NamedDocument(document, @event.Type, version, PartOf(@event)))],
        };

    /// <summary>The check, case, rectification, visit or inspection that an event is about; null: the entity or a title.</summary>
    private static string? PartOf(GrainEvent @event) => @event switch
    {
        GrainEvent.CheckOrdered e => e.Check,
        GrainEvent.CheckNotified e => e.Check,
        GrainEvent.ResultRecorded e => e.Check,
        GrainEvent.CheckConcluded e => e.Check,
        GrainEvent.CheckCancelled e => e.Check,
        GrainEvent.ResultCorrected e => e.Check,
        GrainEvent.RecusalAsked e => e.Check,
        GrainEvent.RecusalDecided e => e.Check,
        GrainEvent.RecordSigned e => e.Check,
        GrainEvent.VisitRecusalAsked e => e.Visit,
        GrainEvent.EnergyRecordSigned e => e.Inspection,
        GrainEvent.ResultServed e => e.Check,
        GrainEvent.ObjectionRaised e => e.Check,
        GrainEvent.ObjectionDecided e => e.Check,
        GrainEvent.CaseOpened e => e.Case,
        GrainEvent.CaseServed e => e.Case,
        GrainEvent.StatementReceived e => e.Case,
        GrainEvent.CaseDecided e => e.Case,
        GrainEvent.DecisionServed e => e.Case,
        GrainEvent.ResultPublished e => e.Check ?? e.Case,
        GrainEvent.PublicationWithdrawn e => e.Check ?? e.Case,
        GrainEvent.TitleReinstated e => e.Case,
        GrainEvent.RectificationCompleted e => e.Rectification,
        _ => null,
    };
}
