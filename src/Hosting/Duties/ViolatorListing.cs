using Supervision.Grains.Behaviour;
using Supervision.Grains.Calendars;
using Supervision.Hosting.Activations;
using Supervision.Ledger.Draws;

namespace Supervision.Hosting.Duties;

/// <summary>
/// Has those followed up in the plan of a year whom the energy-conservation inspections of the year before found in violation. What was followed up once
/// is not again, so late, interrupted or on two silos at once it comes to the same.
/// </summary>
public sealed class ViolatorListing(EnterpriseQuery enterprises, ActivationTable activations, IGrainClient grains)
{
    // Enterprises read or under way at once: enough to fill a commit.
    private const int EnterprisesMax = 1000;

    // Results of the year before may be recorded late, so every day is looked at, once.
    private DateOnly? _lookedOn;

    /// <summary>The next instant after one, up to an end, at which a year begins; null: none does.</summary>
    public static DateTimeOffset? NextAfter(DateTimeOffset instant, DateTimeOffset to)
    {
        var next = CivilTime.StartOf(new DateOnly(CivilTime.DateAt(instant).Year + 1, 1, 1));
        return next <= to ? next : null;
    }

    /// <summary>Lists who is left; how many were looked at because of what was found.</summary>
    public async Task<int> RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var today = CivilTime.DateAt(now);
        if (_lookedOn == today)
            return 0;
        var left = 0;
        foreach (var some in (await enterprises.ListedAsync(policy: null, cancellationToken)).Chunk(EnterprisesMax))
        {
            var read = await Task.WhenAll(some.Select(enterprise => activations.ReadAsync(enterprise).AsTask()));
            var violators = read.Where(known => known.State is GrainState.Subject { MergedInto: null } subject && EnergyFollowUp.Left(subject, today.Year).Any()).ToList();
            await Task.WhenAll(violators.Select(known =>
                grains.SendAsync(known.Grain, new GrainCommand.ScheduleDuties(), new CommandContext(Actor.System), cancellationToken).AsTask()));
            left += violators.Count;
        }

        _lookedOn = today;
        return left;
    }
}
