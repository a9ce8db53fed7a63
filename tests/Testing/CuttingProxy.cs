using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Supervision.Testing;

/// <summary>What happens to a connection at a request.</summary>
public enum Cut
{
    /// <summary>Nothing: everything passes.</summary>
    None,

    /// <summary>The request is lost.</summary>
    BeforeServer,

    /// <summary>The server gets the request; its answer is lost.</summary>
    AfterServer,

    /// <summary>The request stays on its way, and arrives when <see cref="CuttingProxy.DeliverAsync"/> says so; its answer is lost.</summary>
    Late,
}

/// <summary>Stands between a client and a server on the loopback interface and cuts connections where it hurts.</summary>
public sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _serverPort;
    private readonly Task _accepting;
    private Planned? _next;
    private int _cuts;
    private (TcpClient Server, byte[] Request, Answers Answers)? _late;

    /// <summary>Starts a proxy of a server's port.</summary>
    public CuttingProxy(int serverPort)
    {
        _serverPort = serverPort;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>The port on which the proxy listens.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Connections cut so far.</summary>
    public int Cuts => Volatile.Read(ref _cuts);

    /// <summary>Cuts the connection that next sends something, or something that contains a text.</summary>
    public void CutNext(Cut cut, string containing = "") => Volatile.Write(ref _next, new Planned(cut, Encoding.UTF8.GetBytes(containing)));

    /// <summary>Lets the late request arrive and waits until the server has answered it.</summary>
    public async Task DeliverAsync(CancellationToken cancellationToken)
    {
        var (server, request, answers) = _late ?? throw new InvalidOperationException("No request is late.");
        _late = null;
        using (server)
        {
            await server.GetStream().WriteAsync(request, cancellationToken);
            await answers.Passing.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Closes everything.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _late?.Server.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
            _ = ForwardAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
    }

    private async Task ForwardAsync(TcpClient client)
    {
        var server = new TcpClient { NoDelay = true };
        client.NoDelay = true;
        var isLate = false;
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _serverPort, _stop.Token);
            var answers = AnswerAsync(server.GetStream(), client.GetStream());
            isLate = await RequestAsync(client.GetStream(), server, answers);
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One of the two has gone, so the other one goes.
        }
        finally
        {
            client.Dispose();
            if (!isLate)
                server.Dispose();
        }
    }

    /// <summary>Passes requests on until the connection ends or is cut; true when the last one is kept to arrive late.</summary>
    private async Task<bool> RequestAsync(NetworkStream client, TcpClient server, Answers answers)
    {
        var buffer = new byte[1 << 16];
        while (await client.ReadAsync(buffer, _stop.Token) is var length && length > 0)
        {
            var cut = Volatile.Read(ref _next) is { } planned && buffer.AsSpan(0, length).IndexOf(planned.Containing) >= 0
                && Interlocked.CompareExchange(ref _next, null, planned) == planned ? planned.Cut : Cut.None;
            if (cut != Cut.None)
            {
                answers.Lost = true;
                Interlocked.Increment(ref _cuts);
            }

            switch (cut)
            {
                case Cut.BeforeServer:
                    return false;
                case Cut.Late:
                    _late = (server, buffer[..length], answers);
                    return true;
                default:
                    await server.GetStream().WriteAsync(buffer.AsMemory(0, length), _stop.Token);
                    if (cut == Cut.AfterServer)
                    {
                        // Closed earlier, the connection could be reset before the server has read what it got.
                        await answers.Passing.WaitAsync(_stop.Token);
                        return false;
                    }

                    break;
            }
        }

        return false;
    }

    private Answers AnswerAsync(NetworkStream server, NetworkStream client)
    {
        var answers = new Answers();
        answers.Passing = PassAsync();
        return answers;

        async Task PassAsync()
        {
            var buffer = new byte[1 << 16];
            try
            {
                while (await server.ReadAsync(buffer, _stop.Token) is var length && length > 0 && !answers.Lost)
                    await client.WriteAsync(buffer.AsMemory(0, length), _stop.Token);
                if (!answers.Lost)
                    client.Close();
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The connection was cut.
            }
        }
    }

    private sealed record Planned(Cut Cut, byte[] Containing);

    private sealed class Answers
    {
        public volatile bool Lost;

        /// <summary>Ends with the connection, or with the first answer that is lost.</summary>
        public Task Passing { get; set; } = Task.CompletedTask;
    }
}
