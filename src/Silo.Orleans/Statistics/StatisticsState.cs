namespace Supervision.Silo.Orleans.Statistics;

/// <summary>What became of commands in a cluster, as it is stored.</summary>
internal sealed class StatisticsState
{
    /// <summary>Most silos that are kept one by one: where they come and go at new addresses, those not heard of for longest become one.</summary>
    public const int SilosMax = 100;

    /// <summary>Under what name the silos that are not kept one by one are.</summary>
    public const string Others = "others";

    public Dictionary<string, SiloCounts> Silos { get; init; } = [];

    /// <summary>Takes a report.</summary>
    /// <returns>Whether anything is different now.</returns>
    public bool Take(SiloReport report)
    {
        if (!Silos.TryGetValue(report.Silo, out var silo))
            Silos[report.Silo] = silo = new SiloCounts { Since = report.At, Generation = report.Generation };
        if (report.Generation < silo.Generation)
            return false;
        if (report.Generation > silo.Generation)
        {
            Add(silo.Before, silo.Current);
            silo.Generation = report.Generation;
        }

        (silo.Current, silo.ReportedAt) = (new(report.Counts), report.At);
        while (Silos.Count > SilosMax + 1)
            Merge(Silos.Where(known => known.Key != Others && known.Key != report.Silo).MinBy(known => known.Value.ReportedAt).Key);
        return true;
    }

    private void Merge(string name)
    {
        Silos.Remove(name, out var gone);
        if (!Silos.TryGetValue(Others, out var others))
            Silos[Others] = others = new SiloCounts { Since = gone!.Since };
        Add(others.Before, gone!.Before);
        Add(others.Before, gone.Current);
        others.Since = gone.Since < others.Since ? gone.Since : others.Since;
        others.ReportedAt = gone.ReportedAt > others.ReportedAt ? gone.ReportedAt : others.ReportedAt;
    }

    private static void Add(Dictionary<string, CommandCounts> sum, Dictionary<string, CommandCounts> more)
    {
        foreach (var (kind, counts) in more)
            sum[kind] = sum.GetValueOrDefault(kind) + counts;
    }

    /// <summary>What one silo has counted.</summary>
    internal sealed class SiloCounts
    {
        public DateTimeOffset Since { get; set; }

        public DateTimeOffset ReportedAt { get; set; }

        /// <summary>The start whose counts are in <see cref="Current"/>.</summary>
        public int Generation { get; set; }

        /// <summary>The counts of earlier starts.</summary>
        public Dictionary<string, CommandCounts> Before { get; init; } = [];

        public Dictionary<string, CommandCounts> Current { get; set; } = [];

        public SiloTotals Totals(string silo)
        {
            var sum = new Dictionary<string, CommandCounts>(Before);
            Add(sum, Current);
            return new SiloTotals(silo, Since, ReportedAt, sum);
        }
    }
}
