using Supervision.Ledger.Embedded;

namespace Supervision.Ledger.Log;

/// <summary>The keys of a log and the last checkpoint signed with them, as far as they are there.</summary>
/// <param name="Signers">The keys; every one signs each checkpoint. Null: the file is not there.</param>
/// <param name="Last">The last signed checkpoint; null: the file is not there.</param>
public sealed record LogFilesContent(IReadOnlyList<NoteSigner>? Signers, SignedNote? Last);

/// <summary>
/// Keys and last checkpoint of the log, in a directory that silos of one database share. They lie outside the database because a log that
/// was set back with it would sign what contradicts what it has signed. Files appear whole and durable or not at all; both come into being
/// together, so that one without the other was lost. Needs a file system with modes (not Windows).
/// </summary>
public sealed class LogFiles(string directory)
{
    private const string Keys = "keys";

    private const string LastCheckpoint = "checkpoint";

    private const string Lock = "lock";

    /// <summary>The directory.</summary>
    public string Directory => directory;

    /// <summary>Whether the directory is there.</summary>
    public bool Exist => System.IO.Directory.Exists(directory);

    /// <summary>What is there.</summary>
    /// <exception cref="FormatException">A file is not what it should be.</exception>
    public LogFilesContent Read()
    {
        var keys = Text(Keys)?.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(NoteSigner.Parse).ToList();
        return new LogFilesContent(keys, ReadLast());
    }

    /// <summary>The last signed checkpoint; null: it is not there.</summary>
    /// <exception cref="FormatException">The file is not what it should be.</exception>
    public SignedNote? ReadLast() => Text(LastCheckpoint) is { } note ? SignedNote.Parse(note) : null;

    /// <summary>Keeps everybody else from signing until what is returned is disposed; null: another process holds it.</summary>
    public IDisposable? TryHold() => OwnerLock.TryTake(Path.Combine(directory, Lock));

    /// <summary>Makes the directory with a key and a first checkpoint; false: somebody else was quicker.</summary>
    public bool TryBegin(IReadOnlyList<NoteSigner> signers, SignedNote first)
    {
        var draft = $"{directory}.{Guid.NewGuid():N}";
        UnixFiles.CreateDirectory(draft, UnixFiles.OwnerOnlyDirectory);
        try
        {
            Write(draft, Keys, TextOf(signers));
            Write(draft, LastCheckpoint, first.ToString());
            System.IO.Directory.Move(draft, directory);
        }
        catch (IOException) when (Exist)
        {
            System.IO.Directory.Delete(draft, recursive: true);
            return false;
        }

        UnixFiles.SyncDirectory(Path.GetDirectoryName(directory)!);
        return true;
    }

    /// <summary>Replaces the last checkpoint. Only for who holds the directory.</summary>
    public void WriteLast(SignedNote note)
    {
        ArgumentNullException.ThrowIfNull(note);
        Write(directory, LastCheckpoint, note.ToString());
    }

    /// <summary>Replaces the keys. Only for who holds the directory.</summary>
    public void WriteKeys(IReadOnlyList<NoteSigner> signers) => Write(directory, Keys, TextOf(signers));

    /// <summary>Makes the directory where it is missing, without a key.</summary>
    public void Prepare() => UnixFiles.CreateDirectory(directory, UnixFiles.OwnerOnlyDirectory);

    private static string TextOf(IReadOnlyList<NoteSigner> signers) => string.Concat(signers.Select(signer => $"{signer.ToText()}\n"));

    private static void Write(string directory, string name, string text)
    {
        UnixFiles.Write(Path.Combine(directory, name), text, UnixFiles.OwnerOnly);
        UnixFiles.SyncDirectory(directory);
    }

    private string? Text(string name)
    {
        try
        {
            return File.ReadAllText(Path.Combine(directory, name));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
