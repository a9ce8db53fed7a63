using Supervision.Hosting.Clock;
using Supervision.Ledger.Clock;
using Supervision.Silo.Configuration;

namespace Supervision.Silo.Startup;

/// <summary>What a silo takes the time from.</summary>
internal static class Clocks
{
    /// <summary>The clock that was chosen.</summary>
    /// <exception cref="SettingsException">Real time is chosen for a ledger whose time was moved by hand: what is recorded now would stand beside what happens later or long before.</exception>
    public static async Task<TimeProvider> OfAsync(SiloSettings settings, Database database, CancellationToken cancellationToken)
    {
        var store = new ManualClockStore(database.Serving);
        if (settings.Clock.Mode == ClockMode.Real)
        {
            return await store.MovedToAsync(cancellationToken) is { } moved
                ? throw new SettingsException([$"Clock:Mode is real, but the time of this ledger is moved by hand and stands at {moved:yyyy-MM-dd'T'HH:mm:ss'Z'}; Clock:Mode=manual is needed."])
                : TimeProvider.System;
        }

        var stood = await store.ReadAsync(cancellationToken);
        var start = settings.Clock.Start ?? TimeProvider.System.GetUtcNow();
        // Never backward: what was recorded has happened.
        return new ManualTime(stood > start || (stood is not null && settings.Clock.Start is null) ? stood.Value : start);
    }
}
