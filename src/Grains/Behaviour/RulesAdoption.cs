namespace Supervision.Grains.Behaviour;

/// <summary>Policies, calendars and the register of items: which version was adopted when.</summary>
internal static class RulesAdoption
{
    public static Decision Adopt(Draft draft, GrainCommand.AdoptRules command, DecisionContext context)
    {
        if (draft.Id.Kind != GrainKind.Policy && draft.Id.Kind != GrainKind.Calendar && draft.Id.Kind != GrainKind.CheckItems)
            throw new ArgumentException($"{draft.Id} is not a policy, calendar or register of items.", nameof(draft));
        if (draft.State is GrainState.AdoptedRules adopted && command.Version <= adopted.Version)
        {
            // The same version with the same content is what every later start brings.
            return command.Version == adopted.Version && string.Equals(command.Hash, adopted.Hash, StringComparison.Ordinal)
                ? Decision.Accepted
                : new Rejection.RulesNotNewer(command.Version, adopted.Version);
        }

        draft.Append(new GrainEvent.RulesAdopted(context.Today, command.Version, command.Hash));
        return Decision.Accepted;
    }
}
