namespace Supervision.Hosting.Holds;

/// <summary>How many existing titles a bulk command may change before a second officer has to release it.</summary>
public sealed class BrakeOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Brake";

    /// <summary>Most titles. Default: 500.</summary>
    public int TitlesMax { get; set; } = 500;

    /// <summary>Most titles, in percent of those that are held. Default: 5.</summary>
    public int SharePercentMax { get; set; } = 5;

    /// <summary>Titles up to which the share does not count: in a small register a few are many percent. Default: 50.</summary>
    public int ShareTitlesMin { get; set; } = 50;

    /// <summary>Whether a bulk command that changes some titles of those that are held has to stop.</summary>
    /// <param name="titles">How many it would change.</param>
    /// <param name="existing">How many are held.</param>
    public bool Stops(long titles, long existing) =>
        titles > TitlesMax || (titles > ShareTitlesMin && titles * 100 > existing * SharePercentMax);
}
