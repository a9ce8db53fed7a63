namespace Supervision.Hosting.Activations;

/// <summary>
/// One command at a time per grain. Grains share a fixed number of turns by their hash, so that turns need no
/// bookkeeping; two grains that share one merely wait for each other.
/// </summary>
internal sealed class Turnstile
{
    // With a thousand commands under way, one in about sixteen waits for a stranger for a few milliseconds.
    private const int Turns = 16_384;

    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, Turns).Select(_ => new SemaphoreSlim(1, 1))];

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
            await _turns[turn].WaitAsync();
        return new Held(this, turns);
    }

    private static int TurnOf(GrainId grain) => (int)((uint)grain.GetHashCode() % Turns);

    /// <summary>Turns that are held until this is disposed.</summary>
    internal readonly struct Held(Turnstile turnstile, int[] turns) : IDisposable
    {
        public void Dispose()
        {
            foreach (var turn in turns)
                turnstile._turns[turn].Release();
        }
    }
}
