using Supervision.Grains.Behaviour;
using Supervision.Grains.Calendars;
using Supervision.Grains.Views;
using Supervision.Hosting.Activations;
using Supervision.Hosting.Downtimes;

namespace Supervision.Hosting.Reading;

/// <summary>Answers what stands against a title from the grains in memory.</summary>
public sealed class EligibilityReader(ActivationTable activations, CurrentRules rules, TimeProvider clock) : IEligibility
{
    /// <inheritdoc/>
    public async Task<EligibilityView?> FindAsync(GrainId entity, string policy, VetoMoment moment)
    {
        if (!rules.Book.TryFind(policy, out var rule))
            throw new KeyNotFoundException($"'{policy}' is not the id of a policy.");
        var now = clock.GetUtcNow();
        if (await ReadAsync(entity) is not var (_, subject))
            return null;
        if (await ReadAsync(subject.Enterprise ?? entity) is not var (enterprise, state))
            return null;
        return Eligibility.Of(entity, enterprise, state, rule, moment, CivilTime.DateAt(now));

        async Task<(GrainId Id, GrainState.Subject Subject)?> ReadAsync(GrainId id)
        {
            while (true)
            {
                var known = (await activations.ReadAsync(id)).Known;
                if (GrainBehaviour.At(id, known, now, rules.Book).State is not GrainState.Subject found)
                    return null;
                if (found.MergedInto is not { } into)
                    return (id, found);
                id = into;
            }
        }
    }
}
