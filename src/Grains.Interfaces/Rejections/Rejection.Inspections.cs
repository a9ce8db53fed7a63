namespace Supervision;

public abstract partial record Rejection
{
    /// <summary>The policy knows no check that goes before its approval.</summary>
    public sealed record EmergencyNotProvided(string Policy)
        : Rejection(
            RejectionClass.Conflict, "emergency-not-provided", "国办发〔2024〕54号",
            $"Under {Policy} only a directed check that needs approval may go before it, and only where the policy says so.", "emergency");

    /// <summary>A step of the inspection is missing that the policy asks for before the result.</summary>
    public sealed record InspectionStepMissing(string Source, string Check, InspectionStep Step)
        : Rejection(RejectionClass.Conflict, "inspection-step-missing", Source, $"{Check} has no {KebabCase<InspectionStep>.Word(Step)} yet, without which no result is entered.");

    /// <summary>The inspector is none of those named for the check.</summary>
    public sealed record InspectorNotNamed(string Check, string Inspector)
        : Rejection(RejectionClass.Conflict, "inspector-not-named", Recusal.Article, $"'{Inspector}' is not one of the inspectors of {Check}.", "inspector");

    /// <summary>The inspector was recused from the check.</summary>
    public sealed record InspectorRecused(string Check, string Inspector)
        : Rejection(RejectionClass.Conflict, "inspector-recused", Recusal.Article, $"'{Inspector}' was recused from {Check}.", "inspectors");

    /// <summary>A recusal of that inspector is asked for already.</summary>
    public sealed record RecusalAlreadyAsked(string Check, string Inspector)
        : Rejection(RejectionClass.Conflict, "recusal-already-asked", Recusal.Article, $"The recusal of '{Inspector}' from {Check} was asked for already.", "inspector");

    /// <summary>No recusal of that inspector waits for a decision.</summary>
    public sealed record RecusalNotAsked(string Check, string Inspector)
        : Rejection(RejectionClass.Conflict, "recusal-not-asked", Recusal.Article, $"No recusal of '{Inspector}' from {Check} waits for a decision.", "inspector");

    /// <summary>Who is recused needs somebody who comes instead; who is not, nobody.</summary>
    public sealed record ReplacementNeeded(bool Needed)
        : Rejection(
            RejectionClass.Invalid, "replacement-needed", Recusal.Article,
            Needed ? "Whoever is recused needs a replacement." : "Only who is recused and would still come is replaced.", "replacement");

    /// <summary>No visit is kept of the check: it is made from afar, or under rules without visits.</summary>
    public sealed record NoVisit(string Check)
        : Rejection(RejectionClass.Conflict, "no-visit", Contract, $"No visit is kept of {Check}.");

    /// <summary>The inspectors are inside already.</summary>
    public sealed record AlreadyEntered(string Visit)
        : Rejection(RejectionClass.Conflict, "already-entered", "国办发〔2024〕54号", $"The entry of {Visit} was scanned already.");

    /// <summary>The inspectors are not inside.</summary>
    public sealed record NotEntered(string Visit)
        : Rejection(RejectionClass.Conflict, "not-entered", "国办发〔2024〕54号", $"No entry of {Visit} is open.");

    /// <summary>An instant that cannot be.</summary>
    public sealed record InstantOutOfOrder(DateTimeOffset At, DateTimeOffset Earliest, DateTimeOffset Latest)
        : Rejection(RejectionClass.Invalid, "instant-out-of-order", Contract, $"{At:yyyy-MM-ddTHH:mm:ssZ} is not from {Earliest:yyyy-MM-ddTHH:mm:ssZ} to {Latest:yyyy-MM-ddTHH:mm:ssZ}.", "at");

    /// <summary>Whether the record was signed is entered already.</summary>
    public sealed record RecordAlreadySigned(string Check, DateOnly On)
        : Rejection(RejectionClass.Conflict, "record-already-signed", "国办发〔2024〕54号", $"The record of {Check} was made on {On:yyyy-MM-dd}.");

    /// <summary>The result does not stand yet.</summary>
    public sealed record ResultNotConfirmed(string Check)
        : Rejection(RejectionClass.Conflict, "result-not-confirmed", Contract, $"{Check} has no confirmed result.");

    /// <summary>The result was served already.</summary>
    public sealed record ResultAlreadyServed(string Check, DateOnly On)
        : Rejection(RejectionClass.Conflict, "result-already-served", "行政处罚法 第六十一条", $"The result of {Check} was served on {On:yyyy-MM-dd}.");

    /// <summary>The policy has no objections.</summary>
    public sealed record ObjectionNotProvided(string Policy)
        : Rejection(RejectionClass.Conflict, "objection-not-provided", Contract, $"{Policy} has no objections to results.");

    /// <summary>The time for an objection is over.</summary>
    public sealed record ObjectionTooLate(string Source, DateOnly Until)
        : Rejection(RejectionClass.Conflict, "objection-too-late", Source, $"The result could be objected to until {Until:yyyy-MM-dd}.");

    /// <summary>The holder has objected already.</summary>
    public sealed record ObjectionAlreadyRaised(string Check)
        : Rejection(RejectionClass.Conflict, "objection-already-raised", Contract, $"The result of {Check} was objected to already.");

    /// <summary>No objection waits for a decision.</summary>
    public sealed record ObjectionNotRaised(string Check)
        : Rejection(RejectionClass.Conflict, "objection-not-raised", Contract, $"No objection to the result of {Check} waits for a decision.");

    /// <summary>The item stands in no published list, or in one of an authority that publishes for other places.</summary>
    public sealed record ItemNotPublished(string Source, string Item, string? PublishedBy)
        : Rejection(
            RejectionClass.Conflict, "item-not-published", Source,
            PublishedBy is null
                ? $"'{Item}' is not a published item, so it may not be inspected; a firm may refuse it."
                : $"'{Item}' is published by {PublishedBy}, where neither the authority that orders the check nor the one that issued the title lies, so it may not be inspected here; a firm may refuse it.",
            "items");

    /// <summary>What can be checked from afar needs a reason to be checked at the door.</summary>
    public sealed record RemoteFirst(string Source)
        : Rejection(RejectionClass.Conflict, "remote-first", Source, "Each item can be checked from afar: order it 'remote', or say why it is made on site.", "onSite");

    /// <summary>An item cannot be checked from afar.</summary>
    public sealed record ItemNotRemote(string Source, string Item)
        : Rejection(RejectionClass.Conflict, "item-not-remote", Source, $"'{Item}' cannot be checked from afar.", "remote");

    /// <summary>The visit is the authority's own, and follows from its checks.</summary>
    public sealed record VisitIsOwn(string Visit)
        : Rejection(RejectionClass.Conflict, "visit-is-own", Contract, $"{Visit} is of no other department; what becomes of it follows from its checks.");
}
