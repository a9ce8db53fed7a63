using Supervision.Grains.Draws;

namespace Supervision.Grains.Tests.Draws;

/// <summary>A record is verified from itself alone, and whatever is changed in it is named.</summary>
public sealed class DrawVerifierTests
{
    private static readonly Func<string, string?> SkipSome = entity => entity.EndsWith('5') ? Drawable.Exempt : null;

    private static readonly DrawRecord Whole = new Sample().Record(SkipSome);

    private static readonly DrawRecord BySize = new Sample { Size = 37 }.Record();

    // Several win at many an enterprise.
    private static readonly DrawRecord Dense = new Sample { Rate = 0.4m }.Record(SkipSome);

    private static readonly DrawSkip Retired = new("I-1", "retired");

    [Fact]
    public void AWholeRecordVerifies()
    {
        var result = DrawVerifier.Verify(Whole);
        Assert.Null(result.First);
        Assert.Equal(Whole.Announcement.Strata.Sum(stratum => stratum.Quota) - Whole.Unfilled, result.Winners);
        Assert.True(result.Skipped > 0);
    }

    [Fact]
    public void ADrawBySizeVerifies() => Assert.Null(DrawVerifier.Verify(BySize).First);

    [Fact]
    public async Task AStratumOfWhichNobodyTakesPartVerifies()
    {
        var record = new Sample { Roster = [.. Sample.RosterOf(60).Select(row => row.RiskClass == "D" ? row with { Exclusion = Drawable.OpenCheck } : row)], SkippedInspectors = [Retired] }.Record();
        Assert.Contains(record.Announcement.Strata, stratum => stratum.Eligible == 0);
        Assert.Null(DrawVerifier.Verify(record).First);
        var (code, output) = await VerifierScript.RunAsync(record);
        Assert.True(code == 0, output);
    }

    [Fact]
    public void ADrawThatExhaustsAStratumVerifies()
    {
        var record = new Sample { Rate = 1 }.Record(SkipSome);
        Assert.True(record.Unfilled > 0);
        Assert.Null(DrawVerifier.Verify(record).First);
    }

    [Fact]
    public void ThePublicRecordVerifiesWithoutInspectors()
    {
        var open = Whole.ToPublic(new HashSet<string>());
        Assert.Null(DrawVerifier.Verify(open).First);
        Assert.Null(open.Pool);
        Assert.DoesNotContain("I-", string.Concat(open.Rounds.SelectMany(round => round.Visits).SelectMany(visit => visit.Inspectors)), StringComparison.Ordinal);
    }

    [Fact]
    public void ThePublicRecordVerifiesWithoutWhatIsWithheld()
    {
        var winner = Whole.Rounds[0].Visits[0].Entities[0];
        var skipped = Whole.Rounds[0].Skipped[0].Id;
        var bystander = Whole.Roster.First(row => row.Exclusion is not null).Grain.ToString();
        var open = Whole.ToPublic(new HashSet<string> { winner, skipped, bystander });
        var text = TextOf(open);
        Assert.All(new[] { winner, skipped, bystander }, entity => Assert.DoesNotContain($"\"{entity}\"", text, StringComparison.Ordinal));
        var result = DrawVerifier.Verify(open);
        Assert.Null(result.First);
        Assert.Equal(3, result.Withheld);
    }

    [Fact]
    public async Task AnyVisitMayStandAtThePlaceOfSomebodyWithheld()
    {
        foreach (var withheld in Whole.Rounds[0].Visits.SelectMany(visit => visit.Entities))
        {
            var open = Whole.ToPublic(new HashSet<string> { withheld });
            Assert.Null(DrawVerifier.Verify(open).First);
        }

        var heads = Dense.ToPublic(Dense.Rounds[0].Visits.Select(visit => visit.Entities[0]).ToHashSet());
        Assert.NotEmpty(heads.Rounds[0].Visits);
        Assert.Null(DrawVerifier.Verify(heads).First);
        var (code, output) = await VerifierScript.RunAsync(heads);
        Assert.True(code == 0, output);
    }

    [Fact]
    public async Task ARoundInWhichEveryWinnerIsWithheldIsEmptyToThePublic()
    {
        var last = Whole.Rounds[^1].Visits.SelectMany(visit => visit.Entities).ToHashSet();
        var open = Whole.ToPublic(last);
        Assert.Empty(open.Rounds[^1].Visits);
        Assert.Null(DrawVerifier.Verify(open).First);
        var (code, output) = await VerifierScript.RunAsync(open);
        Assert.True(code == 0, output);
    }

