using System.Text;
using Supervision.Grains.Behaviour;
using Supervision.Grains.Views;
using Supervision.Ledger.Query;

namespace Supervision.Hosting.Verification;

/// <summary>
/// Grain by grain: its events are numbered and linked without gaps, and make the state, columns, titles, open work, restriction and
/// wake-up that are stored, and what lists and searches look in. Seven ordered streams are merged, so that nothing is there without
/// a grain that has events.
/// </summary>
internal sealed class StateVerification : IAsyncDisposable
{
    private const string LedgerSql = """
        SELECT grain, version, seq, previous_seq, type, effective_on, actor, data FROM ledger ORDER BY grain, version, seq
        """;

    private const string EntitySql = """
        SELECT grain, version, last_seq, state, kind, name, region, industry, risk_class, standing, enterprise, search, wake_up FROM entity ORDER BY grain
        """;

    private const string TitleSql = """
        SELECT grain, policy, honour, level, status, authority, certificate, granted_on, evaluator, batch, exempt_until FROM title ORDER BY grain
        """;

    private const string WorkSql = "SELECT grain, item, id, status, policy, level, due_on, array_to_string(inspectors, E'\\n') FROM work ORDER BY grain";

    private const string WakeUpSql = "SELECT grain, due_at FROM wake_up_due ORDER BY grain";

    private const string RestrictionSql = "SELECT by, grain FROM restriction ORDER BY by, grain";

    private static readonly string[] ColumnNames = ["kind", "name", "region", "industry", "risk_class", "standing", "enterprise", "search"];

    // Where those columns begin in an entity's row.
    private const int ColumnsFrom = 4;

    private const int WakeUpColumn = 12;

    private readonly GrainRows _events;
    private readonly GrainRows _entities;
    private readonly GrainRows _titles;
    private readonly GrainRows _work;
    private readonly GrainRows _wakeUps;
    private readonly GrainRows _registered;
    private readonly GrainRows _restrictions;
    private readonly RegisterVerification _register;
    private readonly VerificationCounter _counter;

    private StateVerification(GrainRows[] rows, RegisterVerification register, VerificationCounter counter) =>
        (_events, _entities, _titles, _work, _wakeUps, _registered, _restrictions, _register, _counter) =
        (rows[0], rows[1], rows[2], rows[3], rows[4], rows[5], rows[6], register, counter);

    private GrainRows[] Streams => [_events, _entities, _titles, _work, _wakeUps, _registered, _restrictions];

