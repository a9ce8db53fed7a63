using Supervision.Grains.Calendars;
using Supervision.Grains.Policies;

namespace Supervision.Grains.Tests.Behaviour;

/// <summary>The rules of these tests: the real policy and calendar, and a policy on trial that has what the real one lacks.</summary>
internal static class Rules
{
    public const string Miit = "miit-2016";

    /// <summary>Extends it: rectification before removal.</summary>
    public const string Miit2024 = "miit-2024";

    /// <summary>Rectification before removal, a provincial level, an honour of enterprises.</summary>
    public const string Trial = "trial-2020";

    public static RuleBook Book { get; } = new(
        [
            .. PolicyFile.ParseAll(
            [
                ("miit-2016.json", RepositoryFile.Bytes("policies", "miit-2016.json")),
                ("miit-2024.json", RepositoryFile.Bytes("policies", "miit-2024.json")),
            ]).Select(loaded => loaded.Policy),
            PolicyFile.Parse("trial-2020.json", RepositoryFile.Bytes("tests", "Grains.Tests", "Behaviour", "trial-2020.json")).Policy,
        ],
        WorkCalendar.Parse("cn", 1, "holidays-1.csv", RepositoryFile.Bytes("data", "holidays-1.csv")));
}
