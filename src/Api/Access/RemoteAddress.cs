using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Supervision.Api.Access;

/// <summary>The network address from which a request came.</summary>
internal static class RemoteAddress
{
    private const int NetworkBytes = 8;

    /// <summary>The address; null where there is no network between, as in tests.</summary>
    public static IPAddress? Of(HttpContext context) =>
        context.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : context.Connection.RemoteIpAddress;

    /// <summary>The network of one sender: an IPv4 address itself, and the /64 of an IPv6 address, which anyone has whole.</summary>
    public static IPAddress NetworkOf(HttpContext context)
    {
        var address = Of(context) ?? IPAddress.None;
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return new IPAddress(bytes);
    }
}
