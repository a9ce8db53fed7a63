namespace Supervision.Grains.Draws;

/// <summary>Hashing of many things on all processors; what comes out does not depend on their number.</summary>
internal static class Ranges
{
    private const int RangeLength = 2048;

    /// <summary>Does something for each number from 0, with a hash of its own for each thread.</summary>
    public static void Run(int count, int parallelFrom, Action<DrawHash, int> each)
    {
        if (count < parallelFrom)
        {
            var hash = new DrawHash();
            for (var i = 0; i < count; i++)
                each(hash, i);
            return;
        }

        Parallel.For(0, (count + RangeLength - 1) / RangeLength, () => new DrawHash(), (range, _, hash) =>
        {
            var end = Math.Min(count, (range + 1) * RangeLength);
            for (var i = range * RangeLength; i < end; i++)
                each(hash, i);
            return hash;
        }, _ => { });
    }
}
