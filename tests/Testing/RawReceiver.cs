using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Supervision.Testing;

/// <summary>A request as a receiver got it.</summary>
/// <param name="Method">The method.</param>
/// <param name="Target">What was asked for.</param>
/// <param name="Headers">The headers, by names in lower case.</param>
/// <param name="Body">The body.</param>
public sealed record ReceivedRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body);
}

/// <summary>A receiver of deliveries on the loopback interface, down to the bytes: it can answer as badly as a test likes.</summary>
public sealed class RawReceiver : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<ReceivedRequest> _posts = new();
    private readonly ConcurrentDictionary<TcpClient, Task> _open = new();
    private TcpListener _listener = new(IPAddress.Loopback, 0);
    private Task _accepting;
    private int _connections;

    /// <summary>Starts a receiver that wants everything and takes it.</summary>
    public RawReceiver()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync(_listener);
    }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>Where it listens.</summary>
    public string Url => $"http://127.0.0.1:{Port}/hook";

    /// <summary>What it got by POST, in the order of arrival.</summary>
    public IReadOnlyList<ReceivedRequest> Posts => [.. _posts];

    /// <summary>Connections that were accepted.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>How a POST is answered; false: the connection is over.</summary>
    public Func<ReceivedRequest, NetworkStream, CancellationToken, Task<bool>> Answer { get; set; } = (_, stream, token) => StatusAsync(stream, 204, token);

    /// <summary>What it says when it is asked whether it wants deliveries; null: nothing.</summary>
    public string? AllowedOrigin { get; set; } = "*";

    /// <summary>Answers with a status and headers, and nothing else.</summary>
    public static async Task<bool> StatusAsync(NetworkStream stream, int status, CancellationToken cancellationToken, params string[] headers)
    {
        var lines = string.Concat(headers.Select(header => $"{header}\r\n"));
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status} x\r\n{(status == 204 ? "" : "Content-Length: 0\r\n")}{lines}\r\n"), cancellationToken);
        return true;
    }

    /// <summary>Nobody listens any more: connections are refused.</summary>
    public async Task GoDownAsync()
    {
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var client in _open.Keys)
            client.Dispose();
    }

    /// <summary>Listens again, on the same port.</summary>
    public void ComeUp()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _accepting = AcceptAsync(_listener);
    }

    /// <summary>Closes everything.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await GoDownAsync();
        await Task.WhenAll(_open.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        while (true)
        {
            var client = await listener.AcceptTcpClientAsync(_stop.Token);
            Interlocked.Increment(ref _connections);
            _open[client] = ServeAsync(client);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        await Task.Yield();
        try
        {
            client.NoDelay = true;
            await using var stream = client.GetStream();
            while (await ReadAsync(stream) is { } request)
            {
                if (request.Method == "OPTIONS")
                {
                    await StatusAsync(stream, 200, _stop.Token, AllowedOrigin is { } origin ? [$"WebHook-Allowed-Origin: {origin}"] : []);
                    continue;
                }

                _posts.Enqueue(request);
                if (!await Answer(request, stream, _stop.Token))
                    return;
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Whoever sent has hung up, or the test is over.
        }
        finally
        {
            _open.TryRemove(client, out _);
            client.Dispose();
        }
    }

    private async Task<ReceivedRequest?> ReadAsync(NetworkStream stream)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (head is not [.., 13, 10, 13, 10])
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0)
                return null;
            head.Add(one[0]);
        }

        var lines = Encoding.ASCII.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var start = lines[0].Split(' ');
        var headers = lines.Skip(1).Select(line => line.Split(':', 2)).ToDictionary(pair => pair[0].ToLowerInvariant(), pair => pair[1].Trim());
        var body = new byte[headers.TryGetValue("content-length", out var length) ? int.Parse(length, CultureInfo.InvariantCulture) : 0];
        await stream.ReadExactlyAsync(body, _stop.Token);
        return new ReceivedRequest(start[0], start[1], headers, body);
    }
}
