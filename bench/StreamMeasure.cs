using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Supervision.Bench;

/// <summary>Idle clients of the event stream of a silo that is a process of its own: what memory they take, and how long an event takes to all of them.</summary>
internal static class StreamMeasure
{
    private const int Clients = 10_000;

    private const int Port = 5191;

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        var directory = BenchSilo.NewDirectory();
        using var process = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "Supervision.Silo.dll"), "--urls", $"http://127.0.0.1:{Port}", $"--Data:Directory={directory}", "--Sample:Load=false",
                $"--Auth:BootstrapAdminKey={BenchSilo.AdminKey}", "--Logging:LogLevel:Default=Warning", "--RateLimits:KeyRequests=1000000", "--RateLimits:KeyBurst=1000000",
            },
            UseShellExecute = false,
        })!;
        var sockets = new List<Socket>();
        try
        {
            using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Port}") };
            http.DefaultRequestHeaders.Authorization = new("Bearer", BenchSilo.AdminKey);
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
            while (!await IsReadyAsync(http, cancellationToken))
                await timer.WaitForNextTickAsync(cancellationToken);
            var before = MemoryOf(process);
            foreach (var some in Enumerable.Range(0, Clients).Chunk(100))
                sockets.AddRange(await Task.WhenAll(some.Select(_ => OpenAsync(cancellationToken))));
            // Two keep-alives.
            for (var i = 0; i < 330; i++)
                await timer.WaitForNextTickAsync(cancellationToken);
            Console.WriteLine($"{$"{Clients:N0} idle stream clients, memory of the silo",-52}{MemoryOf(process),12:N0} MB   without them {before:N0} MB");
            var all = Task.WhenAll(sockets.Select(socket => UntilAsync(socket, "entity.registered", cancellationToken)));
            var watch = Stopwatch.StartNew();
            using var registered = await http.PutAsync("/api/entities/factory/B-1", JsonContent.Create(new { name = "甲", region = "430000" }), cancellationToken);
            registered.EnsureSuccessStatusCode();
            await all;
            Console.WriteLine($"{"an event at all of them",-52}{watch.Elapsed.TotalMilliseconds,12:N0} ms   memory {MemoryOf(process):N0} MB");
        }
        finally
        {
            foreach (var socket in sockets)
                socket.Dispose();
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        Directory.Delete(directory, recursive: true);
    }

    private static async Task<Socket> OpenAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, Port, cancellationToken);
        await socket.SendAsync(
            Encoding.ASCII.GetBytes($"GET /api/events/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {BenchSilo.AdminKey}\r\n\r\n"), cancellationToken);
        await UntilAsync(socket, ": supervision", cancellationToken);
        return socket;
    }

    private static async Task UntilAsync(Socket socket, string text, CancellationToken cancellationToken)
    {
        var buffer = new byte[2048];
        var seen = "";
        while (!seen.Contains(text, StringComparison.Ordinal))
        {
            var read = await socket.ReceiveAsync(buffer, cancellationToken);
            if (read == 0)
                throw new InvalidOperationException($"The stream ended before '{text}': {seen}");
            seen += Encoding.UTF8.GetString(buffer, 0, read);
        }
    }

    private static long MemoryOf(Process process)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(new string([.. line.Where(char.IsAsciiDigit)]), CultureInfo.InvariantCulture) >> 10;
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync("/health/ready", cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
