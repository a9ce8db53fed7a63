using Orleans.Concurrency;
using Supervision.Grains.Behaviour;
using Supervision.Grains.Policies;
using Supervision.Hosting.Inspectors;

namespace Supervision.Bench.Orleans;

/// <summary>The same grain as it is usually written for Orleans: its state in a provider of storage, written whole after each command.</summary>
public interface IUsualGrain : IGrainWithStringKey
{
    /// <summary>Takes over a state that was seeded.</summary>
    Task BeginAsync(byte[] state, long version);

    /// <summary>Records the result of its check.</summary>
    /// <returns>Whether it was accepted.</returns>
    Task<bool> RecordAsync(DateOnly on);

    /// <summary>Its standing under the first title.</summary>
    [AlwaysInterleave]
    ValueTask<TitleStatus> StandingAsync();
}

/// <summary>What the provider stores.</summary>
internal sealed class UsualState
{
    public GrainState? Grain { get; set; }

    public long Version { get; set; }
}

/// <inheritdoc cref="IUsualGrain"/>
internal sealed class UsualGrain(
    [PersistentState("state", UsualSilo.Storage)] IPersistentState<UsualState> stored, RuleBook rules, InspectorDirectory inspectors, TimeProvider clock) : Grain, IUsualGrain
{
    private static readonly string[] Inspectors = ["I-1", "I-2"];

    public async Task BeginAsync(byte[] state, long version)
    {
        (stored.State.Grain, stored.State.Version) = (LedgerJson.ReadState(state), version);
        await stored.WriteStateAsync();
    }

    public async Task<bool> RecordAsync(DateOnly on)
    {
        var command = new GrainCommand.RecordResult("check-1", CheckOutcome.Clean, on, Inspectors, []);
        var context = new DecisionContext(clock.GetUtcNow(), Seeding.Approver, rules, new Dictionary<Supervision.GrainId, KnownGrain>()) { Inspectors = inspectors.ById };
        var turn = GrainBehaviour.Decide(
            Supervision.GrainId.FromStored(this.GetPrimaryKeyString()), new KnownGrain(stored.State.Grain, stored.State.Version), command, expectedVersion: null, context);
        if (turn.Rejection is not null)
            return false;
        (stored.State.Grain, stored.State.Version) = (turn.Target.After.State, turn.Target.After.Version);
        await stored.WriteStateAsync();
        return true;
    }

    public ValueTask<TitleStatus> StandingAsync() => ValueTask.FromResult(((GrainState.Subject)stored.State.Grain!).Titles[0].Status);
}
