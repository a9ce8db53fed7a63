namespace Supervision.Grains.Behaviour;

/// <summary>The enterprise behind a subject, wherever merges have taken it, and its bans.</summary>
internal static class Enterprises
{
    /// <summary>The enterprise behind a subject; an enterprise is its own.</summary>
    public static Draft Of(Draft draft, Dictionary<GrainId, Draft> others) =>
        draft.Subject.Enterprise is { } id ? Follow(draft, others, id) : draft;

    /// <summary>The grain of that identity, or the one that it was merged into.</summary>
    public static Draft Follow(Draft draft, Dictionary<GrainId, Draft> others, GrainId id)
    {
        var found = Find(id);
        while (found.State is GrainState.Subject { MergedInto: { } into })
            found = Find(into);
        return found;

        Draft Find(GrainId grain) => grain == draft.Id ? draft : others[grain];
    }

    /// <summary>Refuses where a grain was merged into one that was not gathered: what holds for that one is not known here.</summary>
    public static Rejection? RefuseUnfollowed(Draft target, Dictionary<GrainId, Draft> others)
    {
        foreach (var other in others.Values)
        {
            if (other.State is GrainState.Subject { MergedInto: { } into } && into != target.Id && !others.ContainsKey(into))
                return new Rejection.Merged(other.Id, into);
        }

        return null;
    }

    /// <summary>The ban of an enterprise into which a date falls.</summary>
    public static Ban? BanOn(Draft? enterprise, DateOnly date) => enterprise?.State is GrainState.Subject { Bans: var bans }
        ? bans.FirstOrDefault(ban => ban.Status != BanStatus.Lifted && date >= ban.From && date <= ban.Until)
        : null;
}