    [Theory]
    [MemberData(nameof(Tampered))]
    public async Task WhateverIsChangedIsNamedByBothVerifiers(string part, string change)
    {
        var changed = Changes[change](Whole);
        Assert.Equal(part, DrawVerifier.Verify(changed).First?.Part);
        var (code, output) = await VerifierScript.RunAsync(changed);
        Assert.True(code == 3 && output.StartsWith($"The record differs: {part}:", StringComparison.Ordinal), output);
    }

    public static TheoryData<string, string> Tampered => new()
    {
        { "roster-size", "dropped candidate" },
        { "roster-order", "candidate twice" },
        { "roster-order", "candidates swapped" },
        { "roster-root", "late change of a risk class" },
        { "roster-root", "candidate in the place of another" },
        { "roster-root", "exclusion taken away" },
        { "roster-identity", "look-alike letter" },
        { "roster-exclusion", "invented reason" },
        { "commitment", "another secret" },
        { "seed", "another seed" },
        { "seed", "another public value" },
        { "seed", "public values in another order" },
        { "seed", "another root of the ledger" },
        { "not-before", "made too early" },
        { "public-values", "no public value" },
        { "rate-A", "rate above 100 percent" },
        { "rate-A", "rate above 100 percent beside a size" },
        { "rate-A", "negative rate beside a size" },
        { "rate-A", "rate beside a size" },
        { "rate-A", "neither rate nor size" },
        { "quota-A", "another quota" },
        { "eligible-A", "another number of candidates" },
        { "excluded", "another number of exempt ones" },
        { "excluded", "exempt ones counted twice" },
        { "excluded", "a reason of which there is none" },
        { "excluded", "an unknown reason" },
        { "excluded", "exempt ones not told of" },
        { "pool-size", "inspector added" },
        { "pool-root", "conflict taken away" },
        { "pool-order", "inspectors swapped" },
        { "inspectors", "inspector from outside" },
        { "inspectors", "one inspector twice" },
        { "round-1", "other inspectors" },
        { "round-1", "winners in another order" },
        { "round-1", "winner replaced" },
        { "round-1", "winner dropped" },
        { "round-1", "visits of the public record reversed" },
        { "round-1", "last visit of the public record moved to the front" },
        { "round-1", "winners of a visit of the public record reversed" },
        { "round-1", "visit of the public record parted" },
        { "round-1", "visit of the public record dropped" },
        { "round-1", "visits of a record with rows withheld reversed" },
        { "skipped", "somebody skipped who did not win" },
        { "round-2", "a skip taken back" },
        { "rounds", "last round dropped" },
        { "rounds", "an empty round behind the last" },
        { "rounds", "an empty round behind the last of a public record" },
        { "strata", "a stratum of which there is nobody" },
        { "strata", "strata in another order" },
        { "skip-reason", "winner skipped for an invented reason" },
        { "skip-reason", "winner skipped for a reason of another purpose" },
        { "skip-reason", "inspector skipped for an invented reason" },
        { "skipped-inspector", "inspector skipped twice" },
        { "skipped-inspector", "inspector of the public record skipped twice" },
        { "roster-exclusion", "invented reason of a row that is withheld" },
        { "unfilled", "another number of places left" },
        { "format", "another form" },
        { "hex", "seed that is no hex" },
    };

