using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Supervision.Ledger.Keys;

namespace Supervision.Hosting.StatusLists;

/// <summary>
/// The key that signs status lists (P-256), in a file that is made once and that nobody else may read. It lies outside the database, so
/// that whoever can write there cannot sign. Silos that share a database share the file.
/// </summary>
public sealed class StatusListKey : IDisposable
{
    private const string FileName = "status-list.pem";

    private readonly Lazy<ECDsa> _key;

    /// <summary>A key in a directory; it is made when it is needed first.</summary>
    public StatusListKey(string directory) => _key = new Lazy<ECDsa>(() => Open(directory));

    /// <summary>The identity of the key: its thumbprint (RFC 7638).</summary>
    public string Id => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{X}}","y":"{{Y}}"}""")));

    /// <summary>The public key as a JSON Web Key Set.</summary>
    public string Set => $$"""{"keys":[{"kty":"EC","crv":"P-256","x":"{{X}}","y":"{{Y}}","kid":"{{Id}}","use":"sig","alg":"ES256"}]}""";

    private string X => Base64Url.EncodeToString(_key.Value.ExportParameters(includePrivateParameters: false).Q.X);

    private string Y => Base64Url.EncodeToString(_key.Value.ExportParameters(includePrivateParameters: false).Q.Y);

    /// <summary>A JWT in compact form, signed with ES256.</summary>
    /// <param name="type">The type in its header.</param>
    /// <param name="payload">The claims, in UTF-8.</param>
    public string Sign(string type, ReadOnlySpan<byte> payload)
    {
        var header = Encoding.UTF8.GetBytes($$"""{"alg":"ES256","typ":"{{type}}","kid":"{{Id}}"}""");
        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(payload)}";
        var signature = _key.Value.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_key.IsValueCreated)
            _key.Value.Dispose();
    }

    private static ECDsa Open(string directory)
    {
        var path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
        {
            using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            KeyFile.Ensure(path, made.ExportPkcs8PrivateKeyPem());
        }

        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(path));
        return key;
    }
}
