using System.Net;
using System.Net.Sockets;

namespace Supervision.Hosting.Webhooks;

/// <summary>Which addresses may be connected to: public ones, and those of networks that the configuration allows.</summary>
public sealed class AddressRules(IReadOnlyList<IPNetwork> allowed)
{
    // IANA special-purpose registries of IPv4 and IPv6, and what is multicast or reserved. What carries an IPv4 address within it is looked at by that address.
    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/96", "::ffff:0:0:0/96", "64:ff9b:1::/48", "100::/64", "100:0:0:1::/64", "2001::/23", "2001:db8::/32", "2620:4f:8000::/48", "3fff::/20", "5f00::/16",
            "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(text => IPNetwork.Parse(text)),
    ];

    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    /// <summary>Whether any network is allowed beside the public ones.</summary>
    public bool AllowsAny => allowed.Count > 0;

    /// <summary>Whether an address may be connected to.</summary>
    public bool MayConnect(IPAddress address) => IsAllowed(address) || IsPublic(address);

    /// <summary>Whether an address lies in a network that the configuration allows, where TLS may be left out.</summary>
    public bool IsAllowed(IPAddress address)
    {
        var plain = Plain(address);
        return allowed.Any(network => network.Contains(plain));
    }

    private static bool IsPublic(IPAddress address)
    {
        var plain = Plain(address);
        // A scope names an interface of this machine.
        if (plain.AddressFamily == AddressFamily.InterNetworkV6 && plain.ScopeId != 0)
            return false;
        if (Array.Exists(Special, network => network.Contains(plain)))
            return false;
        return Embedded(plain) is not { } inner || IsPublic(inner);
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>The IPv4 address that packets to an IPv6 address end up at: by NAT64 or 6to4. Teredo lies within 2001::/23, which is refused whole.</summary>
    private static IPAddress? Embedded(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return null;
        var bytes = address.GetAddressBytes();
        return Nat64.Contains(address) ? new IPAddress(bytes.AsSpan(12, 4)) : SixToFour.Contains(address) ? new IPAddress(bytes.AsSpan(2, 4)) : null;
    }
}
