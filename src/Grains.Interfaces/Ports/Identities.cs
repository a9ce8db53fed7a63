namespace Supervision;

/// <summary>Finds an entity under all identities that it has had, wherever merges have taken them.</summary>
public static class Identities
{
    /// <summary>The identity, those of what it was merged into, and those that were merged into that.</summary>
    public static async ValueTask<IReadOnlyList<GrainId>> IdentitiesAsync(this IRegister register, GrainId entity, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(register);
        var identities = new List<GrainId> { entity };
        var found = await register.FindAsync(entity, cancellationToken);
        while (found is { View.MergedInto: { } into })
        {
            identities.Add(into);
            found = await register.FindAsync(into, cancellationToken);
        }

        return [.. identities.Concat(found?.View.Absorbed ?? []).Distinct()];
    }

    /// <summary>The filter as it is looked for: with all identities of the enterprise that it names, and a search for an identity as one for its key.</summary>
    public static async ValueTask<EntityFilter> ResolveAsync(this EntityFilter filter, IRegister register, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (filter.Search is { } search && GrainId.TryParse(search.Trim(), out var identity) && identity.Kind.IsSubject && (filter.Kind ?? identity.Kind.Name) == identity.Kind.Name)
            filter = filter with { Kind = identity.Kind.Name, Search = identity.Key };
        return filter.Enterprise is { } enterprise ? filter with { EnterpriseIdentities = await register.IdentitiesAsync(enterprise, cancellationToken) } : filter;
    }
}
