namespace Supervision.Hosting.Activations;

/// <summary>Has commands of the silo's own decided together, where one silo decides about all grains.</summary>
public interface ISendsTogether
{
    /// <summary>Reads the grains of several commands together, decides on all cores and commits them side by side.</summary>
    /// <returns>At the place of each command whether it was accepted; the others changed nothing and are to be sent alone, which tells why.</returns>
    Task<bool[]> TrySendAsync(IReadOnlyList<GroupedCommand> commands);
}

/// <summary>A command of a group, which is made of what its grains hold.</summary>
/// <param name="To">The grain addressed.</param>
/// <param name="Others">The other grains that it needs.</param>
/// <param name="Compose">Makes the command, given the states; null: there is nothing that could be sent so.</param>
public sealed record GroupedCommand(GrainId To, IReadOnlyList<GrainId> Others, Func<Func<GrainId, GrainState?>, GrainCommand?> Compose);
