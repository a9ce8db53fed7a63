using System.Net;
using Supervision.Silo.Orleans.Tls;

namespace Supervision.Silo.Orleans.Cluster;

/// <summary>How a silo stands in its Orleans cluster.</summary>
public sealed class OrleansOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Orleans";

    /// <summary>Longest name of a cluster or service.</summary>
    public const int NameLengthMax = 100;

    /// <summary>The cluster that the silo joins; all silos on one database have the same. Default: supervision.</summary>
    public string ClusterId { get; set; } = "supervision";

    /// <summary>The service, which stays the same when a cluster is replaced by another. Default: supervision.</summary>
    public string ServiceId { get; set; } = "supervision";

    /// <summary>The IP address at which the other silos reach this one, and at which it listens for them. Default: 127.0.0.1.</summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>The TCP port for it; 0: any that is free. Default: 11111.</summary>
    public int Port { get; set; } = 11111;

    /// <summary>
    /// Seconds within which a silo answers another's probe; after three that it missed it is declared dead and its grains are active elsewhere. Fewer notice a death
    /// sooner and take a busy silo for dead. Default: 5.
    /// </summary>
    public int ProbeSeconds { get; set; } = 5;

    /// <summary>How silos prove to each other that they belong to the cluster. Default: they do not, and speak in the clear.</summary>
    public TlsSettings Tls { get; set; } = new();

    /// <summary>
    /// Whether administrators are shown the dashboard of Orleans. It measures every call, and shows the whole cluster only if all silos have it. Default: false.
    /// </summary>
    public bool Dashboard { get; set; }

    /// <summary>How long a silo tries to join before it ends.</summary>
    internal TimeSpan JoinTimeMax { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>What is wrong with the settings.</summary>
    public IEnumerable<string> Failures()
    {
        foreach (var (name, value) in new[] { (nameof(ClusterId), ClusterId), (nameof(ServiceId), ServiceId) })
        {
            if (string.IsNullOrWhiteSpace(value) || value.Length > NameLengthMax)
                yield return $"{Section}:{name} is '{value}'; a name of 1 to {NameLengthMax} characters is needed.";
        }

        if (!IPAddress.TryParse(Address, out var address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
            yield return $"{Section}:{nameof(Address)} is '{Address}'; the IP address at which other silos reach this one is needed.";
        if (Port is < 0 or > IPEndPoint.MaxPort)
            yield return $"{Section}:{nameof(Port)} is {Port}; it has to be between 0 and {IPEndPoint.MaxPort}.";
        if (ProbeSeconds is < 1 or > 60)
            yield return $"{Section}:{nameof(ProbeSeconds)} is {ProbeSeconds}; it has to be between 1 and 60.";
        foreach (var failure in Tls.Failures($"{Section}:{nameof(Tls)}"))
            yield return failure;
    }
}
