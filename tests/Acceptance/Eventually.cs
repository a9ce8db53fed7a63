namespace Supervision.Acceptance;

/// <summary>Waits for what another process does, and says what never happened.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan within, Func<string> what)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(since) > within)
                Assert.Fail($"It did not happen within {within}: {what()}");
            await Task.Delay(Interval, TestContext.Current.CancellationToken);
        }
    }
}
