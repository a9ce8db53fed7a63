using System.Buffers;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Microsoft.Extensions.Options;

namespace Supervision.Hosting.Webhooks;

/// <summary>What a receiver answered.</summary>
/// <param name="Summary">What is kept of it.</param>
/// <param name="RetryAfter">For how long it asked not to be sent anything.</param>
public sealed record Answer(ResponseSummary Summary, TimeSpan? RetryAfter);

/// <summary>
/// Sends to receivers, whom nobody vouches for: no redirects, no proxy, no cookies, nothing unpacked; an answer is read up to 16 KB of headers and 64 KiB
/// of body, everything within one time. Every address that a name leads to has to be allowed, and one of those that were looked at is connected to, so that a
/// name that leads elsewhere the next time gains nothing.
/// </summary>
public sealed class ReceiverClient : IDisposable
{
    private const int HeaderKilobytesMax = 16;

    private const int BodyBytesMax = 64 << 10;

    private const int ExcerptLengthMax = 200;

    // Asked for longer, it is tried in an hour all the same.
    private static readonly TimeSpan RetryAfterMax = TimeSpan.FromHours(1);

    private readonly AddressRules _rules;
    private readonly WebhookOptions _options;
    private readonly TimeProvider _clock;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve;
    private readonly HttpMessageInvoker _http;

    /// <summary>A client that resolves names as the machine does.</summary>
    public ReceiverClient(AddressRules rules, IOptions<WebhookOptions> options, TimeProvider clock)
        : this(rules, options, clock, Dns.GetHostAddressesAsync)
    {
    }

    internal ReceiverClient(AddressRules rules, IOptions<WebhookOptions> options, TimeProvider clock, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_rules, _options, _clock, _resolve) = (rules, options.Value, clock, resolve);
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxResponseHeadersLength = HeaderKilobytesMax,
            // What is left of an answer is not read to save its connection.
            MaxResponseDrainSize = 0,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            ActivityHeadersPropagator = null,
            SslOptions = new SslClientAuthenticationOptions { EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 },
            ConnectCallback = ConnectAsync,
        });
    }

    /// <summary>Sends a message.</summary>
    /// <param name="url">The receiver.</param>
    /// <param name="body">The message, a CloudEvent as JSON.</param>
    /// <param name="headers">What it is signed with.</param>
    /// <param name="cancellationToken">Ends the attempt; what came of it is then unknown.</param>
    public async Task<Answer> PostAsync(Uri url, ReadOnlyMemory<byte> body, IEnumerable<KeyValuePair<string, string>> headers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(headers);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Version = HttpVersion.Version11, Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents+json", "utf-8");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return (await SendAsync(request, cancellationToken)).Answer;
    }

    /// <summary>Asks a receiver, by the handshake of CloudEvents, whether it wants deliveries from an origin.</summary>
    public async Task<bool> AllowsAsync(Uri url, string origin, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, url) { Version = HttpVersion.Version11 };
        request.Headers.TryAddWithoutValidation("WebHook-Request-Origin", origin);
        var (answer, allowed) = await SendAsync(request, cancellationToken);
        return answer.Summary.Outcome == AttemptOutcome.Delivered
            && allowed is [var given] && (given == "*" || string.Equals(given.Trim(), origin, StringComparison.OrdinalIgnoreCase));
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<(Answer Answer, IReadOnlyList<string> Allowed)> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.TryAddWithoutValidation("User-Agent", "supervision-webhooks/1");
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Of the machine, whatever the silo's clock says: a receiver answers in its own time.
        bounded.CancelAfter(_options.AttemptTimeMax);
        var began = Stopwatch.GetTimestamp();
        try
        {
            using var response = await _http.SendAsync(request, bounded.Token);
            var (bytes, excerpt) = await ReadAsync(response, bounded.Token);
            var outcome = bytes > BodyBytesMax ? AttemptOutcome.NoAnswer : response.IsSuccessStatusCode ? AttemptOutcome.Delivered : AttemptOutcome.Refused;
            IReadOnlyList<string> allowed = response.Headers.TryGetValues("WebHook-Allowed-Origin", out var values) ? [.. values] : [];
            return (new Answer(Summary(outcome, (int)response.StatusCode, Math.Min(bytes, BodyBytesMax), excerpt), RetryAfterOf(response)), allowed);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (new Answer(Summary(AttemptOutcome.TimedOut), null), []);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException)
        {
            // Why is not told apart: a refused address looks like one where nobody listens.
            return (new Answer(Summary(AttemptOutcome.NoAnswer), null), []);
        }

        ResponseSummary Summary(AttemptOutcome outcome, int? status = null, int bytes = 0, string? excerpt = null) =>
            new(outcome, status, bytes, (int)Stopwatch.GetElapsedTime(began).TotalMilliseconds, excerpt);
    }

    /// <summary>Reads the body up to what is allowed, and one byte more to notice that there is more.</summary>
    private static async Task<(int Bytes, string? Excerpt)> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BodyBytesMax + 1);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            var read = await body.ReadAtLeastAsync(buffer.AsMemory(0, BodyBytesMax + 1), BodyBytesMax + 1, throwOnEndOfStream: false, cancellationToken);
            return (read, response.IsSuccessStatusCode ? null : Excerpt(buffer.AsSpan(0, Math.Min(read, ExcerptLengthMax))));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static string? Excerpt(ReadOnlySpan<byte> body)
    {
        var text = new StringBuilder();
        foreach (var rune in Encoding.UTF8.GetString(body).EnumerateRunes())
            text.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        return text.Length == 0 ? null : text.ToString();
    }

    private TimeSpan? RetryAfterOf(HttpResponseMessage response)
    {
        if (response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
            return null;
        var wait = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - _clock.GetUtcNow(),
            _ => TimeSpan.Zero,
        };
        return wait <= TimeSpan.Zero ? null : wait > RetryAfterMax ? RetryAfterMax : wait;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var endpoint = context.DnsEndPoint;
        var addresses = IPAddress.TryParse(endpoint.Host, out var literal) ? [literal] : await _resolve(endpoint.Host, cancellationToken);
        var isPlain = context.InitialRequestMessage.RequestUri?.Scheme != Uri.UriSchemeHttps;
        if (addresses.Length == 0 || !Array.TrueForAll(addresses, address => isPlain ? _rules.IsAllowed(address) : _rules.MayConnect(address)))
            throw new HttpRequestException("The receiver may not be connected to.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, endpoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