    public static async Task<Difference?> RunAsync(
        VerificationSnapshot snapshot, long seq, IProgress<VerificationProgress>? progress, CancellationToken cancellationToken)
    {
        var rows = new List<GrainRows>();
        foreach (var sql in (string[])[LedgerSql, EntitySql, TitleSql, WorkSql, WakeUpSql, RegisterVerification.RegisterSql, RestrictionSql])
            rows.Add(await GrainRows.OpenAsync(await snapshot.OpenAsync(cancellationToken), sql, cancellationToken));
        var register = await RegisterVerification.OpenAsync(await snapshot.OpenAsync(cancellationToken), cancellationToken);
        await using var verification = new StateVerification([.. rows], register, new VerificationCounter(progress, seq, VerificationPhase.States));
        return await verification.CompareAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var rows in Streams)
            await rows.DisposeAsync();
    }

    private async Task<Difference?> CompareAsync(CancellationToken cancellationToken)
    {
        while (Next() is { } grain)
        {
            if (!GrainId.TryParse(grain, out var id))
                return new Difference(DifferenceKind.Grain, null, grain, "kind/key", grain);
            if (!_events.IsAt(grain) && _registered.IsAt(grain) && !Streams.Any(rows => rows != _registered && rows.IsAt(grain)))
                return _register.Superfluous(_registered);
            if (!_events.IsAt(grain))
                return new Difference(DifferenceKind.Entity, null, grain, "events, or nothing stored of it", "none");
            if (!_entities.IsAt(grain))
                return new Difference(DifferenceKind.Entity, _events.Reader.GetInt64(2), grain, "a state", "none");
            var folded = await FoldAsync(grain, cancellationToken);
            if ((folded.Difference ?? CompareEntity(id, folded)) is { } difference)
                return difference;
            await _entities.ReadAsync(cancellationToken);
            if (await CompareTitlesAsync(grain, folded.State!, cancellationToken) is { } title)
                return title;
            if (await CompareWorkAsync(grain, folded.State!, cancellationToken) is { } work)
                return work;
            if (await CompareWakeUpAsync(grain, folded.State!, cancellationToken) is { } wakeUp)
                return wakeUp;
            if (await CompareRestrictionAsync(id, folded.State!, cancellationToken) is { } restriction)
                return restriction;
            if (await CompareRegisterAsync(id, folded.State!, cancellationToken) is { } registered)
                return registered;
        }

        _counter.Tell();
        return null;
    }

    /// <summary>The first grain that one of the streams has next.</summary>
    private string? Next()
    {
        string? first = null;
        foreach (var rows in Streams)
        {
            if (rows.Grain is { } grain && (first is null || string.CompareOrdinal(grain, first) < 0))
                first = grain;
        }

        return first;
    }

    private readonly record struct Folded(GrainState? State, long Version, long LastSeq, Difference? Difference);

    private async Task<Folded> FoldAsync(string grain, CancellationToken cancellationToken)
    {
        var folded = default(Folded);
        while (_events.IsAt(grain) && folded.Difference is null)
        {
            folded = Fold(grain, folded);
            _counter.Count();
            await _events.ReadAsync(cancellationToken);
        }

        return folded;
    }

    private Folded Fold(string grain, Folded before)
    {
        var reader = _events.Reader;
        var (version, seq, previous) = (reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3));
        if (version != before.Version + 1)
            return before with { Difference = new Difference(DifferenceKind.Chain, seq, grain, $"version {before.Version + 1}", $"version {version}") };
        if (previous != before.LastSeq)
            return before with { Difference = new Difference(DifferenceKind.Chain, seq, grain, $"after event {before.LastSeq}", $"after event {previous}") };
        var (type, data) = (reader.GetString(4), reader.GetString(7));
        try
        {
            var @event = LedgerJson.ReadEvent(type, data, reader.GetFieldValue<DateOnly>(5));
            var canonical = Encoding.UTF8.GetString(LedgerJson.Write(@event));
            if (!string.Equals(canonical, data, StringComparison.Ordinal))
                return before with { Difference = Difference.OfTexts(DifferenceKind.Data, seq, grain, canonical, data) };
            if (!string.Equals(@event.Type, type, StringComparison.Ordinal))
                return before with { Difference = new Difference(DifferenceKind.Data, seq, grain, @event.Type, type) };
            return new Folded(GrainBehaviour.Evolve(before.State, @event, version, reader.GetString(6)), version, seq, null);
        }
        catch (System.Text.Json.JsonException exception)
        {
            return before with { Difference = new Difference(DifferenceKind.Data, seq, grain, $"an event {type}", exception.Message) };
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Taking in events never fails for those that were decided, so whatever it throws is the difference.
            return before with { Difference = new Difference(DifferenceKind.Fold, seq, grain, $"an event {type} that can follow", exception.Message) };
        }
    }

    private Difference? CompareEntity(GrainId id, Folded folded)
    {
        var reader = _entities.Reader;
        if ((reader.GetInt64(1), reader.GetInt64(2)) is var (version, lastSeq) && (version, lastSeq) != (folded.Version, folded.LastSeq))
        {
            return new Difference(
                DifferenceKind.Version, folded.LastSeq, id.Value, $"version {folded.Version} at {folded.LastSeq}", $"version {version} at {lastSeq}");
        }

        var (expected, found) = (Encoding.UTF8.GetString(LedgerJson.Write(folded.State!)), reader.GetString(3));
        if (!string.Equals(expected, found, StringComparison.Ordinal))
            return Difference.OfTexts(DifferenceKind.State, folded.LastSeq, id.Value, expected, found);
        var columns = RegisterColumns.Of(id, folded.State!);
        string?[] values =
        [
            columns.Kind, columns.Name, columns.Region, columns.Industry, columns.RiskClass, columns.Standing, columns.Enterprise, columns.Search,
        ];
        for (var i = 0; i < values.Length; i++)
        {
            if (!string.Equals(values[i], reader.GetText(ColumnsFrom + i), StringComparison.Ordinal))
            {
                return new Difference(
                    DifferenceKind.Column, folded.LastSeq, id.Value, $"{ColumnNames[i]} {values[i] ?? "absent"}",
                    $"{ColumnNames[i]} {reader.GetText(ColumnsFrom + i) ?? "absent"}");
            }
        }

        var (wakeUp, stored) = (GrainBehaviour.NextWakeUp(folded.State!), reader.GetInstant(WakeUpColumn));
        return wakeUp == stored ? null : new Difference(DifferenceKind.WakeUp, null, id.Value, wakeUp?.ToString("O") ?? "none", stored?.ToString("O") ?? "none");
    }

    private async Task<Difference?> CompareTitlesAsync(string grain, GrainState state, CancellationToken cancellationToken)
    {
        var found = new List<TitleColumns>();
        while (_titles.IsAt(grain))
        {
            var reader = _titles.Reader;
            found.Add(new TitleColumns(
                reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5), reader.GetText(6),
                reader.GetFieldValue<DateOnly>(7), reader.GetText(8), reader.GetText(9), reader.IsDBNull(10) ? null : reader.GetFieldValue<DateOnly>(10)));
            await _titles.ReadAsync(cancellationToken);
        }

        var expected = RegisterColumns.TitlesOf(state);
        foreach (var title in expected)
        {
            if (!found.Remove(title))
                return new Difference(DifferenceKind.Title, null, grain, title.ToString(), found.Find(other => KeyOf(other) == KeyOf(title))?.ToString() ?? "none");
        }

        return found.Count == 0 ? null : new Difference(DifferenceKind.Title, null, grain, "no such title", found[0].ToString());

        static (string, string, string) KeyOf(TitleColumns title) => (title.Policy, title.Honour, title.Level);
    }

    private async Task<Difference?> CompareWorkAsync(string grain, GrainState state, CancellationToken cancellationToken)
    {
        var found = new List<WorkColumns>();
        while (_work.IsAt(grain))
        {
            var reader = _work.Reader;
            found.Add(new WorkColumns(
                reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetText(4), reader.GetText(5),
                WorkQuery.DueOn(reader, 6), reader.GetText(7)));
            await _work.ReadAsync(cancellationToken);
        }

        foreach (var item in OpenWork.Of(state))
        {
            if (!found.Remove(item))
                return new Difference(DifferenceKind.Work, null, grain, item.ToString(), found.Find(other => (other.Item, other.Id) == (item.Item, item.Id))?.ToString() ?? "none");
        }

        return found.Count == 0 ? null : new Difference(DifferenceKind.Work, null, grain, "no such open check or case", found[0].ToString());
    }

    private async Task<Difference?> CompareRegisterAsync(GrainId id, GrainState state, CancellationToken cancellationToken)
    {
        if (_register.Compare(id.Value, _registered, RegisterColumns.Of(id, state), RegisterColumns.TitlesOf(state)) is { } difference)
            return difference;
        if (_registered.IsAt(id.Value))
            await _registered.ReadAsync(cancellationToken);
        return null;
    }

    private async Task<Difference?> CompareWakeUpAsync(string grain, GrainState state, CancellationToken cancellationToken)
    {
        // Those that are past may still stand there.
        var (expected, isFound) = (GrainBehaviour.NextWakeUp(state), false);
        while (_wakeUps.IsAt(grain))
        {
            isFound |= _wakeUps.Reader.GetFieldValue<DateTimeOffset>(1) == expected;
            await _wakeUps.ReadAsync(cancellationToken);
        }

        return expected is null || isFound ? null : new Difference(DifferenceKind.WakeUp, null, grain, $"{expected:O} among what comes due", "none");
    }

    private async Task<Difference?> CompareRestrictionAsync(GrainId id, GrainState state, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        while (_restrictions.IsAt(id.Value))
        {
            found.Add(_restrictions.Reader.GetString(1));
            await _restrictions.ReadAsync(cancellationToken);
        }

        var expected = Withheld.By(id, state).Select(identity => identity.Value).Order(StringComparer.Ordinal).ToList();
        return expected.SequenceEqual(found)
            ? null
            : new Difference(DifferenceKind.Restriction, null, id.Value, string.Join(", ", expected.DefaultIfEmpty("none")), string.Join(", ", found.DefaultIfEmpty("none")));
    }
}
