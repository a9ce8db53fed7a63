namespace Supervision.Hosting.Activations;

/// <summary>How a silo keeps grains in memory.</summary>
public sealed class ActivationOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Activations";

    /// <summary>Most grains kept in memory, about 1 KB each, and 3 KB more once somebody has asked for one. More make commands on cold grains rarer and cost memory. Default: 250,000.</summary>
    public int GrainsMax { get; set; } = 250_000;
}
