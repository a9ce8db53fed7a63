using System.Text.Json;
using Supervision.Testing;

namespace Supervision.Acceptance;

/// <summary>
/// One year of the whole real register that runs by itself on manual time: draws by plan with the value of a beacon, what comes of them entered as inspectors
/// would, declarations filed and missed, the list of energy-conservation inspection, removals and exemptions; then every record is made again by both verifiers and
/// every statistic counted again from the events.
/// </summary>
public sealed class SupervisionYearTests
{
    private const string Exempted = "/api/entities/factory/N-1-F-0001";

    [Fact]
    public async Task A_year_runs_by_itself_and_everything_about_it_can_be_counted_again()
    {
        using var directory = new TempDirectory();
        using var beacon = new StandInBeacon(hasEveryRound: true);
        await using var database = await TestDatabase.CreateAsync(TestContext.Current.CancellationToken);
        string[] settings =
        [
            $"--ConnectionStrings:Supervision={database.ConnectionString}", $"--Data:Directory={directory["data"]}", "--Sample:Load=true", "--Clock:Mode=manual", "--Clock:AllowManual=true",
            "--Clock:Start=2026-12-20T01:00:00Z", $"--Beacon:Url={beacon.Url}", "--Beacon:Genesis=1600000000", "--Beacon:Period=3600",
        ];
        await using var silo = await SiloProcess.StartAsync(settings);
        using var admin = silo.Admin();
        using var li = await silo.OfficerAsync("li");
        using var wang = await silo.OfficerAsync("wang");
        using var zhao = await silo.OfficerAsync("zhao");
        var year = new SupervisionYear(silo, admin, li, wang);
        await year.InspectorsAsync();

        // January: one title earns its exemption; the list of the year is drawn.
        await year.MoveAsync("2027-01-04T02:00:00Z");
        await year.ExemptAsync(Exempted, "2027-01-04");
        Assert.Equal("2032-01-03", (await li.GetAsync(Exempted)).Title.GetProperty("exemptUntil").GetString());
        await year.MoveAsync("2027-01-14T16:00:00Z");
        Assert.Equal(["miit-2016-energy-list-2027", "miit-2024-energy-list-2027"], await year.ApproveAsync());
        await year.MoveAsync("2027-01-22T02:00:00Z");
        var listed = (await li.ListAsync("/api/energy-inspections?year=2027")).Count;
        Assert.InRange(listed, 60, 120);

        // March: a share of those on it is drawn for a visit.
        await year.MoveAsync("2027-02-28T16:00:00Z");
        Assert.Equal(["miit-2016-energy-visits-2027", "miit-2024-energy-visits-2027"], await year.ApproveAsync());
        await year.MoveAsync("2027-03-08T02:00:00Z");
        var (onSite, written) = await year.InspectEnergyAsync("2027-03-08");
        Assert.InRange(onSite, listed * 3 / 10, (listed * 3 / 10) + 3);
        Assert.True(written > 0);

        // April: declarations are filed, and due at the end of the 15th.
        var filed = await year.DeclareAsync("430000");
        await year.MoveAsync("2027-04-15T15:59:59Z");
        Assert.Empty(await OverdueAsync(li));
        await year.MoveAsync("2027-04-15T16:00:00Z");
        Assert.NotEmpty(await OverdueAsync(li));

        // May: the energy rectifications end on the 7th; the draws of the year.
        await year.MoveAsync("2027-05-07T16:00:00Z");
        Assert.Contains(await li.ListAsync("/api/cases"), item => item.GetProperty("case").GetProperty("ground").GetString() == "energy-rectification-missed");
        Assert.Contains(await li.ListAsync("/api/energy-inspections?year=2028"), item => item.GetProperty("inspection").GetProperty("trigger").GetString() == "violator-follow-up");
        Assert.Equal(["miit-2016-annual-2027", "miit-2024-annual-2027"], await year.ApproveAsync());
        Assert.Contains(
            (await li.GetAsync("/api/draws/miit-2024-annual-2027")).Json.GetProperty("announcement").GetProperty("excluded").EnumerateArray(),
            left => left.GetProperty("reason").GetString() == "exempt" && left.GetProperty("count").GetInt32() == 1);
        await year.MoveAsync("2027-05-15T02:00:00Z");
        var made = await year.CheckAsync("2027-05-15");
        Assert.InRange(made, 80, 150);

        // Cases: served at once, decided after five working days; under the rules of 2024 rectification comes first, for thirty days.
        await year.ServeAsync("2027-05-15");
        await year.MoveAsync("2027-05-21T16:00:00Z");
        var removed = await year.DecideAsync(zhao, "2027-05-22");
        Assert.True(removed > 0);
        await year.MoveAsync("2027-07-01T00:00:00Z");
        await year.ServeAsync("2027-07-01");
        await year.MoveAsync("2027-07-15T00:00:00Z");
        removed += await year.DecideAsync(zhao, "2027-07-15");
        // The visits were to be made by 2027-08-13.
        await year.MoveAsync("2027-08-13T15:59:59Z");
        Assert.All(await li.ListAsync("/api/checks"), item => Assert.False(item.GetProperty("check").GetProperty("overdue").GetBoolean()));
        await year.MoveAsync("2027-08-13T16:00:00Z");
        Assert.All(await li.ListAsync("/api/checks"), item => Assert.True(item.GetProperty("check").GetProperty("overdue").GetBoolean()));
        Assert.True(await year.CallOffAsync() > 0);

        await year.MoveAsync("2027-12-31T16:00:00Z");
        Assert.All(await li.ListAsync("/api/draws"), draw => Assert.Equal("opened", draw.GetProperty("status").GetString()));
        await VerifyRecordsAsync(silo, li, directory);
        var counts = await LedgerCounts.ReadAsync(database.ConnectionString);
        Assert.Equal(removed, counts.Removed.Values.Sum());
        await AgreeAsync(li, counts);
        Assert.Equal(filed, (await li.ListAsync("/api/entities?kind=factory&region=430000")).Count(HasFiled));
        Assert.Equal("2032-01-03", (await li.GetAsync(Exempted)).Title.GetProperty("exemptUntil").GetString());

        await silo.StopAsync();
        var (verified, told) = await SiloProcess.RunAsync(["verify-ledger", $"--ConnectionStrings:Supervision={database.ConnectionString}", $"--Data:Directory={directory["data"]}"]);
        Assert.True(verified == 0, told);
    }

