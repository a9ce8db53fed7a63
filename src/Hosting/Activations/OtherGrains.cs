using Supervision.Grains.Behaviour;

namespace Supervision.Hosting.Activations;

/// <summary>The other grains that a command needs.</summary>
internal sealed class OtherGrains
{
    /// <summary>None at all; never added to.</summary>
    public static readonly OtherGrains None = new();

    private readonly Dictionary<GrainId, KnownGrain> _known = [];
    private readonly List<Activation> _grains = [];

    /// <summary>State and version of each, as decisions take them.</summary>
    public IReadOnlyDictionary<GrainId, KnownGrain> Known => _known;

    /// <summary>Adds one that is not among them.</summary>
    public void Add(Activation grain)
    {
        _known.Add(grain.Grain, grain.Known);
        _grains.Add(grain);
    }

    /// <summary>Those that are needed after all; null when one is missing.</summary>
    public OtherGrains? Of(IReadOnlyList<GrainId> needed)
    {
        for (var i = 0; i < needed.Count; i++)
        {
            if (!_known.ContainsKey(needed[i]))
                return null;
        }

        if (needed.Count == _grains.Count)
            return this;
        var some = new OtherGrains();
        foreach (var grain in _grains.Where(grain => needed.Contains(grain.Grain)))
            some.Add(grain);
        return some;
    }

    /// <summary>The seq of the last event of one of them.</summary>
    public long LastSeqOf(GrainId grain)
    {
        foreach (var other in _grains)
        {
            if (other.Grain == grain)
                return other.LastSeq;
        }

        throw new InvalidOperationException($"{grain} was not asked for.");
    }
}
