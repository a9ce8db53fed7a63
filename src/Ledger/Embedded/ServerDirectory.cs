using System.Security.Cryptography;

namespace Supervision.Ledger.Embedded;

/// <summary>
/// The files of one embedded server. As root, the directory and what we write into it stay root's, and only
/// <c>data</c>, <c>log</c> and <c>socket</c> belong to the server's account: root never writes where a link could have
/// been planted.
/// </summary>
internal sealed class ServerDirectory(string path)
{
    // sun_path holds 103 bytes on macOS and 107 on Linux; the socket's own name takes up to 17.
    private const int SocketPathBytesMax = 86;

    public string Root { get; } = UnixFiles.Resolve(path);

    public string Data => Path.Combine(Root, "data");

    /// <summary>Where a new data directory is made; renamed to <see cref="Data"/> when it is whole.</summary>
    public string Draft => Path.Combine(Root, "data.new");

    public string Log => Path.Combine(Root, "log");

    public string Socket => Path.Combine(Root, "socket");

    public string Settings => Path.Combine(Root, "supervision.conf");

    public string Access => Path.Combine(Root, "supervision.hba.conf");

    public string PasswordFile => Path.Combine(Root, "password");

    public string LockFile => $"{Root}.lock";

    public bool HasData => File.Exists(Path.Combine(Data, "PG_VERSION"));

    /// <summary>Makes the directory's parents, so that the lock can be taken.</summary>
    public void CreateParents() => UnixFiles.CreateDirectory(Path.GetDirectoryName(Root) ?? Root, UnixFiles.PassThroughDirectory);

    /// <summary>Makes what is missing and sees that the server's account can reach it.</summary>
    public async Task PrepareAsync(ServerAccount account, CancellationToken cancellationToken)
    {
        UnixFiles.CreateDirectory(Root, account.OtherUser is null ? UnixFiles.OwnerOnlyDirectory : UnixFiles.PassThroughDirectory);
        foreach (var directory in new[] { Log, Socket })
        {
            if (Directory.Exists(directory))
                continue;
            UnixFiles.CreateDirectory(directory, UnixFiles.OwnerOnlyDirectory);
            await account.TakeOverAsync(directory, cancellationToken);
        }

        if ((await account.RunAsync("test", ["-w", Log, "-a", "-w", Socket], "/", cancellationToken)).Succeeded)
            return;
        throw new EmbeddedPostgresException(
            account.OtherUser is { } user && UnixFiles.FirstClosedDirectory(Root) is { } closed
                ? $"User {user}, who runs PostgreSQL, cannot pass through {closed} on the way to {Root}. Set Data:Directory to a place that it can reach, such as /var/lib/supervision, or open the directory (chmod o+x {closed})."
                : $"The account that runs PostgreSQL ({account.OtherUser ?? Environment.UserName}) cannot write to {Log} and {Socket}: they belong to another user.");
    }

    /// <summary>The major version the data was written by; null when there is no data yet.</summary>
    public int? ReadMajorVersion()
    {
        if (!HasData)
            return null;
        var text = File.ReadAllText(Path.Combine(Data, "PG_VERSION")).Trim();
        return int.TryParse(text, out var major)
            ? major
            : throw new EmbeddedPostgresException($"{Data} was written by PostgreSQL {text}, which is not supported; a version of today is needed.");
    }

    /// <summary>The directory for the socket: ours, or a short one where ours does not fit.</summary>
    public async Task<string> ChooseSocketDirectoryAsync(ServerAccount account, CancellationToken cancellationToken)
    {
        // The name is also a list item for PostgreSQL and for Npgsql: only plain characters pass both.
        if (Socket.Length <= SocketPathBytesMax && Socket.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '_' or '-'))
            return Socket;
        var directory = Path.Combine("/tmp", $"supervision-socket-{RandomNumberGenerator.GetHexString(16, lowercase: true)}");
        UnixFiles.CreateDirectory(directory, UnixFiles.OwnerOnlyDirectory);
        await account.TakeOverAsync(directory, cancellationToken);
        return directory;
    }

    /// <summary>The superuser's password, made on first use.</summary>
    public string CreatePassword()
    {
        if (!File.Exists(PasswordFile))
            UnixFiles.Write(PasswordFile, RandomNumberGenerator.GetHexString(64, lowercase: true), UnixFiles.OwnerOnly);
        return ReadPassword();
    }

    public string ReadPassword() =>
        File.Exists(PasswordFile)
            ? File.ReadAllText(PasswordFile).Trim()
            : throw new EmbeddedPostgresException($"The password of the server in {Root} is missing: {PasswordFile} is gone. Restore it from the backup of the directory.");
}
