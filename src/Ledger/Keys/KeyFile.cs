using Supervision.Ledger.Embedded;

namespace Supervision.Ledger.Keys;

/// <summary>A key of the silo in a file of its own that only its owner may read, outside the database and its backups.</summary>
public static class KeyFile
{
    /// <summary>Makes the file, and its directory, unless it is there. Of several silos that do so at once one succeeds, and all read the same afterwards.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="text">What it is to hold.</param>
    public static void Ensure(string path, string text)
    {
        UnixFiles.CreateDirectory(Path.GetDirectoryName(path)!, UnixFiles.OwnerOnlyDirectory);
        UnixFiles.WriteNew(path, text, UnixFiles.OwnerOnly);
    }
}
