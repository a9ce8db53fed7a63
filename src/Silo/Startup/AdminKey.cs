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

        Directory.CreateDirectory(settings.Data.Directory);
        var path = Path.Combine(settings.Data.Directory, FileName);
        if (!File.Exists(path))
            await WriteAsync(path, "sk_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)), cancellationToken);
        await keys.EnterAsync(Request, (await File.ReadAllTextAsync(path, cancellationToken)).Trim(), "configuration", cancellationToken);
        return path;
    }

    private static async Task WriteAsync(string path, string secret, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var writer = new StreamWriter(path, options);
        await writer.WriteLineAsync(secret.AsMemory(), cancellationToken);
    }
}
