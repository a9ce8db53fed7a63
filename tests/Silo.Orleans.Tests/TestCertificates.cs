using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Supervision.Silo.Orleans.Tests;

/// <summary>Certificates as files, made for one test.</summary>
internal sealed class TestCertificates : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("supervision-certificates-").FullName;

    /// <summary>The path of a file of this test.</summary>
    public string this[string name] => Path.Combine(_directory, name);

    /// <summary>Makes an authority, whose certificate is written to a file.</summary>
    public X509Certificate2 Authority(string file, X509Certificate2? issuer = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={file}{(issuer is null ? "" : ", OU=intermediate")}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var now = TimeProvider.System.GetUtcNow();
        var made = issuer is null ? request.CreateSelfSigned(now.AddDays(-2), now.AddDays(10)) : Signed(request, key, issuer, now.AddDays(-1), now.AddDays(9));
        File.AppendAllText(this[file], made.ExportCertificatePem() + "\n");
        return made;
    }

    /// <summary>Makes the certificate of a silo, with its key.</summary>
    public static X509Certificate2 Silo(X509Certificate2? issuer, TimeSpan? age = null, params string[] usages)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=silo", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        var ids = new OidCollection();
        foreach (var usage in usages.Length > 0 ? usages : ["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"])
            ids.Add(new Oid(usage));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(ids, critical: false));
        // For a day; an older one is over.
        var from = TimeProvider.System.GetUtcNow() - (age ?? TimeSpan.FromHours(1));
        return issuer is null ? request.CreateSelfSigned(from, from.AddDays(1)) : Signed(request, key, issuer, from, from.AddDays(1));
    }

    /// <summary>Writes a certificate with its key as PKCS #12.</summary>
    public string Pfx(string file, X509Certificate2 certificate, string? password = null)
    {
        File.WriteAllBytes(this[file], certificate.Export(X509ContentType.Pfx, password));
        return this[file];
    }

    /// <summary>Writes a certificate and its key as PEM, beside each other.</summary>
    public (string Certificate, string Key) Pem(string name, X509Certificate2 certificate, string? password = null)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        File.WriteAllText(this[name + ".crt"], certificate.ExportCertificatePem());
        File.WriteAllText(
            this[name + ".key"],
            password is null ? key.ExportPkcs8PrivateKeyPem() : key.ExportEncryptedPkcs8PrivateKeyPem(password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)));
        return (this[name + ".crt"], this[name + ".key"]);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static X509Certificate2 Signed(CertificateRequest request, ECDsa key, X509Certificate2 issuer, DateTimeOffset from, DateTimeOffset to)
    {
        using var signed = request.Create(issuer, from, to, RandomNumberGenerator.GetBytes(8));
        return signed.CopyWithPrivateKey(key);
    }
}
