using System.Diagnostics;

namespace Supervision.Ledger.Tests.Embedded;

/// <summary>Waits for what other processes do, up to a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(60);

    public static async Task<T> ComesAsync<T>(string what, Func<Task<T?>> look)
        where T : class
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            if (await look() is { } found)
                return found;
            Assert.True(waited.Elapsed < _deadline, $"After {_deadline.TotalSeconds} s: {what} never came.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
        }
    }
}
