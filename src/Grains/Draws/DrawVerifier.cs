using System.Globalization;
using Supervision.Grains.Inspectors;

namespace Supervision.Grains.Draws;

/// <summary>Where a record differs from what its draw must have been.</summary>
/// <param name="Part">The part of the record, for example <c>roster-root</c>.</param>
/// <param name="Expected">What it must be.</param>
/// <param name="Found">What stands there.</param>
public sealed record DrawDifference(string Part, string Expected, string Found);

/// <summary>What a record shows.</summary>
/// <param name="First">The first difference; null: there is none.</param>
/// <param name="Winners">How many are checked.</param>
/// <param name="Skipped">How many winners were skipped.</param>
/// <param name="Visits">How many visits there are.</param>
/// <param name="Unassigned">How many of them have no inspectors.</param>
/// <param name="Withheld">Rows whose tickets are told and cannot be recomputed.</param>
public sealed record DrawVerification(DrawDifference? First, int Winners, int Skipped, int Visits, int Unassigned, int Withheld);

/// <summary>Makes a draw again from its record alone, and names the first thing that differs.</summary>
public sealed class DrawVerifier
{
    private readonly DrawRecord _record;

    private DrawVerifier(DrawRecord record) => _record = record;

    /// <summary>Verifies a record, whole or public.</summary>
    public static DrawVerification Verify(DrawRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new DrawVerifier(record).Verify();
    }

    private DrawVerification Verify()
    {
        try
        {
            CheckForm();
            CheckRoster();
            CheckStrata();
            CheckSeed();
            CheckPool();
            CheckRounds();
            return Result(null);
        }
        catch (DifferenceException found)
        {
            return Result(found.Difference);
        }
        catch (FormatException exception)
        {
            return Result(new DrawDifference("hex", "bytes in hex", exception.Message));
        }
    }

    private DrawVerification Result(DrawDifference? first)
    {
        var skipped = _record.Rounds.Sum(round => round.Skipped.Count);
        var visits = _record.Rounds.SelectMany(round => round.Visits).GroupBy(visit => visit.Enterprise, StringComparer.Ordinal).ToList();
        return new DrawVerification(
            first, _record.Rounds.Sum(round => round.Visits.Sum(visit => visit.Entities.Count)) - skipped, skipped, visits.Count,
            _record.Announcement.InspectorsPerVisit == 0 ? 0 : visits.Count(visit => visit.First().Inspectors.Count == 0), _record.Withheld?.Count ?? 0);
    }

    private void CheckForm()
    {
        var (announcement, execution) = (_record.Announcement, _record.Execution);
        Same("format", DrawRecord.FormatV1, _record.Format);
        Same("rule", announcement.Fields is null ? DrawAnnouncement.RuleV1 : DrawAnnouncement.RuleV2, announcement.Rule);
        Holds("not-before", execution.At >= announcement.NotBefore, $"made at or after {announcement.NotBefore:O}", $"made at {execution.At:O}");
        Holds("public-at", announcement.PublicAt <= announcement.NotBefore, $"known by {announcement.NotBefore:O}", $"known at {announcement.PublicAt:O}");
        Holds("public-values", execution.PublicValues.Count > 0, "at least one public value", "none");
        Holds("public-form", _record.IsPublic == _record.PoolLeaves is not null, "either the inspectors or their hashes", "both or neither");
        Holds("public-form", (_record.RosterKey is null) == (_record.Salts is not null), "either the key of the salts or the salts", "both or neither");
    }

