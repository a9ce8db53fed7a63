using Supervision.Grains.Indicators;
using Supervision.Grains.Policies;

namespace Supervision.Grains.Behaviour;

/// <summary>Declared values against the catalogue, and against what a check found.</summary>
internal static class DeclaredIndicators
{
    /// <summary>The standard that the values are of, or why they are none.</summary>
    public static (string? Standard, Rejection? Rejection) Check(GrainKind kind, GrainCommand.FileDeclaration command, string article, RuleBook rules)
    {
        var sets = rules.Indicators.Of(kind, command.Year).ToList();
        var standards = string.Join(", ", sets.Select(set => set.Standard).DefaultIfEmpty("the catalogue has none for the kind and year"));
        if (command.Standard is { } named)
            sets = [.. sets.Where(set => string.Equals(set.Standard, named, StringComparison.Ordinal))];
        if (command.Standard is not null && sets.Count == 0)
            return (null, new Rejection.UnknownStandard(command.Standard, standards));
        if (command.Indicators.Count == 0)
            return (command.Standard, null);
        if (sets.Count > 1)
            return (null, new Rejection.StandardNeeded(standards));
        var set = sets.FirstOrDefault();
        foreach (var declared in command.Indicators)
        {
            if (set?.Find(declared.Indicator) is not { } indicator)
                return (null, new Rejection.UnknownIndicator(declared.Indicator, set?.Article ?? article, KnownOf(set)));
            if (!string.Equals(indicator.Unit, declared.Unit, StringComparison.Ordinal))
                return (null, new Rejection.UnknownUnit(declared.Indicator, declared.Unit, indicator.Unit, indicator.Article));
        }

        return Doubled(command.Indicators.Select(declared => declared.Indicator)) is { } twice ? (null, new Rejection.IndicatorTwice(twice)) : (set!.Standard, null);
    }

    /// <summary>What a check found, beside what was declared; null where it verifies nothing.</summary>
    public static (IReadOnlyList<VerifiedIndicator>? Verified, Rejection? Rejection) Verify(Draft draft, Check check, IReadOnlyList<FoundValue>? found)
    {
        if (found is not { Count: > 0 })
            return (null, null);
        if (check.Declaration is null || Declaring.Find(draft.Subject, check.Declaration) is not { } declaration)
            return (null, new Rejection.NothingToVerify(check.Id));
        if (Doubled(found.Select(value => value.Indicator)) is { } twice)
            return (null, new Rejection.IndicatorTwice(twice));
        var verified = new List<VerifiedIndicator>();
        foreach (var value in found)
        {
            if (declaration.Indicators.FirstOrDefault(declared => string.Equals(declared.Indicator, value.Indicator, StringComparison.Ordinal)) is not { } declared)
                return (null, new Rejection.IndicatorNotDeclared(value.Indicator, declaration.Id));
            verified.Add(new VerifiedIndicator(declared.Indicator, declared.Unit, declared.Value, value.Value, value.Evidence));
        }

        return (verified, null);
    }

    private static string KnownOf(IndicatorSet? set) =>
        set is null ? "the catalogue has none for the kind and year"
        : set.Indicators.Count == 0 ? set.Missing!
        : string.Join(", ", set.Indicators.Select(indicator => indicator.Name));

    private static string? Doubled(IEnumerable<string> names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return names.FirstOrDefault(name => !seen.Add(name));
    }
}
