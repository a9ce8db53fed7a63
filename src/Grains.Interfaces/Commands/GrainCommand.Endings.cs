namespace Supervision;

public abstract partial record GrainCommand
{
    /// <summary>Records that the holder gives a title up.</summary>
    /// <param name="Title">The title.</param>
    /// <param name="On">The date on which the letter came in.</param>
    /// <param name="Letter">The reference of the letter; null where a document is named or no letter is needed.</param>
    public sealed record WithdrawTitle(TitleChoice Title, DateOnly On, string? Letter) : GrainCommand;

    /// <summary>Records that an enterprise goes on in another one; its bans bind that one as well.</summary>
    /// <param name="Successor">The other enterprise.</param>
    /// <param name="Change">The change: a merger, split or restructuring.</param>
    /// <param name="On">The day from which it is so.</param>
    /// <param name="Document">The decision or document that shows it.</param>
    public sealed record RecordSuccessor(GrainId Successor, ChangeKind Change, DateOnly On, string Document) : GrainCommand;

    /// <summary>Says that the enterprise as a whole does not go on in one that a change of an entity named.</summary>
    /// <param name="Proposal">The proposal.</param>
    /// <param name="Reason">Why.</param>
    public sealed record DismissSuccessor(string Proposal, string Reason) : GrainCommand;

    /// <summary>Takes back that another enterprise is a successor; what binds it for that reason alone is lifted.</summary>
    /// <param name="Successor">The other enterprise.</param>
    /// <param name="Reason">Why.</param>
    public sealed record RetractSuccessor(GrainId Successor, string Reason) : GrainCommand;
}
