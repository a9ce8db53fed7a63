namespace Supervision.Hosting.Tests;

/// <summary>Waits for what another thread or process does, and says what never happened.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    public static Task TrueAsync(Func<bool> condition, string what) => TrueAsync(() => Task.FromResult(condition()), what);

    public static async Task TrueAsync(Func<Task<bool>> condition, string what)
    {
        var until = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(until) < Deadline, $"It never happened that {what}.");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
