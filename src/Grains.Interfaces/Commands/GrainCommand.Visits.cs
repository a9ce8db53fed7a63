namespace Supervision;

public abstract partial record GrainCommand
{
    /// <summary>
    /// Orders the checks of a draw at one enterprise, as one visit: all of them or, where one cannot be, none. Titles that were ordered for
    /// the draw already are left alone, and further ones join its visit, with the inspectors that it has.
    /// </summary>
    /// <param name="Draw">The draw.</param>
    /// <param name="Titles">The titles drawn, of entities behind which the enterprise stands or of itself.</param>
    /// <param name="DueBy">Last day for carrying them out.</param>
    /// <param name="Inspectors">Ids of the inspectors matched; none where nobody could be.</param>
    /// <param name="Unassigned">Why nobody could be matched, or null.</param>
    /// <param name="Items">Ids of the items to be checked; null: those that the policy publishes for it.</param>
    /// <param name="ApprovedBy">Who approved the draw (pseudonym), and with it its checks.</param>
    /// <param name="IntervalMonths">For how many months nothing is checked again; null: no such interval.</param>
    public sealed record OrderDrawnVisit(
        string Draw, IReadOnlyList<DrawnTitle> Titles, DateOnly DueBy, IReadOnlyList<string> Inspectors, string? Unassigned, IReadOnlyList<string>? Items,
        string ApprovedBy, int? IntervalMonths) : GrainCommand;

    /// <summary>Looks at what became of the checks of a visit: whether it was made, or comes to nothing.</summary>
    /// <param name="Visit">The visit.</param>
    public sealed record SettleVisit(VisitRef Visit) : GrainCommand;
}

/// <summary>A title that was drawn.</summary>
/// <param name="Entity">The entity that holds it.</param>
/// <param name="Title">The title.</param>
public sealed record DrawnTitle(GrainId Entity, TitleRef Title);
