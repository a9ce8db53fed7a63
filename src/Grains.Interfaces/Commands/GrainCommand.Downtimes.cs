namespace Supervision;

public abstract partial record GrainCommand
{
    /// <summary>Declares days on which an authority, or what it works with, could not be reached.</summary>
    /// <param name="Region">Whose deadlines, by the code of the region in which they are; null: everywhere.</param>
    /// <param name="From">The first day.</param>
    /// <param name="To">The last day.</param>
    /// <param name="MovedTo">The last day that the deadlines have instead; null: the first working day after the last one.</param>
    /// <param name="Reason">What could not be reached, and why.</param>
    public sealed record DeclareDowntime(string? Region, DateOnly From, DateOnly To, DateOnly? MovedTo, string Reason) : GrainCommand;

    /// <summary>Confirms, as a second person, a downtime; from then on deadlines that fall into it are moved.</summary>
    public sealed record ConfirmDowntime : GrainCommand;
}
