using Supervision.Grains.Behaviour;
using Supervision.Grains.Views;

namespace Supervision.Hosting.Activations;

/// <summary>A grain in memory: its state as of a version, immutable, with what is shown of it once somebody has asked.</summary>
internal sealed class Activation(GrainId grain, GrainState? state, long version, long lastSeq)
{
    private EntitySnapshot? _snapshot;

    public GrainId Grain => grain;

    public GrainState? State => state;

    public long Version => version;

    public long LastSeq => lastSeq;

    public KnownGrain Known => new(state, version);

    public DateTimeOffset? WakeUp { get; } = GrainBehaviour.NextWakeUp(state);

    /// <summary>What is shown of the entity as long as nothing is due; null for what is no registered entity.</summary>
    public EntitySnapshot? Snapshot() => _snapshot ??= SnapshotOf(grain, Known);

    public static EntitySnapshot? SnapshotOf(GrainId grain, KnownGrain known) => known.State is GrainState.Subject subject
        ? new EntitySnapshot(() => EntityViews.Of(grain, subject, known.Version))
        : null;
}
