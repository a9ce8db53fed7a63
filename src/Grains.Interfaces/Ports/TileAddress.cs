using System.Globalization;
using System.Text;

namespace Supervision;

/// <summary>
/// The address of a tile of the log by C2SP tlog-tiles: up to 256 hashes of one level, each of them over 256^level events. It is written
/// as <c>level/index</c>, the index in groups of three digits of which all but the last begin with an x (1234067 is
/// <c>x001/x234/067</c>), and of fewer than 256 hashes with <c>.p/width</c> behind it.
/// </summary>
/// <param name="Level">The level; on level 0 are the hashes of events.</param>
/// <param name="Index">The tile, counted from 0.</param>
/// <param name="Width">How many hashes it has; 256 are a full tile.</param>
public readonly record struct TileAddress(int Level, long Index, int Width)
{
    /// <summary>Hashes of a full tile.</summary>
    public const int WidthMax = 256;

    /// <summary>Bits of the number of hashes in a full tile.</summary>
    public const int Height = 8;

    /// <summary>No tree of 2^63 events has a tile above.</summary>
    public const int LevelMax = 7;

    private const string Partial = ".p/";

    // An index of so many groups is within a long.
    private const int GroupsMax = 6;

    /// <summary>The place of its first hash on its level.</summary>
    public long First => Index * WidthMax;

    /// <summary>Whether it will never have more hashes.</summary>
    public bool IsFull => Width == WidthMax;

    /// <summary>Reads an address; the form is exact, so that a tile has only one.</summary>
    public static bool TryParse(string level, string index, out TileAddress tile)
    {
        ArgumentNullException.ThrowIfNull(level);
        ArgumentNullException.ThrowIfNull(index);
        tile = default;
        var width = WidthMax;
        if (level.Length != 1 || !char.IsAsciiDigit(level[0]) || level[0] - '0' > LevelMax)
            return false;
        if (index.IndexOf(Partial, StringComparison.Ordinal) is >= 0 and var partial)
        {
            var text = index[(partial + Partial.Length)..];
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out width) || width is < 1 or >= WidthMax || text[0] == '0')
                return false;
            index = index[..partial];
        }

        if (!TryReadIndex(index, out var number))
            return false;
        tile = new TileAddress(level[0] - '0', number, width);
        return true;
    }

    /// <summary>Every tile that a tree of a size has on a level, from left to right; the last may be partial.</summary>
    public static IEnumerable<TileAddress> Of(int level, long treeSize)
    {
        var hashes = treeSize >> (Height * level);
        for (var index = 0L; index << Height < hashes; index++)
            yield return new TileAddress(level, index, (int)Math.Min(WidthMax, hashes - (index << Height)));
    }

    /// <summary>The address as it is written.</summary>
    public override string ToString()
    {
        var text = new StringBuilder((Index % 1000).ToString("000", CultureInfo.InvariantCulture));
        for (var rest = Index / 1000; rest > 0; rest /= 1000)
            text.Insert(0, $"x{(rest % 1000).ToString("000", CultureInfo.InvariantCulture)}/");
        text.Insert(0, $"{Level.ToString(CultureInfo.InvariantCulture)}/");
        return IsFull ? text.ToString() : $"{text}{Partial}{Width.ToString(CultureInfo.InvariantCulture)}";
    }

    private static bool TryReadIndex(string text, out long index)
    {
        index = 0;
        var groups = text.Split('/');
        for (var i = 0; i < groups.Length; i++)
        {
            var isLast = i == groups.Length - 1;
            var digits = isLast ? groups[i] : groups[i].TrimStart('x');
            if (digits.Length != 3 || groups[i].Length != (isLast ? 3 : 4) || !digits.All(char.IsAsciiDigit) || groups.Length > GroupsMax)
                return false;
            index = (index * 1000) + int.Parse(digits, CultureInfo.InvariantCulture);
        }

        // A leading group of zeros would be a second address of the same tile.
        return groups.Length == 1 || groups[0] != "x000";
    }
}
