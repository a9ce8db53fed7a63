using Supervision.Hosting.Clock;
using Supervision.Ledger.Clock;
using Supervision.Silo.Configuration;

namespace Supervision.Silo.Startup;

/// <summary>What a silo takes the time from.</summary>
internal static class Clocks
{
    public static async Task<TimeProvider> OfAsync(SiloSettings settings, Database database, CancellationToken cancellationToken)
    {
        if (settings.Clock.Mode == ClockMode.Real)
            return TimeProvider.System;
        var stood = await new ManualClockStore(database.Serving).ReadAsync(cancellationToken);
        var start = settings.Clock.Start ?? TimeProvider.System.GetUtcNow();
        // Never backward: what was recorded has happened.
        return new ManualTime(stood > start || (stood is not null && settings.Clock.Start is null) ? stood.Value : start);
    }
}
