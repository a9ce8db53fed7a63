using System.Text.Json;
using Npgsql;

namespace Supervision.Acceptance;

/// <summary>What the events of a ledger come to, counted from them alone: statistics have to say the same.</summary>
internal sealed class LedgerCounts
{
    private readonly Dictionary<(string Grain, string Title), string> _statuses = [];

    private readonly Dictionary<(string Grain, string Check), (string Title, string? Draw)> _checks = [];

    private readonly Dictionary<(string Grain, string Visit), string?> _visits = [];

    private readonly HashSet<(string Grain, string Declaration)> _overdue = [];

    /// <summary>Titles in force, by policy.</summary>
    public Dictionary<string, long> InForce => _statuses.Where(title => title.Value is "listed" or "rectifying").CountBy(title => PolicyOf(title.Key.Title)).ToDictionary(pair => pair.Key, pair => (long)pair.Value);

    /// <summary>Removals, by policy and ground.</summary>
    public Dictionary<string, long> Removed { get; } = [];

    /// <summary>Checks whose result stands, by policy and outcome.</summary>
    public Dictionary<string, long> Checks { get; } = [];

    /// <summary>Exemptions that were granted, by policy; none ends within the time that is counted.</summary>
    public Dictionary<string, long> Exemptions { get; } = [];

    /// <summary>Declarations that are overdue, by policy.</summary>
    public Dictionary<string, long> Overdue { get; } = [];

    /// <summary>What came of each draw: quota, winners, visits made, checks or inspections made.</summary>
    public Dictionary<string, (long Quota, long Winners, long Visited, long Made)> Draws { get; } = [];

    public static async Task<LedgerCounts> ReadAsync(string connectionString)
    {
        var counts = new LedgerCounts();
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand("SELECT grain, type, data FROM ledger ORDER BY seq", connection);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            using var data = JsonDocument.Parse(reader.GetString(2));
            counts.Take(reader.GetString(0), reader.GetString(1), data.RootElement);
        }

        return counts;
    }

    private void Take(string grain, string type, JsonElement data)
    {
        switch (type)
        {
            case "title.granted":
                _statuses[(grain, TitleOf(data.GetProperty("title")))] = "listed";
                break;
            case "title.transferred":
                _statuses[(grain, TitleOf(data.GetProperty("to")))] = _statuses[(grain, TitleOf(data.GetProperty("title")))];
                _statuses.Remove((grain, TitleOf(data.GetProperty("title"))));
                break;
            case "rectification.ordered":
                _statuses[(grain, TitleOf(data.GetProperty("title")))] = "rectifying";
                break;
            case "title.removed":
                _statuses[(grain, TitleOf(data.GetProperty("title")))] = "removed";
                Add(Removed, $"{PolicyOf(TitleOf(data.GetProperty("title")))} {data.GetProperty("ground").GetString()}");
                break;
            case "exemption.granted":
                Add(Exemptions, PolicyOf(TitleOf(data.GetProperty("title"))));
                break;
            case "check.ordered":
                _checks[(grain, TextOf(data, "check")!)] = (TitleOf(data.GetProperty("title")), TextOf(data, "draw"));
                break;
            case "check.passed" or "check.remedied" or "check.failed" or "check.refused" or "check.missed":
                var (title, draw) = _checks[(grain, TextOf(data, "check")!)];
                Add(Checks, $"{PolicyOf(title)} {TextOf(data, "outcome")}");
                Made(draw);
                break;
            case "declaration.overdue":
                _overdue.Add((grain, TextOf(data, "declaration")!));
                Add(Overdue, TextOf(data, "policy")!);
                break;
            case "declaration.filed" when _overdue.Remove((grain, TextOf(data, "declaration")!)):
                Overdue[TextOf(data, "policy")!]--;
                break;
            case "declaration.refused":
                _overdue.Remove((grain, TextOf(data, "declaration")!));
                break;
            case "visit.planned":
                _visits[(grain, TextOf(data, "visit")!)] = TextOf(data, "draw");
                break;
            case "visit.made" when _visits[(grain, TextOf(data, "visit")!)] is { } visited && Draws.TryGetValue(visited, out var of):
                Draws[visited] = of with { Visited = of.Visited + 1 };
                break;
            case "energy-visit.ordered":
                _checks[(grain, TextOf(data, "inspection")!)] = ("", TextOf(data, "draw"));
                break;
            case "energy-inspection.concluded" when _checks.TryGetValue((grain, TextOf(data, "inspection")!), out var inspected):
                Made(inspected.Draw);
                break;
            case "draw.announced":
                Draws[grain["draw/".Length..]] = (data.GetProperty("announcement").GetProperty("strata").EnumerateArray().Sum(stratum => stratum.GetProperty("quota").GetInt64()), 0, 0, 0);
                break;
            case "draw.completed":
                Draws[grain["draw/".Length..]] = Draws[grain["draw/".Length..]] with { Winners = data.GetProperty("completion").GetProperty("winners").GetInt64() };
                break;
        }

        void Made(string? by)
        {
            if (by is not null && Draws.TryGetValue(by, out var made))
                Draws[by] = made with { Made = made.Made + 1 };
        }
    }

    private static string TitleOf(JsonElement title) => $"{title.GetProperty("policy").GetString()}/{title.GetProperty("honour").GetString()}/{title.GetProperty("level").GetString()}";

    private static string PolicyOf(string title) => title[..title.IndexOf('/', StringComparison.Ordinal)];

    private static string? TextOf(JsonElement data, string member) => data.TryGetProperty(member, out var value) ? value.GetString() : null;

    private static void Add(Dictionary<string, long> counts, string key) => counts[key] = counts.GetValueOrDefault(key) + 1;
}
