using System.Globalization;
using Supervision.Ledger.Merkle;

namespace Supervision.Ledger.Log;

/// <summary>What a checkpoint says (C2SP tlog-checkpoint): three lines, the origin, the size in decimal digits, the root in base64.</summary>
/// <param name="Origin">The name of the log.</param>
/// <param name="Size">The number of events.</param>
/// <param name="Root">The root of the tree over them.</param>
public sealed record Checkpoint(string Origin, long Size, byte[] Root)
{
    /// <summary>Whether two say the same of the tree.</summary>
    public bool IsOf(TreeEnd end)
    {
        ArgumentNullException.ThrowIfNull(end);
        return Size == end.Size && Root.AsSpan().SequenceEqual(end.Root);
    }

    /// <summary>Reads the text of a checkpoint; lines behind the third are for extensions.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static Checkpoint Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Split('\n') is [{ Length: > 0 } origin, var size, var root, ..]
            && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && (number == 0 ? size == "0" : size[0] != '0')
            && NoteVerifier.TryBase64(root, out var hash) && hash.Length == MerkleFrontier.HashLength)
            return new Checkpoint(origin, number, hash);
        throw new FormatException("This is not a checkpoint: its lines are the origin, the size in digits, and the root in base64.");
    }

    /// <summary>The text as it is signed.</summary>
    public string ToText() => $"{Origin}\n{Size.ToString(CultureInfo.InvariantCulture)}\n{Convert.ToBase64String(Root)}\n";
}
