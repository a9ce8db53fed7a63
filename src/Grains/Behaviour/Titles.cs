using Supervision.Grains.Policies;

namespace Supervision.Grains.Behaviour;

/// <summary>Finding the title that a command means.</summary>
internal static class Titles
{
    public static (Title? Title, Rejection? Rejection) Find(Draft draft, TitleChoice choice, RuleBook rules)
    {
        if (!rules.TryFind(choice.Policy, out _))
            return (null, new Rejection.UnknownPolicy(choice.Policy));
        var fitting = draft.Subject.Titles.Where(title => Fits(title.Ref, choice)).Take(2).ToList();
        return fitting.Count switch
        {
            0 => (null, new Rejection.TitleNotHeld(choice)),
            1 when fitting[0].DerivedFrom is { } source => (null, new Rejection.TitleIsDerived(source.Title, source.Article)),
            1 => (fitting[0], null),
            _ => (null, new Rejection.TitleAmbiguous(choice)),
        };
    }

    /// <summary>
    /// That a title is not in force, with the article by which that came about. Where nothing recorded states one, it is the document of its policy.
    /// </summary>
    public static Rejection.TitleNotInForce NotInForce(Title title, RuleBook rules)
    {
        var article = title.DerivedFrom?.Article ?? title.Status switch
        {
            TitleStatus.Removed => title.Removal?.Article,
            TitleStatus.Suspended or TitleStatus.Revoked or TitleStatus.Cancelled or TitleStatus.Expired => title.Certified?.Article,
            TitleStatus.Withdrawn => title.Withdrawal?.Article,
            _ => null,
        };
        return new Rejection.TitleNotInForce(title.Status, article ?? rules[title.Ref.Policy].Document);
    }

    public static Title Of(this GrainState.Subject subject, TitleRef title) => subject.Titles.First(held => held.Ref == title);

    private static bool Fits(TitleRef title, TitleChoice choice) =>
        string.Equals(title.Policy, choice.Policy, StringComparison.Ordinal)
        && (choice.Honour is null || string.Equals(title.Honour, choice.Honour, StringComparison.Ordinal))
        && (choice.Level is null || title.Level == choice.Level);
}
