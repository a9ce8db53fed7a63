namespace Supervision.Grains.Downtimes;

/// <summary>A confirmed downtime as decisions see it.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Region">Whose deadlines, by region; null: everywhere.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="MovedTo">The last day that deadlines have instead.</param>
public sealed record DowntimePeriod(string Id, string? Region, DateOnly From, DateOnly To, DateOnly MovedTo)
{
    /// <summary>Whether deadlines of an entity in a region are moved.</summary>
    public bool Covers(string? region) => Region is null || (region is not null && Supervision.Region.Covers(Region, region));

    /// <summary>Whether a last day falls into it.</summary>
    public bool Holds(DateOnly lastDay) => From <= lastDay && lastDay <= To;
}
