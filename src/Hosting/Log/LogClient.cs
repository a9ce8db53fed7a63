using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Supervision.Hosting.Log;

/// <summary>Reads a log over HTTP, as anyone may.</summary>
/// <param name="http">The client.</param>
/// <param name="log">Where the log is, for example <c>https://example.org/log</c>.</param>
public sealed class LogClient(HttpClient http, Uri log)
{
    private const int AttemptsMax = 60;

    private static readonly TimeSpan WaitDefault = TimeSpan.FromSeconds(1);

    private readonly string _base = log.ToString().TrimEnd('/');

    /// <summary>The newest checkpoint, as it is written.</summary>
    public async Task<string> CheckpointAsync(CancellationToken cancellationToken) => await TextAsync("checkpoint", cancellationToken);

    /// <summary>The keys that the log tells of itself.</summary>
    public async Task<IReadOnlyList<string>> KeysAsync(CancellationToken cancellationToken) =>
        (await TextAsync("key", cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The hashes of a tile; null: the log does not give out as many.</summary>
    public async Task<byte[]?> TileAsync(TileAddress tile, CancellationToken cancellationToken)
    {
        using var answer = await GetAsync($"tile/{tile}", cancellationToken);
        // 500: an event that is missing before others.
        if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.InternalServerError)
            return null;
        var bytes = await Whole(answer).Content.ReadAsByteArrayAsync(cancellationToken);
        return bytes.Length == tile.Width * 32 ? bytes : null;
    }

    /// <summary>What the log proves of an event.</summary>
    public async Task<LoggedInclusion> ProofAsync(long seq, long treeSize, CancellationToken cancellationToken)
    {
        using var answer = await GetAsync(string.Create(CultureInfo.InvariantCulture, $"proof?seq={seq}&treeSize={treeSize}"), cancellationToken);
        return await Whole(answer).Content.ReadFromJsonAsync<LoggedInclusion>(JsonSerializerOptions.Web, cancellationToken)
            ?? throw new FormatException("The proof is empty.");
    }

    private async Task<string> TextAsync(string path, CancellationToken cancellationToken)
    {
        using var answer = await GetAsync(path, cancellationToken);
        return await Whole(answer).Content.ReadAsStringAsync(cancellationToken);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answer = await http.GetAsync(new Uri($"{_base}/{path}"), cancellationToken);
            if (answer.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable) || attempt == AttemptsMax)
                return answer;
            var wait = answer.Headers.RetryAfter?.Delta ?? WaitDefault;
            answer.Dispose();
            await Task.Delay(wait, cancellationToken);
        }
    }

    private static HttpResponseMessage Whole(HttpResponseMessage answer) => answer.IsSuccessStatusCode
        ? answer
        : throw new HttpRequestException($"{answer.RequestMessage!.RequestUri} answers {(int)answer.StatusCode}.", null, answer.StatusCode);
}

/// <summary>A proof as the log writes it.</summary>
/// <param name="LeafHash">The hash of the event's leaf, in hex.</param>
/// <param name="Path">The hashes of the proof, in hex.</param>
/// <param name="Leaf">The leaf, where it is told.</param>
public sealed record LoggedInclusion(string LeafHash, IReadOnlyList<string> Path, string? Leaf);
