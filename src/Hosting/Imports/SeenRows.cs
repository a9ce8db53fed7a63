using System.Buffers.Binary;
using System.Text;

namespace Supervision.Hosting.Imports;

/// <summary>What the rows of a file entered so far, so that none enters the same twice. Sixteen bytes a row: files have millions.</summary>
internal sealed class SeenRows
{
    private readonly HashSet<UInt128> _seen = [];

    /// <summary>Whether the row is the first of what it enters.</summary>
    public bool Add(ListedRow row)
    {
        var text = row.Command switch
        {
            // An entity has a row for each of its titles, an enterprise one for each fact about it, an inspector only one.
            GrainCommand.ImportListing { Grant: { } grant } => $"{row.Grain}\0{grant.Policy}\0{grant.Honour}\0{grant.Level}",
            GrainCommand.RecordVeto veto => $"{row.Grain}\0{veto}",
            _ => row.Grain.Value,
        };
        return _seen.Add(BinaryPrimitives.ReadUInt128BigEndian(Sha256.HashData(Encoding.UTF8.GetBytes(text))));
    }
}
