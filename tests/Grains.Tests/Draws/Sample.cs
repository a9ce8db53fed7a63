using Supervision.Grains.Draws;

namespace Supervision.Grains.Tests.Draws;

/// <summary>A draw among made-up candidates, carried out as a silo does it.</summary>
internal sealed record Sample
{
    public const string Draw = "trial-2026-1";

    private static readonly string[] RiskClasses = ["A", "B", "C", "D", ""];

    private static readonly string[] Places = ["430000", "430100", "430121", "440300", "110000"];

    private static readonly IReadOnlyList<string> Reasons = Drawable.ReasonsOf(DrawPurpose.SpotChecks);

    public byte[] Secret { get; init; } = Bytes("secret");

    public IReadOnlyList<string> PublicValues { get; init; } = ["02 11 13 20 26 31 + 07"];

    public byte[] Root { get; init; } = Bytes("root");

    public IReadOnlyList<RosterRow> Roster { get; init; } = RosterOf(400);

    public IReadOnlyList<PoolRow> Pool { get; init; } = PoolOf(20);

    public IReadOnlyList<DrawSkip> SkippedInspectors { get; init; } = [];

    public decimal Rate { get; init; } = 0.05m;

    public int? Size { get; init; }

    public DrawPurpose Purpose { get; init; }

    public IReadOnlyList<NeededField>? Fields { get; init; }

    public static byte[] Bytes(string of) => System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(of));

    /// <summary>Every third enterprise has two factories and a product; every tenth candidate takes no part.</summary>
    public static IReadOnlyList<RosterRow> RosterOf(int count) =>
    [
        .. Enumerable.Range(1, count)
            .Select(i => new RosterRow(
                $"{(i % 3 == 0 ? "product" : "factory")}/N-1-{i:0000}", RiskClasses[i % 5] is { Length: > 0 } risk ? risk : null,
                $"enterprise/u-{i / 3:x16}", i % 7 == 0 ? null : Places[i % Places.Length], i % 10 == 0 ? Reasons[i / 10 % Reasons.Count] : null))
            .OrderBy(row => row.Grain),
    ];

    /// <summary>Half of them inspect everywhere, the others in Hunan or Shenzhen; every fourth has a conflict.</summary>
    public static IReadOnlyList<PoolRow> PoolOf(int count) =>
    [
        .. Enumerable.Range(1, count)
            .Select(i => new PoolRow(
                $"I-{i}", i % 2 == 0 ? [] : i % 4 == 1 ? ["430000"] : ["440300"], new DateOnly(2028, 1, i % 28 + 1),
                i % 4 == 0 ? [$"enterprise/u-{i:x16}", $"enterprise/u-{i + 1:x16}"] : [], i % 3))
            .OrderBy(row => row.Id, StringComparer.Ordinal),
    ];

    /// <summary>The same, every third of whom has a field of expertise.</summary>
    public static IReadOnlyList<PoolRow> PoolWithFields(int count) => [.. PoolOf(count).Select((row, i) => row with { Fields = i % 3 == 0 ? ["绿色产品", "节能监察"] : [] })];

    /// <summary>Enterprises, every tenth of which is listed already.</summary>
    public static IReadOnlyList<RosterRow> EnterprisesOf(int count) =>
    [
        .. Enumerable.Range(1, count)
            .Select(i => new RosterRow(
                $"enterprise/u-{i:x16}", RiskClasses[i % 5] is { Length: > 0 } risk ? risk : null, $"enterprise/u-{i:x16}", Places[i % Places.Length],
                i % 10 == 0 ? EnergyDrawable.Listed : null))
            .OrderBy(row => row.Grain),
    ];

    /// <summary>The record of the draw when those that a round brings are skipped whom a rule names.</summary>
    public DrawRecord Record(Func<string, string?>? skip = null)
    {
        var (rosterKey, poolKey) = (Bytes("roster key"), Bytes("pool key"));
        var strata = Roster.GroupBy(row => row.RiskClass, StringComparer.Ordinal).OrderBy(stratum => stratum.Key is null).ThenBy(stratum => stratum.Key, StringComparer.Ordinal)
            .Select(stratum =>
            {
                var eligible = stratum.Count(row => row.Exclusion is null);
                return new DrawStratum(stratum.Key, Size is null ? Rate : null, eligible, Quotas.Of(Rate, eligible));
            }).ToList();
        if (Size is { } size)
            strata = [.. strata.Zip(Quotas.Split(size, [.. strata.Select(stratum => stratum.Eligible)]), (stratum, quota) => stratum with { Quota = quota })];
        var reasons = Drawable.ReasonsOf(Purpose);
        var announcement = new DrawAnnouncement
        {
            Rule = Fields is null ? DrawAnnouncement.RuleV1 : DrawAnnouncement.RuleV2, Purpose = Purpose, Fields = Fields, Policy = "trial-2020", Scope = new DrawScope(null, Level.National, null), Size = Size, Strata = strata,
            Excluded = [.. reasons.Select(reason => new DrawExclusion(reason, Roster.Count(row => row.Exclusion == reason))).Where(left => left.Count > 0)],
            RosterSize = Roster.Count, RosterRoot = Convert.ToHexStringLower(Supervision.Grains.Draws.Roster.Root(Roster, rosterKey)),
            PoolSize = Pool.Count, PoolRoot = Convert.ToHexStringLower(InspectorPool.Root(Pool, poolKey)),
            Commitment = DrawSeed.CommitmentTo(Secret), PublicSource = "中国福利彩票双色球 2026001 期", PublicAt = new DateTimeOffset(2026, 3, 8, 13, 15, 0, TimeSpan.Zero),
            NotBefore = new DateTimeOffset(2026, 3, 9, 2, 0, 0, TimeSpan.Zero), InspectorsPerVisit = Purpose == DrawPurpose.EnergyList ? 0 : 2, DueBy = new DateOnly(2026, 6, 7), IntervalMonths = 12,
        };
        var seed = DrawSeed.Of(Secret, PublicValues, Root);
        var lottery = new Lottery(Draw, seed, Roster, strata, Pool, SkippedInspectors.Select(skipped => skipped.Id).ToHashSet(), announcement.InspectorsPerVisit, Fields);
        var rounds = new List<DrawRound>();
        IReadOnlyList<DrawSkip> skips = [];
        while (lottery.Next(skips.Select(skipped => skipped.Id)) is { Count: > 0 } visits)
        {
            skips = [.. visits.SelectMany(visit => visit.Entities).Where(entity => skip?.Invoke(entity) is not null).Select(entity => new DrawSkip(entity, skip!(entity)!))];
            rounds.Add(new DrawRound(visits, skips));
        }

        return new DrawRecord
        {
            Format = DrawRecord.FormatV1, Draw = Draw, Announcement = announcement,
            Execution = new DrawExecution(
                new DateTimeOffset(2026, 3, 9, 2, 0, 1, TimeSpan.Zero), Convert.ToHexStringLower(Secret), PublicValues, 12, Convert.ToHexStringLower(Root), Convert.ToHexStringLower(seed)),
            RosterKey = Convert.ToHexStringLower(rosterKey), Roster = Roster, PoolKey = Convert.ToHexStringLower(poolKey), Pool = Pool,
            SkippedInspectors = SkippedInspectors, Rounds = rounds, Unfilled = lottery.Unfilled,
        };
    }
}
