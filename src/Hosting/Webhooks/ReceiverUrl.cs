using System.Net;
using System.Text.RegularExpressions;

namespace Supervision.Hosting.Webhooks;

/// <summary>
/// What the address of a receiver has to look like. It is judged by its text alone: nothing is resolved or tried, so an answer tells nothing about what
/// lies behind a name. What a name leads to is judged whenever it is connected to.
/// </summary>
public sealed partial class ReceiverUrl(AddressRules rules)
{
    private const int LengthMax = 2048;

    private const int PrivilegedPorts = 1024;

    // Ports above the privileged ones behind which something listens that believes what it is sent: databases, caches, X11, container engines.
    private static readonly int[] RefusedPorts =
        [1433, 1521, 2049, 2375, 2376, 2379, 2380, 3306, 3389, 3632, 4369, 5432, 5672, 5900, 5984, 5985, 5986, 6000, 6379, 6443, 6667, 9042, 9092, 9200, 9300, 10250, 11211, 15672, 27017];

    /// <summary>What is wrong with an address; null: nothing.</summary>
    public string? Refuse(string url)
    {
        if (url.Length > LengthMax || !url.All(character => character is > ' ' and <= '~' and not '\\'))
            return $"Has to be an address of at most {LengthMax} visible ASCII characters, without a backslash; a name in other scripts is written as xn--….";
        if (!Form().IsMatch(url) || !Uri.TryCreate(url, UriKind.Absolute, out var uri))
            return "Has to be an address https://<host>[:<port>]/…, for example https://receiver.example/hooks.";
        if (uri.UserInfo.Length > 0 || url.Contains('#', StringComparison.Ordinal))
            return "Must have neither a user nor a fragment; a receiver knows us by the signature.";
        var host = url.Split("://", 2)[1].Split(['/', '?'], 2)[0];
        return RefusePort(uri) ?? RefuseHost(PortForm().Replace(host, ""), uri);
    }

    private static string? RefusePort(Uri uri) =>
        uri.Port is 443 or 80 || (uri.Port >= PrivilegedPorts && !RefusedPorts.Contains(uri.Port))
            ? null
            : $"Has to have port 443, 80 or one from {PrivilegedPorts} on that is not that of a database or another internal service.";

    private string? RefuseHost(string host, Uri uri)
    {
        const string publicHost = "Has to lead to a public address; other networks are allowed by Webhooks:AllowedNetworks.";
        if (host.EndsWith('.'))
            return "Must not have a dot at the end of the host.";
        if (host.StartsWith('['))
        {
            if (!IPAddress.TryParse(host, out var six) || host.Contains('%', StringComparison.Ordinal))
                return "Has to have an IPv6 address in brackets, without a zone.";
            return RefuseLiteral(six);
        }

        // As browsers do: a host whose last label is a number is an IPv4 address, of which only the form with four decimal numbers is one here.
        if (NumberForm().IsMatch(host[(host.LastIndexOf('.') + 1)..]))
        {
            if (!IPAddress.TryParse(host, out var four) || !string.Equals(four.ToString(), host, StringComparison.Ordinal))
                return "Has to have an IPv4 address as four decimal numbers; other spellings are not taken.";
            return RefuseLiteral(four);
        }

        if (!NameForm().IsMatch(host))
            return "Has to have a name of letters, digits and hyphens as host, or an address.";
        if (!rules.AllowsAny && (uri.Scheme != Uri.UriSchemeHttps || InternalName().IsMatch(host)))
            return uri.Scheme != Uri.UriSchemeHttps ? "Has to be https." : publicHost;
        return null;

        string? RefuseLiteral(IPAddress address) => !rules.MayConnect(address)
            ? publicHost
            : uri.Scheme == Uri.UriSchemeHttps || rules.IsAllowed(address) ? null : "Has to be https.";
    }

    [GeneratedRegex(@"^https?://[^/?#@]+([/?].*)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();

    [GeneratedRegex(@":[0-9]{1,5}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PortForm();

    [GeneratedRegex(@"^(0[xX][0-9A-Fa-f]*|[0-9]+)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NumberForm();

    [GeneratedRegex(@"^(?=.{1,253}\z)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NameForm();

    // Names that lead nowhere in public: without a dot, and those set aside for machines and networks of one's own.
    [GeneratedRegex(@"^[^.]+\z|\.(localhost|local|internal|intranet|lan|home|corp|private|home\.arpa|onion|test|invalid)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InternalName();
}
