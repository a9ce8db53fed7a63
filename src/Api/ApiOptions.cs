using System.ComponentModel.DataAnnotations;

namespace Supervision.Api;

/// <summary>Bounds of the HTTP interface.</summary>
public sealed class ApiOptions : IValidatableObject
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

    /// <summary>
    /// Longest time for a request, after which the answer is 503; imports, exports, streams, status lists and the clock have
    /// none. Default: 30 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan RequestTimeMax { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Most clients of the event stream on a silo; each costs about 30 KB of memory. Others are told to come later. Default: 12,000.
    /// </summary>
    [Range(1, 1_000_000)]
    public int StreamsMax { get; set; } = 12_000;

    /// <summary>
    /// Networks (CIDR) of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed; behind any other every request
    /// seems to come from the proxy. Default: none.
    /// </summary>
    public string[] TrustedProxies { get; set; } = [];

    /// <summary>
    /// The address under which everyone reaches the service, for links and QR codes to public pages, for example
    /// <c>https://green.example.cn</c>. Default: none; links are relative, and QR codes name the address that was asked.
    /// </summary>
    public string? PublicUrl { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var network in TrustedProxies.Where(network => !System.Net.IPNetwork.TryParse(network, out _)))
            yield return new ValidationResult($"'{network}' is not a network; one in CIDR notation is needed, for example 10.0.0.0/8.", [nameof(TrustedProxies)]);
        if (PublicUrl is not null && !(Uri.TryCreate(PublicUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Query.Length == 0 && url.Fragment.Length == 0))
            yield return new ValidationResult($"'{PublicUrl}' is not an address; one with http or https and without a query is needed, for example https://green.example.cn.", [nameof(PublicUrl)]);
    }
}
