using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Supervision.Silo.Orleans.Tls;

/// <summary>How silos of a cluster prove to each other that they belong to it. Without a certificate they do not, and speak in the clear.</summary>
public sealed class TlsSettings
{
    private const string ServerUsage = "1.3.6.1.5.5.7.3.1";

    private const string ClientUsage = "1.3.6.1.5.5.7.3.2";

    /// <summary>Path of this silo's certificate: PKCS #12 (<c>.pfx</c>, <c>.p12</c>) with its key, or else PEM. Default: none, no TLS.</summary>
    public string? Certificate { get; set; }

    /// <summary>Path of the key in PEM, where it is not in the file of the certificate.</summary>
    public string? Key { get; set; }

    /// <summary>Password of the PKCS #12 file or of the key. Default: none.</summary>
    public string? Password { get; set; }

    /// <summary>Path of the certificates, in PEM, of the authorities that certify the cluster's silos, intermediate ones among them; whoever has a certificate of theirs is a silo.</summary>
    public string? Authority { get; set; }

    /// <summary>SHA-256 thumbprints of the certificates of the cluster's silos in hexadecimal, this one's among them, with commas between them.</summary>
    public string? Thumbprints { get; set; }

    /// <summary>Whether silos speak TLS.</summary>
    public bool IsOn => Certificate is not null;

    /// <summary>What is wrong with the settings.</summary>
    /// <param name="section">Where they are in the configuration.</param>
    internal IEnumerable<string> Failures(string section)
    {
        if (!IsOn)
        {
            foreach (var (name, value) in new[] { (nameof(Key), Key), (nameof(Password), Password), (nameof(Authority), Authority), (nameof(Thumbprints), Thumbprints) })
            {
                if (value is not null)
                    yield return $"{section}:{name} is only for use with {section}:{nameof(Certificate)}.";
            }

            yield break;
        }

        var problems = new List<string>();
        using var own = Read(() => LoadCertificate(), $"{section}:{nameof(Certificate)} is '{Certificate}'", problems);
        if (own is not null)
            problems.AddRange(Problems(own).Select(problem => $"{section}:{nameof(Certificate)} is '{Certificate}', which {problem}."));
        if (Authority is null && Thumbprints is null)
            problems.Add($"{section}:{nameof(Authority)} or {section}:{nameof(Thumbprints)} is needed with {section}:{nameof(Certificate)}: which silos belong to the cluster.");
        if (ThumbprintList() is null)
            problems.Add($"{section}:{nameof(Thumbprints)} is '{Thumbprints}'; it has to be SHA-256 thumbprints of 64 hexadecimal digits with commas between them.");
        var authorities = Read(LoadAuthorities, $"{section}:{nameof(Authority)} is '{Authority}'", problems);
        if (authorities is { Count: 0 } && Authority is not null)
            problems.Add($"{section}:{nameof(Authority)} is '{Authority}', in which there is no certificate.");
        if (own is not null && problems.Count == 0 && !new SiloTrust(authorities!, ThumbprintList()!).Trusts(own))
            problems.Add($"{section}:{nameof(Certificate)} is '{Certificate}', which neither {section}:{nameof(Authority)} nor {section}:{nameof(Thumbprints)} trusts, so no silo with these settings would.");
        foreach (var authority in authorities ?? [])
            authority.Dispose();
        foreach (var problem in problems)
            yield return problem;
    }

    internal X509Certificate2 LoadCertificate() => Path.GetExtension(Certificate!).ToUpperInvariant() is ".PFX" or ".P12"
        ? X509CertificateLoader.LoadPkcs12FromFile(Certificate!, Password)
        : Password is null ? X509Certificate2.CreateFromPemFile(Certificate!, Key) : X509Certificate2.CreateFromEncryptedPemFile(Certificate!, Password, Key);

    internal X509Certificate2Collection LoadAuthorities()
    {
        var authorities = new X509Certificate2Collection();
        if (Authority is not null)
            authorities.ImportFromPemFile(Authority);
        return authorities;
    }

    /// <summary>The thumbprints; null: what is set is none.</summary>
    internal IReadOnlyList<string>? ThumbprintList()
    {
        var list = (Thumbprints ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return Array.TrueForAll(list, thumbprint => thumbprint.Length == 2 * SHA256.HashSizeInBytes && thumbprint.All(char.IsAsciiHexDigit))
            && (Thumbprints is null || list.Length > 0) ? list : null;
    }

    private static IEnumerable<string> Problems(X509Certificate2 own)
    {
        if (!own.HasPrivateKey)
            yield return "comes without its key";
        var usages = own.Extensions.OfType<X509EnhancedKeyUsageExtension>().SelectMany(usage => usage.EnhancedKeyUsages.Cast<Oid>()).Select(usage => usage.Value).ToList();
        if (usages.Count > 0 && !(usages.Contains(ServerUsage) && usages.Contains(ClientUsage)))
            yield return "has to be for server and client authentication, as a silo is both";
    }

    private static T? Read<T>(Func<T> read, string setting, List<string> problems)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            problems.Add($"{setting}, which cannot be read: {exception.Message}");
            return null;
        }
    }
}
