using System.Security.Cryptography;
using Supervision.Ledger.Embedded;

namespace Supervision.Ledger.Documents;

/// <summary>
/// The contents of documents, each in a file that is named by its SHA-256: <c>aa/bb/aabb…</c>. A file appears whole and durable or not
/// at all, and is never changed. Several silos may share the directory.
/// </summary>
public sealed class DocumentFiles(string directory)
{
    /// <summary>Where content lies while it arrives.</summary>
    private const string Incoming = "incoming";

    private const int BufferBytes = 1 << 16;

    /// <summary>What arrives longer than this was left behind by a silo that was killed.</summary>
    private static readonly TimeSpan ArrivalMax = TimeSpan.FromDays(1);

    /// <summary>The directory.</summary>
    public string Directory => directory;

    /// <summary>Bytes that can still be written; null where the system does not tell.</summary>
    public long? FreeBytes()
    {
        Prepare(directory);
        try
        {
            return new DriveInfo(directory).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Opens a new file for what arrives; it is gone when it is closed without having been kept.</summary>
    public ArrivingDocument Receive()
    {
        var path = Path.Combine(Prepare(Path.Combine(directory, Incoming)), Guid.NewGuid().ToString("N"));
        return new ArrivingDocument(this, path);
    }

    /// <summary>The file of a document; null when it is not there.</summary>
    public FileStream? Open(string sha256)
    {
        try
        {
            return new FileStream(PathOf(sha256), new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan, BufferSize = BufferBytes });
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The SHA-256 of what a file holds, in lower-case hex; its position is at the beginning afterwards.</summary>
    public static async Task<string> HashAsync(FileStream file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        file.Position = 0;
        var hash = await SHA256.HashDataAsync(file, cancellationToken);
        file.Position = 0;
        return Convert.ToHexStringLower(hash);
    }

    /// <summary>Every file that lies where documents do, by its path below the directory; a document's is its name alone.</summary>
    public IEnumerable<string> All()
    {
        if (!System.IO.Directory.Exists(directory))
            return [];
        return System.IO.Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(directory, path))
            .Where(path => !path.StartsWith(Incoming + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            .Select(path => DocumentHash.IsValid(Path.GetFileName(path)) && path == Place(Path.GetFileName(path)) ? Path.GetFileName(path) : path);
    }

    /// <summary>Removes what silos that were killed left behind while it arrived.</summary>
    public void RemoveLeftovers(DateTimeOffset now)
    {
        var incoming = Path.Combine(directory, Incoming);
        if (!System.IO.Directory.Exists(incoming))
            return;
        foreach (var path in System.IO.Directory.EnumerateFiles(incoming))
        {
            if (now.UtcDateTime - File.GetLastWriteTimeUtc(path) > ArrivalMax)
                File.Delete(path);
        }
    }

    /// <summary>Moves a file to where its content belongs. What lies there has the same name and so, unless it was damaged, the same content.</summary>
    internal void Keep(string path, string sha256)
    {
        var target = PathOf(sha256);
        var (inner, outer) = (Path.GetDirectoryName(target)!, Path.GetDirectoryName(Path.GetDirectoryName(target))!);
        if (!System.IO.Directory.Exists(inner))
        {
            Prepare(inner);
            Sync(outer);
            Sync(directory);
        }

        File.Move(path, target, overwrite: true);
        Sync(inner);
    }

    private static string Place(string sha256) => Path.Combine(sha256[..2], sha256[2..4], sha256);

    private string PathOf(string sha256) => DocumentHash.IsValid(sha256)
        ? Path.Combine(directory, Place(sha256))
        : throw new ArgumentException($"'{sha256}' is not the name of a document.", nameof(sha256));

    private string Prepare(string path)
    {
        if (System.IO.Directory.Exists(path))
            return path;
        if (path != directory)
            Prepare(directory);
        if (OperatingSystem.IsWindows())
            System.IO.Directory.CreateDirectory(path);
        else
            UnixFiles.CreateDirectory(path, UnixFiles.OwnerOnlyDirectory);
        return path;
    }

    private static void Sync(string path)
    {
        if (!OperatingSystem.IsWindows())
            UnixFiles.SyncDirectory(path);
    }
}

/// <summary>The content of a document while it arrives.</summary>
public sealed class ArrivingDocument : IAsyncDisposable
{
    private readonly DocumentFiles _files;
    private readonly string _path;
    private bool _kept;

    internal ArrivingDocument(DocumentFiles files, string path)
    {
        (_files, _path) = (files, path);
        File = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.Asynchronous });
    }

    /// <summary>The file.</summary>
    public FileStream File { get; }

    /// <summary>Makes the content durable under its name, however often and by whomever the same is kept at the same time.</summary>
    public void Keep(string sha256)
    {
        File.Flush(flushToDisk: true);
        _files.Keep(_path, sha256);
        _kept = true;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await File.DisposeAsync();
        }
        finally
        {
            if (!_kept)
                System.IO.File.Delete(_path);
        }
    }
}