    private void CheckRoster()
    {
        var rows = _record.Roster;
        var withheld = _record.Withheld ?? [];
        var reasons = Drawable.ReasonsOf(_record.Announcement.Purpose);
        Same("roster-size", _record.Announcement.RosterSize, rows.Count + withheld.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            Holds("roster-identity", IsIdentity(row.Grain.ToString()) && IsIdentity(row.Enterprise.ToString()), "kind/key in letters, digits, dots, hyphens and underscores", $"{row.Grain} of {row.Enterprise}");
            Holds("roster-order", i == 0 || rows[i - 1].Grain < row.Grain, "each row once, in the order of identities", $"{row.Grain} in place {i}");
            Holds("roster-exclusion", row.Exclusion is null || reasons.Contains(row.Exclusion), string.Join(", ", reasons), $"{row.Exclusion} of {row.Grain}");
        }

        Holds("roster-exclusion", withheld.All(row => row.Exclusion is null || reasons.Contains(row.Exclusion)), string.Join(", ", reasons), "another of a row that is withheld");
        var count = rows.Count + withheld.Count;
        Holds("withheld", withheld.Select(row => row.Index).Distinct().Count() == withheld.Count && withheld.All(row => row.Index >= 0 && row.Index < count), $"places from 0 to {count - 1}, each once", "others");
        var salts = _record.RosterKey is { } key ? Roster.Salts(Convert.FromHexString(key), count) : SaltsOf(_record.Salts!);
        Holds("salts", salts.Length >= rows.Count * Roster.SaltLength, $"{rows.Count} salts", "fewer");
        Same("roster-root", _record.Announcement.RosterRoot, Convert.ToHexStringLower(DrawTree.Root(WithWithheld(Roster.Leaves(rows, salts), withheld))));
    }

    private static byte[] SaltsOf(IReadOnlyList<string> salts) => [.. salts.SelectMany(salt => Convert.FromHexString(salt))];

    private static byte[] WithWithheld(byte[] leaves, IReadOnlyList<WithheldRow> withheld)
    {
        if (withheld.Count == 0)
            return leaves;
        var places = withheld.ToDictionary(row => row.Index, row => Convert.FromHexString(row.Leaf));
        var all = new List<byte>(leaves.Length + (withheld.Count * DrawHash.Length));
        for (int i = 0, open = 0; i < (leaves.Length / DrawHash.Length) + withheld.Count; i++)
            all.AddRange(places.TryGetValue(i, out var leaf) ? leaf : leaves.AsSpan(open++ * DrawHash.Length, DrawHash.Length));
        return [.. all];
    }

