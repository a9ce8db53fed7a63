namespace Supervision.Grains.Behaviour;

/// <summary>Where a check is ordered: what decides whose published items count.</summary>
/// <param name="IssuedIn">The region of the authority that issued the title; null: the ministry.</param>
/// <param name="Region">The region of what is checked; null: everywhere.</param>
internal readonly record struct CheckedPlace(string? IssuedIn, string? Region)
{
    /// <summary>The place of a title of an entity.</summary>
    public static CheckedPlace Of(GrainState.Subject entity, Title title) => new(Authority.RegionOf(title.Authority), entity.Region);

    /// <summary>The place of all titles in the scope of a draw.</summary>
    public static CheckedPlace Of(DrawScope scope) => new(Authority.RegionOf(Authority.IssuingFor(scope.Level, scope.Region)), scope.Region);

    /// <summary>Whether the authority that issued the title, or the one for which the actor orders here, lies in a region.</summary>
    public bool LiesIn(string published, Actor actor)
    {
        if (IssuedIn is { } issuedIn && Supervision.Region.Covers(published, issuedIn))
            return true;
        if (Region is not { } region)
            return false;
        // Who acts for any authority acts for that of the place.
        return actor.AnyAuthority
            ? Supervision.Region.Covers(published, region)
            : actor.Authority.Regions.Any(own => Supervision.Region.Covers(published, own) && Supervision.Region.Covers(own, region));
    }
}