    private static readonly Dictionary<string, Func<DrawRecord, DrawRecord>> Changes = new()
    {
        ["dropped candidate"] = record => record with { Roster = [.. record.Roster.Skip(1)] },
        ["candidate twice"] = record => record with { Roster = [record.Roster[0], .. record.Roster.Take(record.Roster.Count - 1)] },
        ["candidates swapped"] = record => record with { Roster = [record.Roster[1], record.Roster[0], .. record.Roster.Skip(2)] },
        ["late change of a risk class"] = record => record with { Roster = [record.Roster[0] with { RiskClass = "D" }, .. record.Roster.Skip(1)] },
        ["candidate in the place of another"] = record => record with { Roster = [record.Roster[0] with { Grain = "factory/N-0" }, .. record.Roster.Skip(1)] },
        ["exclusion taken away"] = record => record with { Roster = [.. record.Roster.Select((row, i) => i == 9 ? row with { Exclusion = row.Exclusion is null ? "exempt" : null } : row)] },
        ["look-alike letter"] = record => record with { Roster = [record.Roster[0] with { Grain = record.Roster[0].Grain.ToString().Replace('N', 'Ν') }, .. record.Roster.Skip(1)] },
        ["invented reason"] = record => record with { Roster = [record.Roster[0] with { Exclusion = "friend" }, .. record.Roster.Skip(1)] },
        ["another secret"] = record => Made(record, made => made with { Secret = new string('0', 64) }),
        ["another seed"] = record => Made(record, made => made with { Seed = new string('0', 64) }),
        ["seed that is no hex"] = record => Made(record, made => made with { Secret = "secret" }),
        ["another public value"] = record => Made(record, made => made with { PublicValues = ["02 11 13 20 26 31 + 08"] }),
        ["public values in another order"] = record => Made(record, made => made with { PublicValues = ["02 11 13 20 26 31 ", "+ 07"] }),
        ["another root of the ledger"] = record => Made(record, made => made with { Root = new string('0', 64) }),
        ["made too early"] = record => Made(record, made => made with { At = record.Announcement.NotBefore.AddSeconds(-1) }),
        ["no public value"] = record => Made(record, made => made with { PublicValues = [] }),
        ["rate above 100 percent"] = record => Told(record, stratum => stratum with { Rate = 1.01m }),
        ["rate above 100 percent beside a size"] = _ => Told(BySize, stratum => stratum with { Rate = 1.01m }),
        ["negative rate beside a size"] = _ => Told(BySize, stratum => stratum with { Rate = -0.01m }),
        ["rate beside a size"] = _ => Told(BySize, stratum => stratum with { Rate = 0.05m }),
        ["neither rate nor size"] = record => Told(record, stratum => stratum with { Rate = null }),
        ["another quota"] = record => Told(record, stratum => stratum with { Quota = stratum.Quota + 1 }),
        ["another number of candidates"] = record => Told(record, stratum => stratum with { Eligible = stratum.Eligible + 1 }),
        ["another number of exempt ones"] = record => Left(record, excluded => excluded.Select(left => left.Reason == "exempt" ? left with { Count = left.Count + 1 } : left)),
        ["exempt ones counted twice"] = record => Left(record, excluded => excluded.Append(new DrawExclusion("exempt", 1))),
        ["a reason of which there is none"] = _ => Left(new Sample { Roster = Sample.EnterprisesOf(40), Pool = [], Purpose = DrawPurpose.EnergyList }.Record(), excluded => excluded.Append(new DrawExclusion("not-in-force", 0))),
        ["an unknown reason"] = record => Left(record, excluded => excluded.Append(new DrawExclusion("zzz", 3))),
        ["exempt ones not told of"] = record => Left(record, excluded => excluded.Where(left => left.Reason != "exempt")),
        ["inspector added"] = record => record with { Pool = [.. record.Pool!, new PoolRow("J-1", [], new DateOnly(2030, 1, 1), [], 0)] },
        ["conflict taken away"] = record => record with { Pool = [.. record.Pool!.Select(row => row with { Conflicts = [] })] },
        ["inspectors swapped"] = record => record with { Pool = [record.Pool![1], record.Pool[0], .. record.Pool.Skip(2)] },
        ["inspector from outside"] = record => First(record, visit => visit with { Inspectors = ["I-1", "X-1"] }),
        ["one inspector twice"] = record => First(record, visit => visit with { Inspectors = ["I-1", "I-1"] }),
        ["other inspectors"] = record => First(record, visit => visit with { Inspectors = [.. visit.Inspectors.Reverse()] }),
        ["winners in another order"] = record => Round(record, round => round with { Visits = [round.Visits[1], round.Visits[0], .. round.Visits.Skip(2)] }),
        ["winner replaced"] = record => First(record, visit => visit with { Entities = ["factory/N-1-0001"] }),
        ["winner dropped"] = record => Round(record, round => round with { Visits = [.. round.Visits.SkipLast(1)] }),
        ["visits of the public record reversed"] = record => Round(Open(record), round => round with { Visits = [.. round.Visits.Reverse()] }),
        ["last visit of the public record moved to the front"] = record => Round(Open(record), round => round with { Visits = [round.Visits[^1], .. round.Visits.SkipLast(1)] }),
        ["winners of a visit of the public record reversed"] = _ => Together(Open(Dense), visit => [visit with { Entities = [.. visit.Entities.Reverse()] }]),
        ["visit of the public record parted"] = _ => Together(Open(Dense), visit => [visit with { Entities = [visit.Entities[0]] }, visit with { Entities = [.. visit.Entities.Skip(1)] }]),
        ["visit of the public record dropped"] = record => Round(Open(record), round => round with { Visits = [.. round.Visits.Skip(1)] }),
        ["visits of a record with rows withheld reversed"] = record =>
            Round(record.ToPublic(record.Rounds[0].Visits[0].Entities.ToHashSet()), round => round with { Visits = [.. round.Visits.Reverse()] }),
        ["somebody skipped who did not win"] = record => Round(record, round => round with { Skipped = [.. round.Skipped, new DrawSkip("factory/N-9", "exempt")] }),
        ["a skip taken back"] = record => Round(record, round => round with { Skipped = [.. round.Skipped.Skip(1)] }),
        ["last round dropped"] = record => record with { Rounds = [.. record.Rounds.SkipLast(1)] },
        ["an empty round behind the last"] = record => record with { Rounds = [.. record.Rounds, new DrawRound([], [])] },
        ["an empty round behind the last of a public record"] = record => Open(record with { Rounds = [.. record.Rounds, new DrawRound([], [])] }),
        ["a stratum of which there is nobody"] = record => record with
        {
            Announcement = record.Announcement with { Strata = [.. record.Announcement.Strata.SkipLast(1), new DrawStratum("E", 0.05m, 0, 0), record.Announcement.Strata[^1]] },
        },
        ["strata in another order"] = record => record with { Announcement = record.Announcement with { Strata = [.. record.Announcement.Strata.Reverse()] } },
        ["winner skipped for an invented reason"] = record => Round(record, round => round with { Skipped = [round.Skipped[0] with { Reason = "friend" }, .. round.Skipped.Skip(1)] }),
        ["winner skipped for a reason of another purpose"] = record => Round(record, round => round with { Skipped = [round.Skipped[0] with { Reason = "listed" }, .. round.Skipped.Skip(1)] }),
        ["inspector skipped for an invented reason"] = _ => new Sample { SkippedInspectors = [new DrawSkip("I-1", "friend")] }.Record(),
        ["inspector skipped twice"] = _ => new Sample { SkippedInspectors = [Retired, Retired] }.Record(),
        ["inspector of the public record skipped twice"] = _ => Open(new Sample { SkippedInspectors = [Retired, Retired] }.Record()),
        ["invented reason of a row that is withheld"] = record =>
        {
            var open = record.ToPublic(record.Roster.Where(row => row.Exclusion is not null).Take(1).Select(row => row.Grain.ToString()).ToHashSet());
            return open with { Withheld = [open.Withheld![0] with { Exclusion = "friend" }] };
        },
        ["another number of places left"] = record => record with { Unfilled = record.Unfilled + 1 },
        ["another form"] = record => record with { Format = "draw-record/v2" },
    };

