namespace Supervision;

public abstract partial record Rejection
{
    /// <summary>No policy of a title in force has such a change filed.</summary>
    public sealed record ChangeNotAsked(ChangeKind Kind)
        : Rejection(RejectionClass.Conflict, "change-not-asked", Contract, $"No policy under which the entity holds a title in force has a {KebabCase<ChangeKind>.Word(Kind)} filed.", "kind");

    /// <summary>The change is there already.</summary>
    public sealed record ChangeAlreadyFiled(string Change, ChangeStatus Status, string Source)
        : Rejection(RejectionClass.Conflict, "change-already-filed", Source, $"The same change is {KebabCase<ChangeStatus>.Word(Status)} as {Change}.");

    /// <summary>A member that the kind of change needs is missing, or one that it does not have is there.</summary>
    public sealed record ChangeIncomplete(ChangeKind Kind, string Member, string Expected, string Source)
        : Rejection(RejectionClass.Invalid, "change-incomplete", Source, $"A {KebabCase<ChangeKind>.Word(Kind)} {Expected}.", Member);

    /// <summary>There is no such change.</summary>
    public sealed record ChangeNotFound(string Change)
        : Rejection(RejectionClass.NotFound, "change-not-found", Contract, $"There is no change '{Change}'.");

    /// <summary>The change is only noted: there is nothing to verify or decide.</summary>
    public sealed record ChangeNotFiled(string Change, string Source)
        : Rejection(RejectionClass.Conflict, "change-not-filed", Source, $"The enterprise has not filed {Change}.");

    /// <summary>Another authority verifies changes of this entity.</summary>
    public sealed record NotVerifyingAuthority(string Authority, string Source)
        : Rejection(RejectionClass.Forbidden, "not-verifying-authority", Source, $"A change of this entity is verified by its own authority, {Authority}.");

    /// <summary>The change was verified before.</summary>
    public sealed record ChangeAlreadyVerified(string Change, ChangeStatus Status, string Source)
        : Rejection(RejectionClass.Conflict, "change-already-verified", Source, $"{Change} is {KebabCase<ChangeStatus>.Word(Status)}; it is verified once.");

    /// <summary>Another authority decides changes of this entity.</summary>
    public sealed record NotDecidingAuthority(string Authority, string Source)
        : Rejection(RejectionClass.Forbidden, "not-deciding-authority", Source, $"A change of this entity is decided by {Authority}.");

    /// <summary>The change was not verified.</summary>
    public sealed record ChangeNotVerified(string Change, string Source)
        : Rejection(RejectionClass.Conflict, "change-not-verified", Source, $"{Change} has to be verified before it is decided.");

    /// <summary>The verification found the change otherwise than it was filed.</summary>
    public sealed record ChangeNotConfirmed(string Change, string Source)
        : Rejection(RejectionClass.Conflict, "change-not-confirmed", Source, $"The verification did not confirm {Change}; it can be refused, and filed again.");

    /// <summary>The change was decided before.</summary>
    public sealed record ChangeAlreadyDecided(string Change, ChangeStatus Status, string Source)
        : Rejection(RejectionClass.Conflict, "change-already-decided", Source, $"{Change} is {KebabCase<ChangeStatus>.Word(Status)}.");

    /// <summary>The title does not wait for a decision about its successor.</summary>
    public sealed record SuccessionNotPending(string Change, string Policy, string Source)
        : Rejection(RejectionClass.Conflict, "succession-not-pending", Source, $"No title under {Policy} waits for a decision because of {Change}.");

    /// <summary>The enterprise is not one that the change leads to, or none was named where there are several.</summary>
    public sealed record SuccessorNotOfChange(string Change, string Allowed, string Source)
        : Rejection(RejectionClass.Invalid, "successor-not-of-change", Source, $"After {Change} a title continues with one of: {Allowed}.", "successor");

    /// <summary>Another title of the entity continues with another enterprise, and an entity belongs to one.</summary>
    public sealed record SuccessorDecided(string Change, GrainId Successor, string Source)
        : Rejection(RejectionClass.Conflict, "successor-decided", Source, $"By {Change} the entity belongs to {Successor} already; its other titles continue there or end.", "successor");

    /// <summary>Something that is open on the title has to come to its end first.</summary>
    public sealed record SuccessionBlocked(string Open, string Source)
        : Rejection(RejectionClass.Conflict, "succession-blocked", Source, $"{Open} is open on the title; what it leads to is decided before the title ends or passes to another holder.");
}
