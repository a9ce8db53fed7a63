using Supervision.Grains.Draws;

namespace Supervision.Grains.Tests.Draws;

/// <summary>What a draw is by its rules: even, independent of who withdraws, balanced among inspectors.</summary>
public sealed class LotteryTests
{
    [Fact]
    public void EveryCandidateIsAsLikelyAsEveryOther()
    {
        const int Draws = 4000, Candidates = 50, Quota = 5;
        var roster = Candidate(Candidates);
        var wins = new int[Candidates];
        for (var i = 0; i < Draws; i++)
        {
            var lottery = new Lottery("even", Sample.Bytes($"seed {i}"), roster, [new DrawStratum(null, 0.1m, Candidates, Quota)], [], new HashSet<string>(), 2);
            foreach (var visit in lottery.Next([]))
                wins[int.Parse(visit.Entities[0][^2..], System.Globalization.CultureInfo.InvariantCulture)]++;
        }

        // Drawn without replacement, so the statistic is that of chi-squared with 49 degrees of freedom times 0.9: beyond 85.4 once in 10,000 (99.99 %: 94.9).
        var expected = (double)Draws * Quota / Candidates;
        Assert.InRange(wins.Sum(count => (count - expected) * (count - expected) / expected), 15, 85.4);
    }

    [Fact]
    public void WhoWithdrawsChangesNothingAmongTheOthers()
    {
        var seed = Sample.Bytes("seed");
        var roster = Candidate(100);
        var all = Winners(seed, roster, 10);
        foreach (var gone in all)
        {
            var without = Winners(seed, [.. roster.Where(row => row.Grain != gone)], 10);
            Assert.Equal(all.Where(winner => winner != gone), without.Where(all.Contains));
            Assert.Single(without, winner => !all.Contains(winner));
        }
    }

    [Fact]
    public void TheNextTicketFollowsWhoIsSkipped()
    {
        var seed = Sample.Bytes("seed");
        var roster = Candidate(100);
        var more = Winners(seed, roster, 12);
        var lottery = Of(seed, roster, 10);
        var drawn = lottery.Next([]).SelectMany(visit => visit.Entities).ToList();
        Assert.Equal(more.Take(10), drawn);
        Assert.Equal(more.Skip(10), lottery.Next([drawn[3], drawn[7]]).SelectMany(visit => visit.Entities));
        Assert.Empty(lottery.Next([]));
    }

    [Fact]
    public void TheOrderThatIsMadeAsFarAsAskedIsTheWholeOrder()
    {
        const int Candidates = 20_000;
        var tickets = new Tickets("order", Sample.Bytes("seed"), Candidate(Candidates));
        var rows = Enumerable.Range(0, Candidates).ToArray();
        var whole = tickets.InOrder(rows);
        var order = new TicketOrder(tickets, rows);
        Assert.Equal(whole, rows.Select(row => order.Between(row, row + 1)[0]));
        Assert.Equal(whole.Take(1), new TicketOrder(tickets, rows).Between(0, 1).ToArray());
        Assert.Equal(whole.Skip(7_000).Take(2_000), new TicketOrder(tickets, rows).Between(7_000, 9_000).ToArray());
        Assert.Equal(whole.TakeLast(1), new TicketOrder(tickets, rows).Between(Candidates - 1, Candidates).ToArray());
        Assert.Equal([], new TicketOrder(tickets, rows).Between(0, 0).ToArray());
    }

    [Fact]
    public void OnlyWhoWasDrawnLastIsSkipped()
    {
        var lottery = Of(Sample.Bytes("seed"), Candidate(20), 5);
        var drawn = lottery.Next([]).SelectMany(visit => visit.Entities).ToList();
        lottery.Next([drawn[0]]);
        Assert.Throws<ArgumentException>(() => lottery.Next([drawn[1]]));
    }

