namespace Supervision.Grains.Draws;

/// <summary>
/// The record of a draw: everything that is needed to make it again. Whole for officers and auditors; to the public the
/// inspectors stay hashed, and entities that are withheld are left out but for their places.
/// </summary>
public sealed record DrawRecord
{
    /// <summary>The form of records that <c>draw/v1</c> has.</summary>
    public const string FormatV1 = "draw-record/v1";

    /// <summary>The form of the record.</summary>
    public required string Format { get; init; }

    /// <summary>The key of the draw.</summary>
    public required string Draw { get; init; }

    /// <summary>What was announced.</summary>
    public required DrawAnnouncement Announcement { get; init; }

    /// <summary>How the seed came about.</summary>
    public required DrawExecution Execution { get; init; }

    /// <summary>The key of the salts of the roster, in lower-case hex; null where rows are withheld.</summary>
    public string? RosterKey { get; init; }

    /// <summary>The roster, in order, without rows that are withheld.</summary>
    public required IReadOnlyList<RosterRow> Roster { get; init; }

    /// <summary>The salt of each row, in lower-case hex, where there is no key.</summary>
    public IReadOnlyList<string>? Salts { get; init; }

    /// <summary>Rows that are withheld from the public; null without any.</summary>
    public IReadOnlyList<WithheldRow>? Withheld { get; init; }

    /// <summary>The key of the salts of the inspectors, in lower-case hex; null to the public.</summary>
    public string? PoolKey { get; init; }

    /// <summary>The inspectors, in order; null to the public.</summary>
    public IReadOnlyList<PoolRow>? Pool { get; init; }

    /// <summary>The hashes of the inspectors' rows, in lower-case hex, in order; to the public only.</summary>
    public IReadOnlyList<string>? PoolLeaves { get; init; }

    /// <summary>Inspectors who took no part; to the public by the hashes of their rows.</summary>
    public required IReadOnlyList<DrawSkip> SkippedInspectors { get; init; }

    /// <summary>The rounds, in order.</summary>
    public required IReadOnlyList<DrawRound> Rounds { get; init; }

    /// <summary>Winners that nobody followed.</summary>
    public required int Unfilled { get; init; }

    /// <summary>Whether this is what the public is shown.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsPublic => Pool is null;

    /// <summary>What the public is shown of it.</summary>
    /// <param name="withheld">Entities that the public is not shown, by their identities.</param>
    public DrawRecord ToPublic(IReadOnlySet<string> withheld)
    {
        ArgumentNullException.ThrowIfNull(withheld);
        var leafOf = Pool!.Zip(Hex(InspectorPool.Leaves(Pool!, Convert.FromHexString(PoolKey!)), DrawHash.Length))
            .ToDictionary(pair => pair.First.Id, pair => pair.Second, StringComparer.Ordinal);
        var opened = this with
        {
            PoolKey = null,
            Pool = null,
            PoolLeaves = [.. leafOf.Values],
            SkippedInspectors = [.. SkippedInspectors.Select(skip => skip with { Id = leafOf[skip.Id] })],
            Rounds = [.. Rounds.Select(round => new DrawRound(
                [.. round.Visits
                    .Select(visit => new DrawnVisit(visit.Enterprise, [.. visit.Entities.Where(entity => !withheld.Contains(entity))], [.. visit.Inspectors.Select(id => leafOf[id])]))
                    .Where(visit => visit.Entities.Count > 0)],
                [.. round.Skipped.Where(skip => !withheld.Contains(skip.Id))]))],
        };
        var hidden = withheld.Select(Utf8Identity.FromString).ToHashSet();
        if (!Roster.Any(row => hidden.Contains(row.Grain)))
            return opened;
        var salts = Draws.Roster.Salts(Convert.FromHexString(RosterKey!), Roster.Count);
        var leaves = Hex(Draws.Roster.Leaves(Roster, salts), DrawHash.Length);
        var seed = Convert.FromHexString(Execution.Seed);
        var tickets = new Tickets(Draw, seed, Roster);
        var open = Enumerable.Range(0, Roster.Count).Where(i => !hidden.Contains(Roster[i].Grain)).ToList();
        var saltOf = Hex(salts, Draws.Roster.SaltLength);
        return opened with
        {
            RosterKey = null,
            Roster = [.. open.Select(i => Roster[i])],
            Salts = [.. open.Select(i => saltOf[i])],
            Withheld = [.. Enumerable.Range(0, Roster.Count).Except(open).Select(i => new WithheldRow(
                i, leaves[i], Roster[i].RiskClass, Roster[i].Exclusion, Roster[i].Exclusion is null ? Convert.ToHexStringLower(tickets.Of(i)) : null,
                Rounds.Any(round => round.Skipped.Any(skip => skip.Id == Roster[i].Grain.ToString()))))],
        };
    }

    private static List<string> Hex(byte[] bytes, int length)
    {
        var texts = new List<string>();
        for (var i = 0; i + length <= bytes.Length; i += length)
            texts.Add(Convert.ToHexStringLower(bytes, i, length));
        return texts;
    }
}

/// <summary>A round of a draw.</summary>
/// <param name="Visits">Who is visited, in the order of the smallest tickets.</param>
/// <param name="Skipped">Winners of this round who are not checked, by the reason.</param>
public sealed record DrawRound(IReadOnlyList<DrawnVisit> Visits, IReadOnlyList<DrawSkip> Skipped);

/// <summary>A row of the roster that the public is not shown.</summary>
/// <param name="Index">Its place in the roster, from 0.</param>
/// <param name="Leaf">The hash of the row, in lower-case hex.</param>
/// <param name="RiskClass">Its risk class.</param>
/// <param name="Exclusion">Why it takes no part, or null.</param>
/// <param name="Ticket">Its ticket in lower-case hex, which nobody can recompute without knowing whose it is; null where it takes no part.</param>
/// <param name="Skipped">Whether it won and was skipped.</param>
public sealed record WithheldRow(int Index, string Leaf, string? RiskClass, string? Exclusion, string? Ticket, bool Skipped);