    private static bool HasFiled(JsonElement entity) => entity.GetProperty("reports").EnumerateArray().Any(report => report.GetProperty("status").GetString() == "filed");

    private static async Task<IReadOnlyList<JsonElement>> OverdueAsync(Client li) =>
        [.. (await li.GetAsync("/api/statistics/supervision")).Items()[0].GetProperty("overdue").EnumerateObject().Where(item => item.Name == "declaration").Select(item => item.Value)];

    /// <summary>Every record, whole and as the public has it, is made again by both verifiers.</summary>
    private static async Task VerifyRecordsAsync(SiloProcess silo, Client li, TempDirectory directory)
    {
        using var anyone = silo.Anyone();
        var draws = (await li.ListAsync("/api/draws")).Select(draw => draw.GetProperty("id").GetString()!).ToList();
        Assert.Equal(6, draws.Count);
        foreach (var draw in draws)
        {
            foreach (var (reader, name) in new[] { (li, "whole"), (anyone, "public") })
            {
                var path = directory[$"{draw}-{name}.json"];
                await File.WriteAllTextAsync(path, (await reader.GetAsync($"/api/draws/{draw}/record")).Body, TestContext.Current.CancellationToken);
                await DrawTests.VerifiesAsync(path, $"Verified {draw}");
            }
        }
    }

    /// <summary>Statistics say what the events come to.</summary>
    private static async Task AgreeAsync(Client li, LedgerCounts counts)
    {
        var rows = await li.ListAsync("/api/statistics/supervision?by=policy");
        Assert.Equal(counts.InForce, rows.ToDictionary(row => row.GetProperty("policy").GetString()!, row => row.GetProperty("inForce").GetInt64()));
        Assert.Equal(counts.Removed.OrderBy(pair => pair.Key), WordsOf(rows, "removed"));
        Assert.Equal(counts.Checks.OrderBy(pair => pair.Key), WordsOf(rows, "checks"));
        Assert.Equal(
            counts.Exemptions.OrderBy(pair => pair.Key),
            rows.Where(row => row.GetProperty("exemptions").GetInt64() > 0).ToDictionary(row => row.GetProperty("policy").GetString()!, row => row.GetProperty("exemptions").GetInt64()).OrderBy(pair => pair.Key));
        foreach (var (policy, overdue) in counts.Overdue.Where(pair => pair.Value > 0))
            Assert.Equal(overdue, rows.Single(row => row.GetProperty("policy").GetString() == policy).GetProperty("overdue").GetProperty("declaration").GetInt64());

        foreach (var row in (await li.GetAsync("/api/statistics/draws?year=2027")).Items())
        {
            var plan = row.GetProperty("purpose").GetString() == "spot-checks" ? "annual" : row.GetProperty("purpose").GetString();
            if (!counts.Draws.TryGetValue($"{row.GetProperty("policy").GetString()}-{plan}-2027", out var of))
            {
                // Planned by a policy under which nobody could be drawn.
                Assert.Equal((1, 0), (row.GetProperty("planned").GetInt32(), row.GetProperty("announced").GetInt32()));
                continue;
            }

            Assert.Equal((1, 1, 1), (row.GetProperty("planned").GetInt32(), row.GetProperty("announced").GetInt32(), row.GetProperty("executed").GetInt32()));
            Assert.Equal(of, (row.GetProperty("toBeDrawn").GetInt64(), row.GetProperty("drawn").GetInt64(), row.GetProperty("visited").GetInt64(), row.GetProperty("made").GetInt64()));
        }
    }

    private static IOrderedEnumerable<KeyValuePair<string, long>> WordsOf(IReadOnlyList<JsonElement> rows, string member) => rows
        .SelectMany(row => row.GetProperty(member).EnumerateObject().Select(word => KeyValuePair.Create($"{row.GetProperty("policy").GetString()} {word.Name}", word.Value.GetInt64())))
        .OrderBy(pair => pair.Key);
}
