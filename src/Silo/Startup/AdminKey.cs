using System.Buffers.Text;
using System.Security.Cryptography;
using Supervision.Ledger.Keys;
using Supervision.Silo.Configuration;

namespace Supervision.Silo.Startup;

/// <summary>The first admin key: the one that was set, or one that is made and written beside the data.</summary>
internal static class AdminKey
{
    public const string FileName = "admin.key";

    private static readonly KeyRequest Request = new("bootstrap", "bootstrap", Role.Admin, Level.National, [], Bootstrap: true);

    /// <summary>Makes sure that the key works; the answer says where its secret is to be found.</summary>
    public static async Task<string> EnsureAsync(SiloSettings settings, KeyStore keys, CancellationToken cancellationToken)
    {
        if (settings.Auth.BootstrapAdminKey is { } given)
        {
            await keys.EnterAsync(Request, given, "configuration", cancellationToken);
            return "Auth:BootstrapAdminKey";
        }

        var path = Path.Combine(settings.Data.Directory, FileName);
        KeyFile.Ensure(path, "sk_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)) + Environment.NewLine);
        var secret = (await File.ReadAllTextAsync(path, cancellationToken)).Trim();
        if (secret.Length < AuthSettings.KeyLengthMin)
            throw new InvalidOperationException($"{path} holds no key: at least {AuthSettings.KeyLengthMin} characters are needed. Delete it, and the next start makes another.");
        await keys.EnterAsync(Request, secret, "configuration", cancellationToken);
        return path;
    }
}
