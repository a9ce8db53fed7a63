namespace Supervision.Grains.Behaviour;

/// <summary>Copies of a subject with one of its parts changed.</summary>
internal static class SubjectChanges
{
    public static GrainState.Subject WithTitle(this GrainState.Subject subject, TitleRef title, Func<Title, Title> change) =>
        subject with { Titles = Replace(subject.Titles, held => held.Ref == title, change) };

    public static GrainState.Subject WithCheck(this GrainState.Subject subject, string id, Func<Check, Check> change) =>
        subject with { Checks = Replace(subject.Checks, check => string.Equals(check.Id, id, StringComparison.Ordinal), change) };

    public static GrainState.Subject WithCase(this GrainState.Subject subject, string id, Func<Case, Case> change) =>
        subject with { Cases = Replace(subject.Cases, found => string.Equals(found.Id, id, StringComparison.Ordinal), change) };

    public static GrainState.Subject WithRectification(this GrainState.Subject subject, string id, Func<Rectification, Rectification> change) =>
        subject with { Rectifications = Replace(subject.Rectifications, found => string.Equals(found.Id, id, StringComparison.Ordinal), change) };

    public static GrainState.Subject WithBan(this GrainState.Subject subject, string id, Func<Ban, Ban> change) =>
        subject with { Bans = Replace(subject.Bans, ban => string.Equals(ban.Id, id, StringComparison.Ordinal), change) };

    public static GrainState.Subject WithName(this GrainState.Subject subject, OtherName added) =>
        subject with { Names = [.. subject.Names ?? [], added] };

    public static T[] Replace<T>(IReadOnlyList<T> items, Predicate<T> which, Func<T, T> change)
    {
        T[] copy = [.. items];
        var index = Array.FindIndex(copy, which);
        if (index < 0)
            throw new InvalidOperationException($"An event names a {typeof(T).Name} that the state does not have.");
        copy[index] = change(copy[index]);
        return copy;
    }
}
