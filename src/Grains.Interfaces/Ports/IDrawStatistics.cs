namespace Supervision;

/// <summary>Coverage of draws: what was planned, drawn, visited and made.</summary>
public interface IDrawStatistics
{
    /// <summary>Counts, by policy, year, purpose and region.</summary>
    Task<IReadOnlyList<DrawCoverageRow>> CountAsync(DrawCoverageFilter filter, CancellationToken cancellationToken);
}

/// <summary>Which draws are counted.</summary>
/// <param name="Policy">Of this policy; null: of any.</param>
/// <param name="Region">Whose scope lies in this region; null: whichever.</param>
/// <param name="Year">Announced in this year; null: whenever.</param>
public sealed record DrawCoverageFilter(string? Policy, string? Region, int? Year);

/// <summary>The draws of one policy, year, purpose and region.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Purpose">What is drawn.</param>
/// <param name="Region">The region of their scope; null: everywhere.</param>
/// <param name="RegionName">Its name, or null.</param>
/// <param name="Year">The year of the announcements, or of the plans.</param>
/// <param name="Planned">Draws that the policy planned up to now, since it was adopted here; what was not announced of them is not among <paramref name="Announced"/>.</param>
/// <param name="Announced">Draws that were announced.</param>
/// <param name="Executed">Draws that were made.</param>
/// <param name="Eligible">Candidates that took part.</param>
/// <param name="ToBeDrawn">How many of them were to be drawn.</param>
/// <param name="Drawn">How many were, those that were skipped left out.</param>
/// <param name="Visits">Visits that were ordered.</param>
/// <param name="Visited">Visits that were made.</param>
/// <param name="Made">Checks whose result stands, or inspections that were made.</param>
public sealed record DrawCoverageRow(
    string Policy, DrawPurpose Purpose, string? Region, string? RegionName, int Year, int Planned, int Announced, int Executed, long Eligible, long ToBeDrawn, long Drawn,
    long Visits, long Visited, long Made);
