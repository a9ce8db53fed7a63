namespace Supervision.Grains.Draws;

/// <summary>How many are drawn in each stratum.</summary>
public static class Quotas
{
    /// <summary>By rate: of each stratum its share, rounded up.</summary>
    public static int Of(decimal rate, int eligible) => (int)decimal.Ceiling(rate * eligible);

    /// <summary>
    /// By size: in proportion to what takes part, by the largest remainder; among equal remainders the stratum before.
    /// </summary>
    /// <param name="size">How many are drawn, at most as many as take part.</param>
    /// <param name="eligible">How many take part in each stratum.</param>
    public static int[] Split(int size, IReadOnlyList<int> eligible)
    {
        ArgumentNullException.ThrowIfNull(eligible);
        var total = eligible.Sum(count => (long)count);
        var quotas = new int[eligible.Count];
        if (total == 0)
            return quotas;
        var remainders = new List<(long Remainder, int Stratum)>();
        for (var i = 0; i < quotas.Length; i++)
        {
            quotas[i] = (int)(size * (long)eligible[i] / total);
            remainders.Add((size * (long)eligible[i] % total, i));
        }

        foreach (var (_, stratum) in remainders.OrderByDescending(entry => entry.Remainder).ThenBy(entry => entry.Stratum).Take(size - quotas.Sum()))
            quotas[stratum]++;
        return quotas;
    }
}
