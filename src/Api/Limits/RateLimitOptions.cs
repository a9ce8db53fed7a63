using System.ComponentModel.DataAnnotations;

namespace Supervision.Api.Limits;

/// <summary>
/// How many requests a silo takes from one sender: a bucket of tokens for each key, and one for each network address
/// without a key. What a person or a program in their service does stays far below.
/// </summary>
public sealed class RateLimitOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "RateLimits";

    /// <summary>How often buckets are filled up. Default: 1 second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan Period { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Requests that a key gains in a period. Default: 1,000.</summary>
    [Range(1, 1_000_000)]
    public int KeyRequests { get; set; } = 1_000;

    /// <summary>Most requests that a key can save up. Default: 5,000.</summary>
    [Range(1, 10_000_000)]
    public int KeyBurst { get; set; } = 5_000;

    /// <summary>Requests without a valid key that a network address (IPv6: its /64) gains in a period. Default: 100.</summary>
    [Range(1, 1_000_000)]
    public int AddressRequests { get; set; } = 100;

    /// <summary>Most requests without a valid key that a network address can save up. Default: 1,000.</summary>
    [Range(1, 10_000_000)]
    public int AddressBurst { get; set; } = 1_000;
}
