using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Supervision.Hosting.Webhooks;

/// <summary>The signature of a message, by Standard Webhooks 1.0.0.</summary>
public static class Signature
{
    /// <summary>What a secret begins with where it is shown.</summary>
    public const string SecretPrefix = "whsec_";

    /// <summary>Bytes of a secret.</summary>
    public const int SecretBytes = 32;

    /// <summary>Headers of a message.</summary>
    public const string IdHeader = "webhook-id", TimestampHeader = "webhook-timestamp", SignatureHeader = "webhook-signature";

    /// <summary>A secret as it is shown.</summary>
    public static string Show(byte[] secret) => SecretPrefix + Convert.ToBase64String(secret);

    /// <summary>The headers of an attempt.</summary>
    /// <param name="id">The identity of the message.</param>
    /// <param name="at">When the attempt is made.</param>
    /// <param name="body">The message.</param>
    /// <param name="secrets">The secrets that are valid: during a rotation two.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Headers(string id, DateTimeOffset at, ReadOnlySpan<byte> body, IReadOnlyList<byte[]> secrets)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        return
        [
            new(IdHeader, id),
            new(TimestampHeader, timestamp),
            new(SignatureHeader, string.Join(' ', secrets.Select(secret => "v1," + Convert.ToBase64String(HMACSHA256.HashData(secret, signed))))),
        ];
    }
}
