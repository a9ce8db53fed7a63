using Supervision.Grains.Behaviour;
using Supervision.Grains.Views;

namespace Supervision.Hosting.Activations;

/// <summary>A grain in memory: its state as of a version, immutable, with what is shown of it once somebody has asked.</summary>
/// <param name="grain">The grain.</param>
/// <param name="state">The state; null: it has no events.</param>
/// <param name="version">The version.</param>
/// <param name="lastSeq">The seq of its last event; 0 without events.</param>
public sealed class Activation(GrainId grain, GrainState? state, long version, long lastSeq)
{
    private EntitySnapshot? _snapshot;

    /// <summary>The grain.</summary>
    public GrainId Grain => grain;

    /// <summary>The state; null: it has no events.</summary>
    public GrainState? State => state;

    /// <summary>The version.</summary>
    public long Version => version;

    /// <summary>The seq of its last event.</summary>
    public long LastSeq => lastSeq;

    /// <summary>State and version, as decisions take them.</summary>
    public KnownGrain Known => new(state, version);

    /// <summary>When the next deadline passes; null without one.</summary>
    public DateTimeOffset? WakeUp { get; } = GrainBehaviour.NextWakeUp(state);

    /// <summary>What is shown of the entity as long as nothing is due; null for what is no registered entity.</summary>
    public EntitySnapshot? Snapshot() => _snapshot ??= SnapshotOf(grain, Known);

    internal static EntitySnapshot? SnapshotOf(GrainId grain, KnownGrain known) => known.State is GrainState.Subject subject
        ? new EntitySnapshot(() => EntityViews.Of(grain, subject, known.Version))
        : null;
}
