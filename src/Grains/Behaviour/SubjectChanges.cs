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

    public static GrainState.Subject WithDeclaration(this GrainState.Subject subject, string id, Func<Declaration, Declaration> change) =>
        subject with { Declarations = Replace(subject.Declarations ?? [], found => string.Equals(found.Id, id, StringComparison.Ordinal), change) };

    public static GrainState.Subject WithReEvaluation(this GrainState.Subject subject, string id, Func<ReEvaluation, ReEvaluation> change) =>
        subject with { ReEvaluations = Replace(subject.ReEvaluations ?? [], found => string.Equals(found.Id, id, StringComparison.Ordinal), change) };

    public static GrainState.Subject WithGoodPractice(this GrainState.Subject subject, string id, Func<GoodPractice, GoodPractice> change) =>
        subject with { GoodPractices = Replace(subject.GoodPractices ?? [], found => string.Equals(found.Id, id, StringComparison.Ordinal), change) };

    public static GrainState.Subject WithChange(this GrainState.Subject subject, string id, Func<Change, Change> change) =>
        subject with { Changes = Replace(subject.Changes ?? [], found => string.Equals(found.Id, id, StringComparison.Ordinal), change) };

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
