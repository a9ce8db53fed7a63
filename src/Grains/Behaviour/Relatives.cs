namespace Supervision.Grains.Behaviour;

/// <summary>What a park or supply chain is told about the titles of its members and suppliers.</summary>
internal static class Relatives
{
    public static Decision Tell(Draft draft, Dictionary<GrainId, Draft> others, GrainCommand.TellRelated command, DecisionContext context)
    {
        var holder = Enterprises.Follow(draft, others, command.Entity);
        if (holder.State is not GrainState.Subject subject)
            return Decision.Accepted;
        // A member may be named by its site or by its enterprise, and under an identity that it had before.
        GrainId?[] identities = [command.Entity, holder.Id, subject.Enterprise, .. (subject.Absorbed ?? []).Cast<GrainId?>()];
        if (draft.Subject.Relations.FirstOrDefault(relation => relation.Type is Relation.MemberType or Relation.SupplierType && identities.Contains(relation.To)) is not { } related)
            return Decision.Accepted;
        var told = new AffectedRelation(related.Type, command.Entity, command.Title, command.Status, command.On);
        if (!(draft.Subject.Affected?.Contains(told) ?? false))
            draft.Append(new GrainEvent.RelationAffected(told.On, told.Relation, told.Entity, told.Title, told.Status));
        return Decision.Accepted;
    }
}
