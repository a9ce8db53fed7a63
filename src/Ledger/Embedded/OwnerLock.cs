namespace Supervision.Ledger.Embedded;

/// <summary>
/// The right to start and stop the server of a directory. The operating system holds it and lets go when the process
/// ends, however it ends; the file itself stays, because removing it would let two processes lock two files.
/// </summary>
internal sealed class OwnerLock : IDisposable
{
    // EWOULDBLOCK on Linux and macOS: another process has the lock.
    private static readonly int[] _heldElsewhere = [11, 35];

    private readonly FileStream _file;

    private OwnerLock(FileStream file) => _file = file;

    /// <summary>Takes the lock; null when another process, or another owner in this one, has it.</summary>
    public static OwnerLock? TryTake(string path)
    {
        try
        {
            return new OwnerLock(UnixFiles.OpenExclusively(path));
        }
        catch (IOException e) when (_heldElsewhere.Contains(e.HResult))
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();
}
