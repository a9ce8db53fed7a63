namespace Supervision.Hosting.WakeUps;

/// <summary>Wakes grains where they live.</summary>
public interface IWakesGrains
{
    /// <summary>Wakes grains together.</summary>
    /// <param name="due">The grains, in the order in which they are to be woken.</param>
    /// <param name="onFailure">Told of a grain that could not be woken.</param>
    /// <returns>How many had something due.</returns>
    Task<int> WakeAsync(IReadOnlyList<GrainId> due, Action<GrainId, Exception> onFailure);
}
