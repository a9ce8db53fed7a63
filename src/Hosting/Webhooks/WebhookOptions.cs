using System.Net;

namespace Supervision.Hosting.Webhooks;

/// <summary>How events are delivered to subscribers.</summary>
public sealed class WebhookOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Webhooks";

    /// <summary>
    /// Networks (CIDR, with commas between them) in which receivers may lie although they are not public, and may be reached without TLS. Default: none.
    /// </summary>
    public string AllowedNetworks { get; set; } = "";

    /// <summary>What events are from (<c>source</c>) and who asks receivers for their consent (<c>WebHook-Request-Origin</c>): a name of this service. Default: supervision.example.</summary>
    public string Origin { get; set; } = "supervision.example";

    /// <summary>Longest time of an attempt, connection and answer included. Default: 15 seconds.</summary>
    public TimeSpan AttemptTimeMax { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>For how long the secret before a rotation signs as well. Default: 24 hours.</summary>
    public TimeSpan SecretOverlap { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Days for which what became of a delivery is kept after its last attempt. Default: 30.</summary>
    public int LogDays { get; set; } = 30;

    /// <summary>Most subscriptions of a person. Default: 100.</summary>
    public int SubscriptionsMax { get; set; } = 100;

    /// <summary>The allowed networks; null where the text is no list of networks.</summary>
    public IReadOnlyList<IPNetwork>? Networks()
    {
        var networks = new List<IPNetwork>();
        foreach (var text in AllowedNetworks.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!IPNetwork.TryParse(text, out var network))
                return null;
            networks.Add(network);
        }

        return networks;
    }
}
