using Supervision.Grains.Behaviour;
using Supervision.Grains.Views;

namespace Supervision.Hosting.Activations;

/// <summary>
/// A grain in memory: its state as of a version, with what is shown of it once somebody has asked. Until its state is asked for it rests as the text that the ledger stores: the state itself is
/// a hundred objects, which the collector would move twice while they grow old, at twice the price of reading them again; of most grains nothing is asked before they are written or displaced.
/// </summary>
public sealed class Activation
{
    // The text of the state in UTF-8, or the state awake; null: the grain has no events.
    private object? _form;

    private Activation(GrainId grain, object? form, long version, long lastSeq) => (Grain, _form, Version, LastSeq) = (grain, form, version, lastSeq);

    /// <summary>A grain that rests.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="stored">Its state, as stored, in UTF-8; null: it has no events.</param>
    /// <param name="version">The version.</param>
    /// <param name="lastSeq">The seq of its last event; 0 without events.</param>
    public static Activation Resting(GrainId grain, byte[]? stored, long version, long lastSeq) => new(grain, stored, version, lastSeq);

    /// <summary>A grain whose state is there already. Parameters as of <see cref="Resting"/>.</summary>
    public static Activation Of(GrainId grain, GrainState? state, long version, long lastSeq) => new(grain, state is null ? null : new Awake(state), version, lastSeq);

    /// <summary>The grain.</summary>
    public GrainId Grain { get; }

    /// <summary>The version.</summary>
    public long Version { get; }

    /// <summary>The seq of its last event.</summary>
    public long LastSeq { get; }

    /// <summary>The state, which is kept from now on; null: the grain has no events.</summary>
    public GrainState? State => Wake()?.State;

    /// <summary>State and version, as decisions take them; the state is kept from now on.</summary>
    public KnownGrain Known => new(State, Version);

    /// <summary>When the next deadline passes; null without one.</summary>
    public DateTimeOffset? WakeUp => Wake()?.WakeUp;

    /// <summary>State and version for whoever is about to write the grain: read anew while it rests, since what it becomes takes its place at once.</summary>
    public KnownGrain Read() => new(Volatile.Read(ref _form) is byte[] stored ? LedgerJson.ReadState(stored) : State, Version);

    /// <summary>The state as the ledger stores it, in UTF-8; null: the grain has no events.</summary>
    public byte[]? ToStored() => Volatile.Read(ref _form) switch
    {
        byte[] stored => stored,
        Awake awake => LedgerJson.Write(awake.State),
        _ => null,
    };

    /// <summary>What is shown of the entity as long as nothing is due; null for what is no registered entity.</summary>
    public EntitySnapshot? Snapshot() => Wake() is { } awake ? awake.Snapshot ??= SnapshotOf(Grain, new KnownGrain(awake.State, Version)) : null;

    /// <summary>As <see cref="Snapshot"/>, but the state is not read before the snapshot is looked at.</summary>
    public EntitySnapshot? LaterSnapshot() =>
        Volatile.Read(ref _form) is byte[] && Grain.Kind.IsSubject ? new EntitySnapshot(() => EntityViews.Of(Grain, (GrainState.Subject)State!, Version)) : Snapshot();

    /// <summary>What is shown of a grain as it is known.</summary>
    internal static EntitySnapshot? SnapshotOf(GrainId grain, KnownGrain known) => known.State is GrainState.Subject subject
        ? new EntitySnapshot(() => EntityViews.Of(grain, subject, known.Version))
        : null;

    private Awake? Wake()
    {
        var form = Volatile.Read(ref _form);
        if (form is not byte[] stored)
            return (Awake?)form;
        var awake = new Awake(LedgerJson.ReadState(stored));
        // Somebody may have been quicker.
        return Interlocked.CompareExchange(ref _form, awake, form) is Awake other ? other : awake;
    }

    private sealed class Awake(GrainState state)
    {
        public GrainState State => state;

        public DateTimeOffset? WakeUp { get; } = GrainBehaviour.NextWakeUp(state);

        public EntitySnapshot? Snapshot { get; set; }
    }
}
