namespace Supervision.Hosting.Activations;

/// <summary>
/// One command at a time per grain. Grains share a fixed number of turns by their hash, so that turns need no
/// bookkeeping; two grains that share one merely wait for each other.
/// </summary>
internal sealed class Turnstile
{
    // With a thousand commands under way, one in about two hundred and fifty waits for a stranger.
    private const int Turns = 262_144;

    // Made when they are needed first: most never are.
    private readonly SemaphoreSlim?[] _turns = new SemaphoreSlim?[Turns];

    /// <summary>Waits for the turn of a grain.</summary>
    public ValueTask<Held> EnterAsync(GrainId grain) => EnterTurnsAsync([TurnOf(grain)]);

    /// <summary>Waits for the turns of several grains, always in the same order, so that nobody waits in a circle.</summary>
    public ValueTask<Held> EnterAsync(GrainId grain, IReadOnlyList<GrainId> others)
    {
        if (others.Count == 0)
            return EnterAsync(grain);
        return EnterAsync([.. others, grain]);
    }

    /// <summary>Waits for the turns of many grains.</summary>
    public ValueTask<Held> EnterAsync(IReadOnlyList<GrainId> grains) => EnterTurnsAsync([.. grains.Select(TurnOf).Distinct().Order()]);

    private async ValueTask<Held> EnterTurnsAsync(int[] turns)
    {
        foreach (var turn in turns)
            await At(turn).WaitAsync();
        return new Held(this, turns);
    }

    /// <summary>Takes the turn of a grain when nobody has it.</summary>
    public bool TryEnter(GrainId grain, out Held held)
    {
        int[] turns = [TurnOf(grain)];
        held = new Held(this, turns);
        return At(turns[0]).Wait(0);
    }

    private SemaphoreSlim At(int turn)
    {
        if (Volatile.Read(ref _turns[turn]) is { } made)
            return made;
        var added = new SemaphoreSlim(1, 1);
        return Interlocked.CompareExchange(ref _turns[turn], added, null) ?? added;
    }

    private static int TurnOf(GrainId grain) => (int)((uint)grain.GetHashCode() % Turns);

    /// <summary>Turns that are held until this is disposed.</summary>
    internal readonly struct Held(Turnstile turnstile, int[] turns) : IDisposable
    {
        public void Dispose()
        {
            foreach (var turn in turns)
                turnstile.At(turn).Release();
        }
    }
}