    [Fact]
    public void WinnersOfOneEnterpriseAreVisitedOnceByTheSameInspectors()
    {
        var record = new Sample { Rate = 0.5m }.Record(entity => entity.EndsWith('5') ? Drawable.Exempt : null);
        Assert.All(record.Rounds, round => Assert.Equal(round.Visits.Count, round.Visits.DistinctBy(visit => visit.Enterprise).Count()));
        Assert.Contains(record.Rounds[0].Visits, visit => visit.Entities.Count > 1);
        var visits = record.Rounds.SelectMany(round => round.Visits).GroupBy(visit => visit.Enterprise).ToList();
        Assert.Contains(visits, visit => visit.Count() > 1);
        Assert.All(visits, visit => Assert.Single(visit.Select(part => string.Join(',', part.Inspectors)).Distinct()));
    }

    [Fact]
    public void InspectorsMayInspectWhatTheyAreMatchedTo()
    {
        var record = new Sample { Rate = 0.5m, SkippedInspectors = [new DrawSkip("I-2", "retired")] }.Record();
        var pool = record.Pool!.ToDictionary(row => row.Id);
        var rows = record.Roster.ToDictionary(row => row.Grain.ToString());
        foreach (var visit in record.Rounds[0].Visits)
        {
            Assert.Equal(2, visit.Inspectors.Distinct().Count());
            Assert.All(visit.Inspectors, id =>
            {
                Assert.NotEqual("I-2", id);
                Assert.DoesNotContain(visit.Enterprise, pool[id].Conflicts);
                Assert.All(visit.Entities, entity => Assert.True(Supervision.Grains.Inspectors.InspectorFitness.Covers(pool[id].Regions, rows[entity].Region)));
            });
        }
    }

    [Fact]
    public void VisitsAreSpreadEvenly()
    {
        var pool = Enumerable.Range(0, 10).Select(i => new PoolRow($"I-{i}", [], new DateOnly(2030, 1, 1), [], 0)).ToList();
        var record = new Sample { Pool = pool, Rate = 0.5m }.Record();
        var loads = record.Rounds[0].Visits.SelectMany(visit => visit.Inspectors).CountBy(id => id).Select(entry => entry.Value).ToList();
        Assert.Equal(10, loads.Count);
        Assert.InRange(loads.Max() - loads.Min(), 0, 1);
        Assert.True(record.Rounds[0].Visits.Select(visit => string.Join('+', visit.Inspectors.Order())).Distinct().Count() > 20);
    }

    [Fact]
    public void EveryInspectorIsAsLikelyAsEveryOtherToMakeTheFirstVisit()
    {
        const int Draws = 4000, Inspectors = 20;
        var pool = Enumerable.Range(0, Inspectors).Select(i => new PoolRow($"I-{i:00}", [], new DateOnly(2030, 1, 1), [], 0)).ToList();
        var roster = Candidate(1);
        var taken = new int[Inspectors];
        for (var i = 0; i < Draws; i++)
        {
            var lottery = new Lottery("even", Sample.Bytes($"seed {i}"), roster, [new DrawStratum(null, null, 1, 1)], pool, new HashSet<string>(), 2);
            foreach (var inspector in lottery.Next([])[0].Inspectors)
                taken[int.Parse(inspector[2..], System.Globalization.CultureInfo.InvariantCulture)]++;
        }

        // Two of twenty without replacement: chi-squared with 19 degrees of freedom times 18/19; beyond 47.4 once in 10,000.
        var expected = (double)Draws * 2 / Inspectors;
        Assert.InRange(taken.Sum(count => (count - expected) * (count - expected) / expected), 3, 47.4);
    }

