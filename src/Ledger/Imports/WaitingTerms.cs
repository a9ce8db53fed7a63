using Npgsql;

namespace Supervision.Ledger.Imports;

/// <summary>
/// Terms of new entities wait in a list before they are sorted into the index. Left alone, a commit does that for all whenever
/// the list is full, and the ledger waits; here another connection does it beside the next commits, and the list, through which every
/// search reads, stays shorter.
/// </summary>
internal sealed class WaitingTerms(NpgsqlDataSource dataSource)
{
    private const string SortSql = "SELECT sort_terms_in()";

    // The list of a new entity is about 600 bytes, and PostgreSQL lets 4 MB wait.
    private const int EntitiesMax = 3_000;

    private int _waiting;
    private int _sorting;

    /// <summary>New entities were committed. Not for several at once.</summary>
    public void Add(int entities)
    {
        _waiting += entities;
        if (_waiting < EntitiesMax || Interlocked.CompareExchange(ref _sorting, 1, 0) == 1)
            return;
        _waiting = 0;
        _ = SortAsync();
    }

    private async Task SortAsync()
    {
        try
        {
            await using var command = dataSource.CreateCommand(SortSql);
            await command.ExecuteNonQueryAsync();
        }
        catch (Exception exception) when (exception is NpgsqlException or ObjectDisposedException)
        {
            // What is not sorted in waits for the next time, or for a commit.
        }
        finally
        {
            Volatile.Write(ref _sorting, 0);
        }
    }
}
