namespace Supervision.Hosting.WakeUps;

/// <summary>Wakes grains where they live.</summary>
public interface IWakesGrains
{
    /// <summary>Wakes grains together.</summary>
    /// <param name="due">The grains, in the order in which they are to be woken.</param>
    /// <param name="onFailure">Told of a grain that could not be woken.</param>
    /// <returns>Their waking, once others may be woken behind them.</returns>
    Task<Waking> WakeAsync(IReadOnlyList<GrainId> due, Action<GrainId, Exception> onFailure);
}

/// <summary>Grains that are being woken.</summary>
/// <param name="Woken">Ends when what came due is durable, with how many grains had something due.</param>
public readonly record struct Waking(Task<int> Woken);
