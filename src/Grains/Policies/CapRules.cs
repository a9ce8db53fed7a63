namespace Supervision.Grains.Policies;

/// <summary>The published cap on visits to one enterprise (年度检查频次上限), over all its titles.</summary>
/// <param name="From">From this day visits are counted.</param>
/// <param name="PerYear">Most visits that count, in a calendar year.</param>
/// <param name="Counts">Which visits count.</param>
public sealed record CapRules(Figure<DateOnly> From, Figure<int> PerYear, CapCounts Counts)
{
    /// <summary>How many visits of a year count, planned or made.</summary>
    public int VisitsOf(GrainState.Subject enterprise, int year)
    {
        ArgumentNullException.ThrowIfNull(enterprise);
        return Counted(enterprise).Count(visit => visit.Year == year);
    }

    /// <summary>How many visits may come to count in a year: those made in it, and all that are planned, which may be made before the year of their last day, or late and after it.</summary>
    public int MostVisitsOf(GrainState.Subject enterprise, int year)
    {
        ArgumentNullException.ThrowIfNull(enterprise);
        return Counted(enterprise).Count(visit => visit.Year == year || visit.Status == VisitStatus.Planned);
    }

    private IEnumerable<Visit> Counted(GrainState.Subject enterprise) => (enterprise.Visits ?? []).Where(visit => visit.Status != VisitStatus.CalledOff
        && (visit.Department is null ? visit.Counts : Counts.OtherDepartments && Counts.Of(visit.Basis)));
}

/// <summary>Which visits count against the cap. Those that do not are not refused for it either.</summary>
/// <param name="Random">Visits of draws.</param>
/// <param name="Directed">Visits ordered for a reason: complaint, incident, transfer.</param>
/// <param name="OtherDepartments">Visits of other departments that are recorded here, if they are of a kind that counts.</param>
/// <param name="Article">The article.</param>
public sealed record CapCounts(bool Random, bool Directed, bool OtherDepartments, string Article)
{
    /// <summary>Whether visits on a basis count.</summary>
    public bool Of(CheckBasis basis) => basis == CheckBasis.Random ? Random : Directed;
}
