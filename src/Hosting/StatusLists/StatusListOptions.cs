namespace Supervision.Hosting.StatusLists;

/// <summary>How often status lists are made, and how long they may be relied on.</summary>
public sealed class StatusListOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "StatusList";

    /// <summary>Seconds for which a list is given out before it is made again, if anything has happened. Making one reads every title. Default: 10.</summary>
    public int IntervalSeconds { get; set; } = 10;

    /// <summary>Hours for which a list may be relied on. Longer spares those who check offline, and lets them learn of a removal later. Default: 24.</summary>
    public int ValidHours { get; set; } = 24;
}
