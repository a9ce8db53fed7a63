using System.Diagnostics;

namespace Supervision.Bench;

/// <summary>A silo as a process of its own, from its start to its readiness, its PostgreSQL included.</summary>
internal static class StartMeasure
{
    private const string Address = "http://127.0.0.1:5091";

    public static async Task RunAsync(string directory, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "Supervision.Silo.dll"), "--urls", Address, $"--Data:Directory={directory}",
                "--Sample:Load=false", "--Clock:Mode=manual", "--Logging:LogLevel:Default=Warning",
            },
            UseShellExecute = false,
        })!;
        using var http = new HttpClient { BaseAddress = new Uri(Address) };
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await IsReadyAsync(http, cancellationToken))
            await timer.WaitForNextTickAsync(cancellationToken);
        Console.WriteLine($"{"start to ready, PostgreSQL included",-52}{watch.Elapsed.TotalSeconds,12:N2} s");
        process.Kill(entireProcessTree: false);
        await process.WaitForExitAsync(cancellationToken);
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
