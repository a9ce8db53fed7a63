using System.Net;
using System.Net.Sockets;

namespace Supervision.Ledger.Embedded;

/// <summary>Free TCP ports of 127.0.0.1.</summary>
internal static class LoopbackPort
{
    private const int TriesMax = 100;

    /// <summary>
    /// A port that is free now. It is taken from below the range that systems hand out to outgoing connections
    /// (Linux: 32768 to 60999), so that it is still free when the server comes back to it after a crash.
    /// </summary>
    public static int Choose()
    {
        for (var tries = 0; tries < TriesMax; tries++)
        {
            var port = Random.Shared.Next(15_000, 32_000);
            if (IsFree(port))
                return port;
        }

        throw new EmbeddedPostgresException($"No free port was found on 127.0.0.1 in {TriesMax} tries from 15000 to 32000.");
    }

    public static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            socket.Listen(1);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