    private void CheckStrata()
    {
        var announcement = _record.Announcement;
        var rows = _record.Roster.Select(row => (row.RiskClass, row.Exclusion)).Concat((_record.Withheld ?? []).Select(row => (row.RiskClass, row.Exclusion))).ToList();
        var excluded = rows.Where(row => row.Exclusion is not null).CountBy(row => row.Exclusion!, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        Same(
            "excluded", Describe(Drawable.ReasonsOf(announcement.Purpose).Where(excluded.ContainsKey).Select(reason => new DrawExclusion(reason, excluded[reason]))),
            Describe(announcement.Excluded));
        // Also of a class of which nobody takes part.
        IReadOnlyList<string?> classes = [.. rows.Select(row => row.RiskClass).Distinct().OrderBy(risk => risk is null).ThenBy(risk => risk, StringComparer.Ordinal)];
        IReadOnlyList<string?> told = [.. announcement.Strata.Select(stratum => stratum.RiskClass)];
        Holds("strata", classes.SequenceEqual(told), $"one of each risk class of the roster: {Describe(classes)}", Describe(told));
        var eligible = rows.Where(row => row.Exclusion is null).CountBy(row => row.RiskClass ?? "", StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var split = announcement.Size is { } size ? Quotas.Split(size, [.. announcement.Strata.Select(stratum => stratum.Eligible)]) : null;
        for (var i = 0; i < announcement.Strata.Count; i++)
        {
            var stratum = announcement.Strata[i];
            var name = stratum.RiskClass ?? "none";
            Same($"eligible-{name}", stratum.Eligible, eligible.GetValueOrDefault(stratum.RiskClass ?? ""));
            Holds(
                $"rate-{name}", split is null ? stratum.Rate is >= 0 and <= 1 : stratum.Rate is null, split is null ? "a rate from 0 to 1" : "no rate beside the size",
                stratum.Rate?.ToString(CultureInfo.InvariantCulture) ?? "none");
            Same($"quota-{name}", split?[i] ?? Quotas.Of(stratum.Rate!.Value, stratum.Eligible), stratum.Quota);
        }
    }

    private void CheckSeed()
    {
        var execution = _record.Execution;
        var secret = Convert.FromHexString(execution.Secret);
        Same("commitment", _record.Announcement.Commitment, DrawSeed.CommitmentTo(secret));
        Same("seed", Convert.ToHexStringLower(DrawSeed.Of(secret, execution.PublicValues, Convert.FromHexString(execution.Root))), execution.Seed);
    }

    private void CheckPool()
    {
        var announcement = _record.Announcement;
        Same("pool-size", announcement.PoolSize, _record.Pool?.Count ?? _record.PoolLeaves!.Count);
        byte[] leaves;
        if (_record.Pool is { } pool)
        {
            Holds("pool-fields", pool.All(row => (row.Fields is null) == (announcement.Fields is null)), "fields of expertise under draw/v2 and not before", "others");
            for (var i = 1; i < pool.Count; i++)
                Holds("pool-order", string.CompareOrdinal(pool[i - 1].Id, pool[i].Id) < 0, "each inspector once, in the order of ids", $"{pool[i].Id} in place {i}");
            leaves = InspectorPool.Leaves(pool, Convert.FromHexString(_record.PoolKey ?? ""));
        }
        else
        {
            leaves = [.. _record.PoolLeaves!.SelectMany(leaf => Convert.FromHexString(leaf))];
        }

        Same("pool-root", announcement.PoolRoot, Convert.ToHexStringLower(DrawTree.Root(leaves)));
        var known = (_record.Pool?.Select(row => row.Id) ?? _record.PoolLeaves!).ToHashSet(StringComparer.Ordinal);
        var taking = known.ToHashSet(StringComparer.Ordinal);
        foreach (var skip in _record.SkippedInspectors)
        {
            Holds("skipped-inspector", taking.Remove(skip.Id), "one of the inspectors, once", skip.Id);
            Holds("skip-reason", InspectorFitness.SkipReasons.Contains(skip.Reason), string.Join(", ", InspectorFitness.SkipReasons), $"{skip.Reason} of {skip.Id}");
        }

        foreach (var visit in _record.Rounds.SelectMany(round => round.Visits).Where(visit => visit.Inspectors.Count > 0))
        {
            Holds(
                "inspectors", visit.Inspectors.All(known.Contains) && visit.Inspectors.Distinct(StringComparer.Ordinal).Count() == announcement.InspectorsPerVisit,
                $"{announcement.InspectorsPerVisit} different inspectors of the pool", $"{string.Join(", ", visit.Inspectors)} for {visit.Enterprise}");
        }
    }

    private void CheckRounds()
    {
        var (rows, told, names) = Whole();
        var skippedInspectors = _record.SkippedInspectors.Select(skip => skip.Id).ToHashSet(StringComparer.Ordinal);
        var lottery = new Lottery(
            _record.Draw, Convert.FromHexString(_record.Execution.Seed), rows, _record.Announcement.Strata, _record.Pool ?? [], skippedInspectors,
            _record.Announcement.InspectorsPerVisit, _record.Announcement.Fields, told);
        var reasons = Drawable.SkipReasonsOf(_record.Announcement.Purpose);
        var skipped = new List<string>();
        for (var i = 0; i < _record.Rounds.Count; i++)
        {
            var drawn = lottery.Next(skipped);
            Holds("rounds", drawn.Count > 0, i == 0 ? "no round" : $"no round after round {i}, which nobody follows", $"round {i + 1}");
            CheckRound(i + 1, drawn, _record.Rounds[i], names);
            var won = drawn.SelectMany(visit => visit.Entities).ToHashSet(StringComparer.Ordinal);
            foreach (var skip in _record.Rounds[i].Skipped)
            {
                Holds("skipped", won.Remove(skip.Id), $"a winner of round {i + 1}", skip.Id);
                Holds("skip-reason", reasons.Contains(skip.Reason), string.Join(", ", reasons), $"{skip.Reason} of {skip.Id}");
            }

            skipped = [.. _record.Rounds[i].Skipped.Select(skip => skip.Id), .. won.Where(names.Contains).Where(IsSkipped)];
        }

        if (lottery.Next(skipped) is [var left, ..])
            throw new DifferenceException(new DrawDifference("rounds", $"a round with {string.Join(", ", left.Entities)}", "none"));
        Same("unfilled", lottery.Unfilled, _record.Unfilled);

        bool IsSkipped(string name) => _record.Withheld!.Any(row => row.Skipped && name.EndsWith(row.Leaf, StringComparison.Ordinal));
    }

    /// <summary>The roster with rows in the place of those that are withheld, what is told of their tickets, and what they are called here.</summary>
    private (IReadOnlyList<RosterRow> Rows, Dictionary<int, byte[]>? Told, HashSet<string> Names) Whole()
    {
        if (_record.Withheld is not { Count: > 0 } withheld)
            return (_record.Roster, null, []);
        var rows = new List<RosterRow>(_record.Roster);
        var told = new Dictionary<int, byte[]>();
        foreach (var row in withheld.OrderBy(row => row.Index))
        {
            var name = $"withheld/{row.Leaf}";
            rows.Insert(row.Index, new RosterRow(name, row.RiskClass, name, null, row.Exclusion));
            if (row.Exclusion is null)
                told[row.Index] = Convert.FromHexString(row.Ticket ?? "");
        }

        Holds("withheld-ticket", told.Values.All(ticket => ticket.Length == DrawHash.Length), "tickets of 32 bytes", "another length");
        return (rows, told, [.. withheld.Select(row => $"withheld/{row.Leaf}")]);
    }

    private void CheckRound(int number, IReadOnlyList<DrawnVisit> drawn, DrawRound recorded, HashSet<string> withheld)
    {
        if (!_record.IsPublic)
        {
            for (var i = 0; i < Math.Max(drawn.Count, recorded.Visits.Count); i++)
                Same($"round-{number}", Describe(drawn.ElementAtOrDefault(i)), Describe(recorded.Visits.ElementAtOrDefault(i)));
            return;
        }

        var places = Enumerable.Range(0, drawn.Count).Where(place => !withheld.Contains(drawn[place].Enterprise)).ToDictionary(place => drawn[place].Enterprise, StringComparer.Ordinal);
        var at = -1;
        foreach (var visit in recorded.Visits)
        {
            Holds($"round-{number}", places.Remove(visit.Enterprise, out var place), "the smallest tickets", Won(visit));
            Same($"round-{number}", Won(drawn[place]), Won(visit));
            // A visit stands where its smallest ticket does: its own place, or one before it of somebody withheld, who may be of the same enterprise.
            at = Enumerable.Range(at + 1, Math.Max(0, place - at)).FirstOrDefault(next => next == place || withheld.Contains(drawn[next].Enterprise), -1);
            Holds($"round-{number}", at >= 0, "visits in the order of the smallest tickets", Won(visit));
        }

        if (places.Count > 0)
            throw new DifferenceException(new DrawDifference($"round-{number}", Won(drawn[places.Values.Min()]), "none"));
    }

    private static string Describe(IEnumerable<string?> classes) => string.Join(", ", classes.Select(risk => risk ?? "none"));

    private static string Describe(IEnumerable<DrawExclusion> excluded) =>
        string.Join(", ", excluded.Select(left => $"{left.Reason} {left.Count}").DefaultIfEmpty("nobody"));

    private static string Describe(DrawnVisit? visit) => visit is null
        ? "no visit"
        : $"{Won(visit)} by {(visit.Inspectors.Count == 0 ? "nobody" : string.Join(", ", visit.Inspectors))}";

    private static string Won(DrawnVisit visit) => $"{string.Join(", ", visit.Entities)} of {visit.Enterprise}";

    private static bool IsIdentity(string text) => GrainId.TryParse(text, out _);

    private static void Same<T>(string part, T expected, T found)
        where T : notnull =>
        Holds(part, EqualityComparer<T>.Default.Equals(expected, found), expected.ToString()!, found.ToString()!);

    private static void Holds(string part, bool holds, string expected, string found)
    {
        if (!holds)
            throw new DifferenceException(new DrawDifference(part, expected, found));
    }

    private sealed class DifferenceException(DrawDifference difference) : Exception
    {
        public DrawDifference Difference => difference;
    }
}
