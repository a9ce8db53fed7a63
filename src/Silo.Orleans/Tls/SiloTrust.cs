using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Supervision.Silo.Orleans.Tls;

/// <summary>Which certificates are those of silos of the cluster. Names in them say nothing: silos find each other by addresses.</summary>
internal sealed class SiloTrust(X509Certificate2Collection authorities, IReadOnlyCollection<string> thumbprints)
{
    /// <summary>Whether whoever has a certificate belongs to the cluster: it is one of those named, or certified by an authority, and valid now.</summary>
    public bool Trusts(X509Certificate2 certificate) => IsNamed(certificate) || IsCertified(certificate);

    private bool IsNamed(X509Certificate2 certificate)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return thumbprints.Contains(certificate.GetCertHashString(HashAlgorithmName.SHA256), StringComparer.OrdinalIgnoreCase)
            && certificate.NotBefore.ToUniversalTime() <= now && now <= certificate.NotAfter.ToUniversalTime();
    }

    private bool IsCertified(X509Certificate2 certificate)
    {
        if (authorities.Count == 0)
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        // An authority of a cluster's own has nowhere to ask what was revoked.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        foreach (var authority in authorities)
            (authority.SubjectName.RawData.AsSpan().SequenceEqual(authority.IssuerName.RawData) ? chain.ChainPolicy.CustomTrustStore : chain.ChainPolicy.ExtraStore).Add(authority);
        return chain.Build(certificate);
    }
}
