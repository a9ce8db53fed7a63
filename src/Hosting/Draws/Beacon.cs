using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Supervision.Hosting.Draws;

/// <summary>Asks a public source of randomness for the round of an instant.</summary>
public sealed class Beacon(IOptions<BeaconOptions> options, HttpClient http)
{
    /// <summary>Whether a source is configured.</summary>
    public bool IsThere => options.Value.Url is not null;

    /// <summary>The first round that is made at an instant or after it.</summary>
    public long RoundAt(DateTimeOffset instant) =>
        1 + Math.Max(0, (instant.ToUnixTimeMilliseconds() - (options.Value.Genesis * 1000) + (options.Value.Period * 1000L) - 1) / (options.Value.Period * 1000L));

    /// <summary>What announcements call the round of an instant, so that anybody finds it.</summary>
    public string SourceAt(DateTimeOffset instant) => $"{options.Value.Url!.ToString().TrimEnd('/')}/public/{RoundAt(instant)}, member randomness";

    /// <summary>The randomness of the round of an instant, in lower-case hex; null: it cannot be had now.</summary>
    public async Task<string?> ValueAsync(DateTimeOffset instant, CancellationToken cancellationToken)
    {
        try
        {
            var round = await http.GetFromJsonAsync<Round>($"{options.Value.Url!.ToString().TrimEnd('/')}/public/{RoundAt(instant)}", Web, cancellationToken);
            // The randomness of a round is the hash of its signature, which whoever doubts it verifies with the key of the source.
            return round is { Randomness: { } randomness, Signature: { } signature } && round.Number == RoundAt(instant)
                && string.Equals(Convert.ToHexStringLower(SHA256.HashData(Convert.FromHexString(signature))), randomness, StringComparison.OrdinalIgnoreCase)
                ? randomness.ToLowerInvariant()
                : null;
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or FormatException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private sealed record Round([property: System.Text.Json.Serialization.JsonPropertyName("round")] long Number, string? Randomness, string? Signature);
}
