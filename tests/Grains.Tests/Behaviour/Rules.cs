using Supervision.Grains.Calendars;
using Supervision.Grains.Indicators;
using Supervision.Grains.Items;
using Supervision.Grains.Policies;
using Supervision.Grains.Tests.Policies;

namespace Supervision.Grains.Tests.Behaviour;

/// <summary>The rules of these tests: the real policies and calendar, and a policy on trial that has what the real ones lack.</summary>
internal static class Rules
{
    public const string Miit = "miit-2016";

    /// <summary>Extends it: rectification before removal.</summary>
    public const string Miit2024 = "miit-2024";

    /// <summary>Rectification before removal, a provincial level, an honour of enterprises.</summary>
    public const string Trial = "trial-2020";

    /// <summary>Extends that: declarations, grades, re-evaluation, good practice.</summary>
    public const string Duties = "duties-2020";

    /// <summary>Extends the policy on trial: visits with a cap.</summary>
    public const string Visits = "visits-2020";

    /// <summary>Extends the policy on trial: everything that the law asks of an inspection, before its result.</summary>
    public const string Lawful = "lawful-2020";

    /// <summary>Extends the policy on trial: certificates, withdrawal and mergers, so that a title ends in every way there is.</summary>
    public const string Endings = "endings-2020";

    public static RuleBook Book { get; } = new(
        [
            .. RealPolicies.All.Select(loaded => loaded.Policy),
            .. PolicyFile.ParseAll([File("trial-2020.json"), File("duties-2020.json"), File("visits-2020.json"), File("lawful-2020.json"), File("endings-2020.json")]).Select(loaded => loaded.Policy),
        ],
        WorkCalendar.Parse("cn", 1, "holidays-1.csv", RepositoryFile.Bytes("data", "holidays-1.csv")),
        IndicatorCatalogue.Parse("indicators-trial.json", File("indicators-trial.json").Utf8),
        CheckItemRegister.Parse("check-items-1.json", RepositoryFile.Bytes("data", "check-items-1.json")));

    private static (string Name, byte[] Utf8) File(string name) => (name, RepositoryFile.Bytes("tests", "Grains.Tests", "Behaviour", name));
}
