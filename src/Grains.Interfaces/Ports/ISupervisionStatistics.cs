namespace Supervision;

/// <summary>What became of titles and of their supervision, counted.</summary>
public interface ISupervisionStatistics
{
    /// <summary>Counts; rows are ordered by their values, absent ones last.</summary>
    /// <param name="query">By which dimensions, and of which titles.</param>
    /// <param name="from">Removals, checks and exemptions from this day on; null: since ever.</param>
    /// <param name="to">Those up to this day; null: up to today.</param>
    /// <param name="cancellationToken">Ends the counting.</param>
    Task<IReadOnlyList<SupervisionRow>> CountAsync(StatisticsQuery query, DateOnly? from, DateOnly? to, CancellationToken cancellationToken);
}

/// <summary>One row of counts of titles.</summary>
/// <param name="Values">The value of each dimension, null where there is none.</param>
/// <param name="Titles">Titles, also those that were lost.</param>
/// <param name="InForce">Titles in force now, suspended ones not among them.</param>
/// <param name="Removed">Titles that were removed and not given back, by ground, by the day of the removal.</param>
/// <param name="Checks">Checks whose result stands, by outcome, by the day of the check.</param>
/// <param name="Exemptions">Titles that are exempt from random checks now, by the first day of the exemption.</param>
/// <param name="Overdue">
/// What is overdue now, by its last day: the words of <see cref="DeadlineKind"/> for what has a last day that can be missed, and <c>energy-rectification</c>
/// for what was found by an energy-conservation inspection and not rectified in time.
/// </param>
public sealed record SupervisionRow(
    IReadOnlyList<string?> Values, long Titles, long InForce, IReadOnlyDictionary<string, long> Removed, IReadOnlyDictionary<string, long> Checks, long Exemptions,
    IReadOnlyDictionary<string, long> Overdue);
