namespace Supervision.Grains.Views;

/// <summary>The identities that a grain's restriction withholds, as a function of its state.</summary>
public static class Withheld
{
    /// <summary>The entity under every identity; none where it is not restricted.</summary>
    public static IReadOnlyList<GrainId> By(GrainId id, GrainState? state) =>
        state is GrainState.Subject { Restriction: not null } subject ? [id, .. subject.Absorbed ?? []] : [];
}
