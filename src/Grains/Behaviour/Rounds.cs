using Supervision.Grains.Policies;

namespace Supervision.Grains.Behaviour;

/// <summary>Rounds of declarations as they fall on a subject.</summary>
internal static class Rounds
{
    /// <summary>The rounds about a year, each with the calendar year in which it is held.</summary>
    public static IEnumerable<(DeclarationRound Round, int HeldIn)> About(DeclarationRules rules, int year) =>
        rules.Rounds.Select(round => (Round: round, HeldIn: round.YearHeld(year))).Where(held => held.Round.IsHeldIn(held.HeldIn));

    /// <summary>The round of a policy that is asked for next, from a day on; null where none is.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="from">The earliest last day.</param>
    /// <param name="done">What is being filed or has just become overdue, which the state does not have yet.</param>
    public static ExpectedDeclaration? Next(Policy policy, GrainState.Subject subject, DateOnly from, (string Round, int Year)? done = null)
    {
        if (policy.Declarations is not { } rules || Under(subject, policy.Id) is not { Count: > 0 } titles)
            return null;
        var asked = titles.Min(AskedFrom);
        var start = from > asked ? from : asked;
        ExpectedDeclaration? next = null;
        foreach (var round in rules.Rounds)
        {
            for (var held = Math.Max(start.Year, round.FirstYear.Value); round.IsHeldIn(held); held++)
            {
                var (due, year) = (round.Due.Value.In(held), round.YearCovered(held));
                if (next is not null && due >= next.Due)
                    break;
                if (due < start || done == (round.Name, year) || Find(subject, titles, round.Name, year) is not null)
                    continue;
                next = new ExpectedDeclaration(policy.Id, round.Name, year, round.Opens.Value.In(held), due);
                break;
            }
        }

        return next;
    }

    /// <summary>The titles that are supervised under a policy.</summary>
    public static List<Title> Under(GrainState.Subject subject, string policy) =>
        [.. subject.Titles.Where(title => title.Supervised && string.Equals(title.Ref.Policy, policy, StringComparison.Ordinal))];

    /// <summary>The titles in force that a declaration is about, also those that were transferred since.</summary>
    public static IEnumerable<Title> Concerned(GrainState.Subject subject, Declaration declaration) =>
        subject.Titles.Where(title => title.Supervised && title.CameUnder(declaration.Policy) && AskedFrom(title) <= declaration.Due);

    /// <summary>The declaration of a round and year, which may have been filed under the policy that a title came from.</summary>
    public static Declaration? Find(GrainState.Subject subject, IReadOnlyList<Title> titles, string round, int year) =>
        subject.Declarations?.FirstOrDefault(declared =>
            declared.Year == year && string.Equals(declared.Round, round, StringComparison.Ordinal) && titles.Any(title => title.CameUnder(declared.Policy)));

    /// <summary>The first day on which a last day has consequences for a title.</summary>
    private static DateOnly AskedFrom(Title title) => title.SupervisedFrom > title.GrantedOn ? title.SupervisedFrom : title.GrantedOn;
}
