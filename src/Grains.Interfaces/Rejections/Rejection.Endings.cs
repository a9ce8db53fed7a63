namespace Supervision;

public abstract partial record Rejection
{
    /// <summary>The policy has no withdrawal.</summary>
    public sealed record WithdrawalNotProvided(string Policy)
        : Rejection(RejectionClass.Conflict, "withdrawal-not-provided", Contract, $"Under {Policy} no title is given up.", "policy");

    /// <summary>A title is given up by letter.</summary>
    public sealed record LetterNeeded(string Source)
        : Rejection(RejectionClass.Invalid, "letter-needed", Source, "A title is given up by letter: its reference, or the letter itself among the documents.", "letter");

    /// <summary>What was open when a title was given up is not decided.</summary>
    public sealed record WithdrawalPending(string Case, string Source)
        : Rejection(RejectionClass.Conflict, "withdrawal-pending", Source, $"The title was given up while {Case} was open; it is not granted anew before that is decided.");

    /// <summary>Nobody succeeds by such a change.</summary>
    public sealed record ChangeHasNoSuccessor(ChangeKind Change)
        : Rejection(RejectionClass.Invalid, "change-has-no-successor", Contract, $"A {KebabCase<ChangeKind>.Word(Change)} leaves no successor; a merger, split or restructuring does.", "change");

    /// <summary>An enterprise is named as its own successor.</summary>
    public sealed record SucceedsItself(GrainId Grain)
        : Rejection(RejectionClass.Invalid, "succeeds-itself", Contract, $"{Grain} does not succeed itself.", "successor");

    /// <summary>The successor is recorded.</summary>
    public sealed record SuccessorAlreadyRecorded(GrainId Successor)
        : Rejection(RejectionClass.Conflict, "successor-already-recorded", Contract, $"{Successor} is recorded as a successor already.", "successor");

    /// <summary>There is no such proposal of a successor.</summary>
    public sealed record SuccessorProposalNotFound(string Proposal)
        : Rejection(RejectionClass.NotFound, "successor-proposal-not-found", Contract, $"There is no proposal '{Proposal}'.");

    /// <summary>The successor was recorded or dismissed already.</summary>
    public sealed record SuccessorProposalClosed(string Proposal, ProposalStatus Status)
        : Rejection(RejectionClass.Conflict, "successor-proposal-closed", Contract, $"{Proposal} is {KebabCase<ProposalStatus>.Word(Status)}.");

    /// <summary>There is no such successor.</summary>
    public sealed record SuccessorNotFound(GrainId Successor)
        : Rejection(RejectionClass.NotFound, "successor-not-found", Contract, $"{Successor} is not recorded as a successor.");
}
