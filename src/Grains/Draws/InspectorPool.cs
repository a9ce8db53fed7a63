using System.Text.Json.Serialization;

namespace Supervision.Grains.Draws;

/// <summary>One inspector among those that a draw is made with, as they were when it was announced.</summary>
/// <param name="Id">The inspector.</param>
/// <param name="Regions">Codes of the regions in which they inspect; none: everywhere.</param>
/// <param name="CertificateValidUntil">Last day on which their certificate (执法证件) is valid.</param>
/// <param name="Conflicts">Enterprises that they may not inspect (回避).</param>
/// <param name="Load">Open checks that name them already.</param>
/// <param name="Fields">Fields of expertise; null in draws without any (<c>draw/v1</c>).</param>
public sealed record PoolRow(
    string Id, IReadOnlyList<string> Regions, DateOnly CertificateValidUntil, IReadOnlyList<string> Conflicts, int Load,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Fields = null);

/// <summary>The inspectors that a draw is made with, in the order of the bytes of their ids.</summary>
public static class InspectorPool
{
    private const string LeafTag = "draw-inspector-pool/v1";

    private const string LeafTagV2 = "draw-inspector-pool/v2";

    /// <summary>The root over salted rows.</summary>
    /// <param name="rows">The rows, in order.</param>
    /// <param name="key">32 random bytes from which the salts are made, as those of a roster are.</param>
    public static byte[] Root(IReadOnlyList<PoolRow> rows, byte[] key) => DrawTree.Root(Leaves(rows, key));

    /// <summary>The hashes of the rows, one behind the other.</summary>
    public static byte[] Leaves(IReadOnlyList<PoolRow> rows, byte[] key)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var salts = Roster.Salts(key, rows.Count);
        var leaves = new byte[rows.Count * DrawHash.Length];
        var hash = new DrawHash();
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            hash.BeginLeaf(row.Fields is null ? LeafTag : LeafTagV2).Part(salts.AsSpan(i * Roster.SaltLength, Roster.SaltLength)).Part(row.Id).Part(string.Join('\n', row.Regions))
                .Part(row.CertificateValidUntil.ToString("O", System.Globalization.CultureInfo.InvariantCulture)).Part(string.Join('\n', row.Conflicts)).Number(row.Load);
            if (row.Fields is { } fields)
                hash.Part(string.Join('\n', fields));
            hash.To(leaves.AsSpan(i * DrawHash.Length, DrawHash.Length));
        }

        return leaves;
    }
}
