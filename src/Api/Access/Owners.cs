namespace Supervision.Api.Access;

/// <summary>Finds the entities of the enterprise that a key is bound to, wherever merges have taken them.</summary>
internal static class Owners
{
    /// <summary>The actor with every identity of the enterprise that its key is bound to; any other actor as it is.</summary>
    public static async ValueTask<Actor> WithIdentitiesAsync(this Actor actor, IRegister register, CancellationToken cancellationToken) =>
        actor.Enterprise is { } bound ? actor with { Own = await register.IdentitiesAsync(bound, cancellationToken) } : actor;

    /// <summary>Whether an entity is of the enterprise that an actor's key is bound to, once its identities were looked up.</summary>
    public static async ValueTask<bool> OwnsAsync(this Actor actor, GrainId entity, IRegister register, CancellationToken cancellationToken)
    {
        for (GrainId? next = entity; next is { } grain;)
        {
            if (actor.Own.Contains(grain))
                return true;
            if (await register.FindAsync(grain, cancellationToken) is not { View: var view })
                return false;
            if (actor.Owns(view))
                return true;
            next = view.MergedInto;
        }

        return false;
    }

    /// <summary>Whether an entity as it is shown is of the enterprise that an actor's key is bound to.</summary>
    public static bool Owns(this Actor actor, EntityView view) =>
        actor.Own.Contains(view.Id) || view.Relations.Any(relation => relation.Type == Relation.EnterpriseType && actor.Own.Contains(relation.To));
}
