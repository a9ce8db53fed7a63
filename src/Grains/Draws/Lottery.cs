namespace Supervision.Grains.Draws;

/// <summary>Winners of one enterprise, who are visited together.</summary>
/// <param name="Enterprise">The enterprise.</param>
/// <param name="Entities">What is checked there, in the order of tickets.</param>
/// <param name="Inspectors">Who makes the visit; empty: there are too few that may.</param>
public sealed record DrawnVisit(string Enterprise, IReadOnlyList<string> Entities, IReadOnlyList<string> Inspectors);

/// <summary>
/// A draw as its record determines it: the winners of each stratum, and for every winner that is skipped the next ticket of its stratum,
/// round after round. Nothing but its inputs has a say in it.
/// </summary>
public sealed class Lottery
{
    private readonly DrawHash _hash = new();

    private readonly Tickets _tickets;

    private readonly IReadOnlyList<RosterRow> _roster;

    private readonly List<Stratum> _strata = [];

    private readonly InspectorMatch _inspectors;

    private readonly IReadOnlyList<NeededField> _fields;

    private readonly Dictionary<string, IReadOnlyList<string>> _visits = new(StringComparer.Ordinal);

    private Dictionary<string, Stratum> _drawnLast = new(StringComparer.Ordinal);

    /// <summary>Prepares a draw.</summary>
    /// <param name="draw">The key of the draw.</param>
    /// <param name="seed">Its seed.</param>
    /// <param name="roster">The roster, in order.</param>
    /// <param name="strata">The strata with what is drawn of each.</param>
    /// <param name="pool">The inspectors, in order.</param>
    /// <param name="skippedInspectors">Those among them who may inspect no longer.</param>
    /// <param name="perVisit">How many make a visit.</param>
    /// <param name="fields">Fields of expertise that inspectors need, by kind of entity; null: none.</param>
    /// <param name="told">Tickets of rows that cannot be recomputed because they are withheld, by their places.</param>
    public Lottery(
        string draw, byte[] seed, IReadOnlyList<RosterRow> roster, IReadOnlyList<DrawStratum> strata, IReadOnlyList<PoolRow> pool,
        IReadOnlySet<string> skippedInspectors, int perVisit, IReadOnlyList<NeededField>? fields = null, IReadOnlyDictionary<int, byte[]>? told = null)
    {
        ArgumentNullException.ThrowIfNull(roster);
        ArgumentNullException.ThrowIfNull(strata);
        _roster = roster;
        _fields = fields ?? [];
        _tickets = new Tickets(draw, seed, roster, told);
        _inspectors = new InspectorMatch(draw, seed, pool, skippedInspectors, perVisit, _hash);
        var members = strata.Select(_ => new List<int>()).ToList();
        for (var i = 0; i < roster.Count; i++)
        {
            if (roster[i].Exclusion is null)
                members[IndexOf(strata, roster[i].RiskClass)].Add(i);
        }

        for (var i = 0; i < strata.Count; i++)
            _strata.Add(new Stratum(new TicketOrder(_tickets, members[i])) { Wanted = strata[i].Quota });
    }

    /// <summary>Winners that could not be replaced because their stratum has no candidates left.</summary>
    public int Unfilled { get; private set; }

    /// <summary>
    /// The visits of the next round: the first, or the one in which those take part who follow the skipped of the last. An enterprise
    /// that has a visit already is visited by the same inspectors at once. Empty when nobody follows.
    /// </summary>
    /// <param name="skipped">Who of the last round is skipped.</param>
    /// <exception cref="ArgumentException">Somebody is skipped who was not drawn in the last round.</exception>
    public IReadOnlyList<DrawnVisit> Next(IEnumerable<string> skipped)
    {
        ArgumentNullException.ThrowIfNull(skipped);
        foreach (var grain in skipped)
        {
            if (!_drawnLast.Remove(grain, out var stratum))
                throw new ArgumentException($"{grain} was not drawn in the last round, or is skipped twice.", nameof(skipped));
            stratum.Wanted++;
        }

        var drawn = new List<int>();
        _drawnLast = new Dictionary<string, Stratum>(StringComparer.Ordinal);
        foreach (var stratum in _strata)
        {
            var drawnNow = Math.Min(stratum.Wanted, stratum.Order.Count - stratum.Drawn);
            foreach (var row in stratum.Order.Between(stratum.Drawn, stratum.Drawn + drawnNow))
            {
                drawn.Add(row);
                _drawnLast[_roster[row].Grain.ToString()] = stratum;
            }

            stratum.Drawn += drawnNow;
            stratum.Wanted -= drawnNow;
            Unfilled += stratum.Wanted;
            stratum.Wanted = 0;
        }

        return [.. _tickets.InOrder(drawn).GroupBy(row => _roster[row].Enterprise).Select(VisitOf)];
    }

    private DrawnVisit VisitOf(IGrouping<Utf8Identity, int> together)
    {
        var enterprise = together.Key.ToString();
        if (!_visits.TryGetValue(enterprise, out var inspectors))
        {
            inspectors = _inspectors.Take(
                enterprise, RegionsOf(together),
                [.. _fields.Where(needed => together.Any(row => IsOf(needed.Kind, _roster[row].Grain))).Select(needed => needed.Field).Distinct(StringComparer.Ordinal)]);
            _visits[enterprise] = inspectors;
        }

        return new DrawnVisit(enterprise, [.. together.Select(row => _roster[row].Grain.ToString())], inspectors);
    }

    private IReadOnlyList<string?> RegionsOf(IGrouping<Utf8Identity, int> together)
    {
        var regions = together.Select(row => _roster[row].Region).ToArray();
        return regions.Length == 1 ? regions : [.. regions.Distinct().Order(StringComparer.Ordinal)];
    }

    private static bool IsOf(string kind, Utf8Identity grain) =>
        grain.Bytes.Length > kind.Length && grain.Bytes[kind.Length] == '/' && System.Text.Ascii.Equals(grain.Bytes[..kind.Length], kind);

    private static int IndexOf(IReadOnlyList<DrawStratum> strata, string? riskClass)
    {
        for (var i = 0; i < strata.Count; i++)
        {
            if (string.Equals(strata[i].RiskClass, riskClass, StringComparison.Ordinal))
                return i;
        }

        throw new ArgumentException($"No stratum is of risk class '{riskClass}'.", nameof(strata));
    }

    private sealed class Stratum(TicketOrder order)
    {
        public TicketOrder Order => order;

        public int Drawn { get; set; }

        public int Wanted { get; set; }
    }
}
