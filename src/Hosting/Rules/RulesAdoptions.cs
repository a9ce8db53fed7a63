using Supervision.Ledger.Load;

namespace Supervision.Hosting.Rules;

/// <summary>When versions of policies were adopted in this ledger, as the events of their grains say.</summary>
public sealed class RulesAdoptions(GrainHistory history)
{
    /// <summary>The versions of a policy with the civil dates of their adoption, oldest first; none: it was never adopted here.</summary>
    public async Task<IReadOnlyList<(int Version, DateOnly On)>> OfAsync(string policy, CancellationToken cancellationToken)
    {
        var grain = GrainId.Of(GrainKind.Policy, policy);
        var events = await history.ReadAsync([grain], cancellationToken);
        return events.TryGetValue(grain, out var adopted)
            ? [.. adopted.Select(stored => stored.ToEvent()).OfType<GrainEvent.RulesAdopted>().Select(adoption => (adoption.Version, adoption.EffectiveOn))]
            : [];
    }
}