    [Fact]
    public void EveryPairOfInspectorsIsAsLikelyAsEveryOther()
    {
        const int Draws = 4000, Inspectors = 6;
        var pool = Enumerable.Range(0, Inspectors).Select(i => new PoolRow($"I-{i}", [], new DateOnly(2030, 1, 1), [], 0)).ToList();
        var pairs = Enumerable.Range(0, Draws).Select(i =>
        {
            var lottery = new Lottery("even", Sample.Bytes($"pair {i}"), Candidate(1), [new DrawStratum(null, null, 1, 1)], pool, new HashSet<string>(), 2);
            return string.Join('+', lottery.Next([])[0].Inspectors.Order(StringComparer.Ordinal));
        }).CountBy(pair => pair).ToList();

        // Fifteen pairs: 14 degrees of freedom, beyond 40.8 once in 5,000.
        Assert.Equal(15, pairs.Count);
        Assert.InRange(pairs.Sum(pair => (pair.Value - (Draws / 15.0)) * (pair.Value - (Draws / 15.0)) / (Draws / 15.0)), 2, 40.8);
    }

    [Fact]
    public void WhoLacksAFieldMakesNoVisitThatNeedsIt()
    {
        var record = new Sample { Pool = Sample.PoolWithFields(20), Fields = [new NeededField("product", "绿色产品")], Rate = 0.5m }.Record();
        var pool = record.Pool!.ToDictionary(row => row.Id);
        var visits = record.Rounds[0].Visits;
        Assert.All(
            visits.Where(visit => visit.Entities.Any(entity => entity.StartsWith("product/", StringComparison.Ordinal))),
            visit => Assert.All(visit.Inspectors, id => Assert.Contains("绿色产品", pool[id].Fields!)));
        Assert.Contains(visits, visit => visit.Inspectors.Any(id => !pool[id].Fields!.Contains("绿色产品")));
        Assert.Null(DrawVerifier.Verify(record).First);
    }

    [Fact]
    public void WithTooFewInspectorsAVisitHasNone()
    {
        var record = new Sample { Pool = [new PoolRow("I-1", [], new DateOnly(2030, 1, 1), [], 0)] }.Record();
        Assert.All(record.Rounds[0].Visits, visit => Assert.Empty(visit.Inspectors));
        Assert.Null(DrawVerifier.Verify(record).First);
    }

    [Theory]
    [InlineData(10, new[] { 50, 30, 20 }, new[] { 5, 3, 2 })]
    [InlineData(1, new[] { 1, 1, 1 }, new[] { 1, 0, 0 })]
    [InlineData(5, new[] { 3, 3, 1 }, new[] { 2, 2, 1 })]
    [InlineData(7, new[] { 3, 3, 1 }, new[] { 3, 3, 1 })]
    [InlineData(0, new[] { 3 }, new[] { 0 })]
    public void ASizeIsSplitByTheLargestRemainder(int size, int[] eligible, int[] quotas) => Assert.Equal(quotas, Quotas.Split(size, eligible));

    [Theory]
    [InlineData("0.05", 1, 1)]
    [InlineData("0.05", 20, 1)]
    [InlineData("0.05", 21, 2)]
    [InlineData("0.3", 10, 3)]
    [InlineData("1", 7, 7)]
    [InlineData("0.05", 0, 0)]
    public void AShareIsRoundedUp(string rate, int eligible, int quota) =>
        Assert.Equal(quota, Quotas.Of(decimal.Parse(rate, System.Globalization.CultureInfo.InvariantCulture), eligible));

    private static IReadOnlyList<RosterRow> Candidate(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new RosterRow($"factory/F-{i:00}", null, $"enterprise/u-{i:x16}", "430000", null)).OrderBy(row => row.Grain)];

    private static Lottery Of(byte[] seed, IReadOnlyList<RosterRow> roster, int quota) =>
        new("trial", seed, roster, [new DrawStratum(null, null, roster.Count, quota)], [], new HashSet<string>(), 2);

    private static List<string> Winners(byte[] seed, IReadOnlyList<RosterRow> roster, int quota)
    {
        var lottery = Of(seed, roster, quota);
        return [.. lottery.Next([]).SelectMany(visit => visit.Entities)];
    }
}
