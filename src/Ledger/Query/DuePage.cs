using Npgsql;

namespace Supervision.Ledger.Query;

/// <summary>
/// A page of the order in which wake-ups come due. What an entity says is read beside it and not asked for: the database, which takes the one for independent of the other, would expect
/// next to nothing to be due and plan for that.
/// </summary>
/// <param name="Due">The grains of which it is still the wake-up.</param>
/// <param name="Last">Behind what the next page begins; null: there is none.</param>
public sealed record DuePage(IReadOnlyList<GrainId> Due, (GrainId Grain, DateTimeOffset DueAt)? Last)
{
    /// <summary>Reads grain, instant and whether its entity says so; a grain that came to an instant more than once stands there as often.</summary>
    internal static async Task<DuePage> ReadAsync(NpgsqlCommand command, int limit, CancellationToken cancellationToken)
    {
        var (due, read) = (new List<GrainId>(), 0);
        (GrainId Grain, DateTimeOffset DueAt)? last = null;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        for (; await reader.ReadAsync(cancellationToken); read++)
        {
            var row = (GrainId.FromStored(reader.GetString(0)), reader.GetFieldValue<DateTimeOffset>(1));
            if (row != last && reader.GetBoolean(2))
                due.Add(row.Item1);
            last = row;
        }

        return new DuePage(due, read < limit ? null : last);
    }
}
