using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Supervision.Testing;

/// <summary>A source of randomness that speaks drand's interface over HTTP on loopback, and answers for each round what a test puts there.</summary>
public sealed class StandInBeacon : IDisposable
{
    private readonly HttpListener _listener = new();

    private readonly ConcurrentDictionary<long, (int Status, string Body)> _rounds = new();

    private readonly bool _hasEveryRound;

    /// <summary>Begins to answer.</summary>
    /// <param name="hasEveryRound">Whether rounds that a test did not put there were made, too.</param>
    public StandInBeacon(bool hasEveryRound = false)
    {
        _hasEveryRound = hasEveryRound;
        Url = new Uri($"http://127.0.0.1:{FreePort()}/chain/");
        _listener.Prefixes.Add(Url.ToString());
        _listener.Start();
        _ = ServeAsync();
    }

    /// <summary>Where it answers, with the name of its chain.</summary>
    public Uri Url { get; }

    /// <summary>The rounds that were asked for, in order.</summary>
    public ConcurrentQueue<long> Asked { get; } = new();

    /// <summary>What a round of the source looks like.</summary>
    public static string Round(long number, string signature = "a1b2") =>
        $$"""{"round":{{number}},"randomness":"{{RandomnessOf(signature)}}","signature":"{{signature}}","previous_signature":""}""";

    /// <summary>The randomness that belongs to a signature.</summary>
    public static string RandomnessOf(string signature) => Convert.ToHexStringLower(SHA256.HashData(Convert.FromHexString(signature)));

    /// <summary>What is answered for a round from now on.</summary>
    public void Answer(long round, string body, int status = 200) => _rounds[round] = (status, body);

    /// <inheritdoc/>
    public void Dispose() => _listener.Close();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            var round = long.Parse(context.Request.Url!.Segments[^1], System.Globalization.CultureInfo.InvariantCulture);
            Asked.Enqueue(round);
            // A round that was not made yet is not found, as drand has it.
            var (status, body) = _rounds.GetValueOrDefault(round, _hasEveryRound ? (200, Round(round, $"{round:x16}")) : (404, """{"error":"round not found"}"""));
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
            context.Response.Close();
        }
    }
}