    private static DrawRecord Made(DrawRecord record, Func<DrawExecution, DrawExecution> change) => record with { Execution = change(record.Execution) };

    private static DrawRecord Told(DrawRecord record, Func<DrawStratum, DrawStratum> change) =>
        record with { Announcement = record.Announcement with { Strata = [change(record.Announcement.Strata[0]), .. record.Announcement.Strata.Skip(1)] } };

    private static DrawRecord Left(DrawRecord record, Func<IEnumerable<DrawExclusion>, IEnumerable<DrawExclusion>> change) =>
        record with { Announcement = record.Announcement with { Excluded = [.. change(record.Announcement.Excluded)] } };

    private static DrawRecord Round(DrawRecord record, Func<DrawRound, DrawRound> change) => record with { Rounds = [change(record.Rounds[0]), .. record.Rounds.Skip(1)] };

    private static DrawRecord First(DrawRecord record, Func<DrawnVisit, DrawnVisit> change) =>
        Round(record, round => round with { Visits = [change(round.Visits[0]), .. round.Visits.Skip(1)] });

    private static DrawRecord Open(DrawRecord record) => record.ToPublic(new HashSet<string>());

    /// <summary>Changes the first visit on which several win.</summary>
    private static DrawRecord Together(DrawRecord record, Func<DrawnVisit, IEnumerable<DrawnVisit>> change) => Round(record, round =>
    {
        var together = round.Visits.First(visit => visit.Entities.Count > 1);
        return round with { Visits = [.. round.Visits.SelectMany(visit => visit == together ? change(visit) : [visit])] };
    });

    private static string TextOf(DrawRecord record)
    {
        using var stream = new MemoryStream();
        DrawJson.Write(stream, record);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
