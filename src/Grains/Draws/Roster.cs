using System.Text.Json.Serialization;

namespace Supervision.Grains.Draws;

/// <summary>One candidate of a draw, as it was when the draw was announced.</summary>
/// <param name="Grain">Its identity.</param>
/// <param name="RiskClass">Its credit-risk class, A to D; null without one.</param>
/// <param name="Enterprise">The enterprise behind it; itself for an enterprise.</param>
/// <param name="Region">Six-digit code; null where the list gives none.</param>
/// <param name="Exclusion">Why it takes no part, one of <see cref="Drawable.ReasonsOf"/>; null: it does.</param>
[JsonConverter(typeof(RosterRowConverter))]
public readonly record struct RosterRow(Utf8Identity Grain, string? RiskClass, Utf8Identity Enterprise, string? Region, string? Exclusion);

/// <summary>
/// What a draw is made among: every holder of a title in its scope, those that take no part among them, with the reason. In the order of the
/// bytes of their identities, so that none can be there twice and none can be added or dropped without another root.
/// </summary>
public static class Roster
{
    /// <summary>Bytes of the key from which the salts are made, and of a salt twice over.</summary>
    public const int KeyLength = 32;

    /// <summary>Bytes of a salt.</summary>
    public const int SaltLength = 16;

    private const string LeafTag = "draw-roster/v1";

    private const string SaltTag = "draw-salt/v1";

    private const int ParallelFrom = 4096;

    /// <summary>The root over salted rows, which tells nothing about them before they are opened.</summary>
    /// <param name="rows">The rows, in order.</param>
    /// <param name="key">32 random bytes from which the salts are made.</param>
    public static byte[] Root(IReadOnlyList<RosterRow> rows, byte[] key)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return DrawTree.Root(Leaves(rows, Salts(key, rows.Count)));
    }

    /// <summary>The hashes of the rows, one behind the other.</summary>
    public static byte[] Leaves(IReadOnlyList<RosterRow> rows, ReadOnlyMemory<byte> salts)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var leaves = new byte[rows.Count * DrawHash.Length];
        Ranges.Run(rows.Count, ParallelFrom, (hash, i) =>
        {
            var row = rows[i];
            hash.BeginLeaf(LeafTag).Part(salts.Span.Slice(i * SaltLength, SaltLength))
                .Part(row.Grain.Bytes).Part(row.RiskClass).Part(row.Enterprise.Bytes).Part(row.Region).Part(row.Exclusion)
                .To(leaves.AsSpan(i * DrawHash.Length, DrawHash.Length));
        });
        return leaves;
    }

    /// <summary>The salts of rows: those of two neighbours are the halves of one hash of the key and their number halved.</summary>
    public static byte[] Salts(byte[] key, int count)
    {
        var salts = new byte[(count + 1) / 2 * DrawHash.Length];
        Ranges.Run((count + 1) / 2, ParallelFrom, (hash, pair) =>
            hash.Begin(SaltTag).Part(key).Number(pair).To(salts.AsSpan(pair * DrawHash.Length, DrawHash.Length)));
        return salts;
    }
}
