using System.ComponentModel.DataAnnotations;

namespace Supervision.Hosting.Draws;

/// <summary>
/// A public source of randomness in rounds, by the interface of drand (<c>GET &lt;url&gt;/public/&lt;round&gt;</c>), from which planned draws take their
/// public value by themselves. Without one somebody enters it.
/// </summary>
public sealed class BeaconOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Beacon";

    /// <summary>Where the source answers, with the hash of its chain; null: there is none.</summary>
    public Uri? Url { get; set; }

    /// <summary>When its first round was, in seconds since 1970.</summary>
    [Range(0, long.MaxValue)]
    public long Genesis { get; set; }

    /// <summary>Seconds between two rounds.</summary>
    [Range(1, 86_400)]
    public int Period { get; set; } = 3;
}
