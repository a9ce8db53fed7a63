using System.Diagnostics.CodeAnalysis;

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
    public ValueTask<Held> EnterAsync(GrainId grain, IReadOnlyList<GrainId> others) => others.Count == 0 ? EnterAsync(grain) : EnterAsync([.. others, grain]);

    /// <summary>Waits for the turns of many grains.</summary>
    public ValueTask<Held> EnterAsync(IReadOnlyList<GrainId> grains) => EnterTurnsAsync([.. grains.Select(TurnOf).Distinct().Order()]);

    private async ValueTask<Held> EnterTurnsAsync(int[] turns)
    {
        foreach (var turn in turns)
            await At(turn).WaitAsync();
        return new Held(this, turns);
    }

    /// <summary>Takes the turn of a grain when nobody has it.</summary>
    public bool TryEnter(GrainId grain, [NotNullWhen(true)] out Held? held)
    {
        var turn = TurnOf(grain);
        held = At(turn).Wait(0) ? new Held(this, [turn]) : null;
        return held is not null;
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
    internal sealed class Held(Turnstile turnstile, int[] turns) : IDisposable
    {
        private int[] _turns = turns;

        /// <summary>
        /// Takes the turns of more grains if nobody has any of them. Whoever waits for a turn holds none that comes after it; whoever holds some already must not wait, and if this fails has to
        /// give them up and wait for all in their order.
        /// </summary>
        public bool TryAdd(IReadOnlyList<GrainId> grains)
        {
            foreach (var grain in grains)
            {
                var turn = TurnOf(grain);
                if (Array.IndexOf(_turns, turn) >= 0)
                    continue;
                if (!turnstile.At(turn).Wait(0))
                    return false;
                _turns = [.. _turns, turn];
            }

            return true;
        }

        public void Dispose()
        {
            foreach (var turn in _turns)
                turnstile.At(turn).Release();
            _turns = [];
        }
    }
}
