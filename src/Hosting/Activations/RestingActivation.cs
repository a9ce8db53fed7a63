namespace Supervision.Hosting.Activations;

/// <summary>
/// A grain in memory that nobody has asked for since it was read or written: its state as it is stored. The state itself is a hundred objects, which the collector would
/// move twice while they grow old, at twice the price of reading them again; of most grains nothing is asked before they are written or displaced.
/// </summary>
/// <param name="Grain">The grain.</param>
/// <param name="Stored">Its state, as stored, in UTF-8.</param>
/// <param name="Version">The version.</param>
/// <param name="LastSeq">The seq of its last event.</param>
internal sealed record RestingActivation(GrainId Grain, byte[] Stored, long Version, long LastSeq)
{
    /// <summary>The grain with its state.</summary>
    public Activation Wake() => new(Grain, LedgerJson.ReadState(Stored), Version, LastSeq);
}
