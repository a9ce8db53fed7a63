using System.Buffers.Binary;
using System.Text;

namespace Supervision.Hosting.Imports;

/// <summary>What the rows of a file entered so far, so that none enters the same twice. Sixteen bytes a row: files have millions.</summary>
internal sealed class SeenRows
{
    private readonly HashSet<UInt128> _seen = [];

    /// <summary>Whether the row is the first of its grain and title.</summary>
    public bool Add(ListedRow row)
    {
        var grant = row.Listing?.Grant;
        var text = row.Listing is null ? $"{row.Grain}\0{row.Command}" : $"{row.Grain}\0{grant?.Policy}\0{grant?.Honour}\0{grant?.Level}";
        return _seen.Add(BinaryPrimitives.ReadUInt128BigEndian(Sha256.HashData(Encoding.UTF8.GetBytes(text))));
    }
}
