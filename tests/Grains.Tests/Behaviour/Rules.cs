using Supervision.Grains.Calendars;
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

    public static RuleBook Book { get; } = new(
        [
            .. RealPolicies.All.Select(loaded => loaded.Policy),
            PolicyFile.Parse("trial-2020.json", RepositoryFile.Bytes("tests", "Grains.Tests", "Behaviour", "trial-2020.json")).Policy,
        ],
        WorkCalendar.Parse("cn", 1, "holidays-1.csv", RepositoryFile.Bytes("data", "holidays-1.csv")));
}
