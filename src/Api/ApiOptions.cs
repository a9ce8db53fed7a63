using System.ComponentModel.DataAnnotations;

namespace Supervision.Api;

/// <summary>Bounds of the HTTP interface.</summary>
public sealed class ApiOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Api";

    /// <summary>
    /// Longest wait for the outcome of a command, after which the answer is 503 and the outcome unknown. Longer waits keep
    /// more requests in memory while the database does not answer. Default: 5 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan CommandWaitMax { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest wait for reads to reflect the ledger up to <c>minSeq</c>. Default: 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan ReadWaitMax { get; set; } = TimeSpan.FromSeconds(5);
}
