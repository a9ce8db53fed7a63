using Microsoft.Extensions.Logging;
using Npgsql;

namespace Supervision.Ledger.Append;

/// <summary>
/// Commits batches over one connection and always finds out what became of them: after a lost connection by asking for
/// the batch under the head lock, never by guessing. Everything here blocks: it runs on the writer's own threads.
/// </summary>
internal sealed partial class BatchCommitter(NpgsqlDataSource dataSource, TimeProvider clock, ILogger logger) : IDisposable
{
    private const string HeadSql = "SELECT seq, frontier FROM head";
    private const string LockHeadSql = "SELECT seq, frontier FROM head FOR UPDATE";
    private const string ResolveSql = "SELECT resolve_batch($1)";

    // Longest wait for the database to answer one batch; beyond it the connection is given up and the batch looked up.
    private const int CommandTimeoutSeconds = 60;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(200);

    private NpgsqlConnection? _connection;
    private NpgsqlCommand? _append;
    private Head _head;

    public Head Start() => _head = ReadHead(Connect(), HeadSql);

    /// <summary>The end of the ledger after the last batch, as far as is known here.</summary>
    public Head Head => _head;

    /// <summary>The arrays of a batch that is to be committed behind a head.</summary>
    public BatchArrays Build(Batch batch, Head head) => BatchArrays.Build(batch, head, clock.GetUtcNow());

    /// <summary>Commits a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="ready">Its arrays, where they were built ahead; built anew when the ledger ends elsewhere.</param>
    /// <param name="cancellationToken">Ends the waiting for a database that does not answer.</param>
    public BatchResult Commit(Batch batch, BatchArrays? ready, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            // After a stale head or a lost connection: take the lock before building on the head, so that it cannot move.
            var (result, lost) = TryCommit(batch, attempt == 1 ? ready : null, locked: attempt > 1);
            if (result is not null)
                return result;
            if (lost is null)
                continue;
            var committed = Resolve(batch.Id, cancellationToken);
            // Something in the batch cannot even be sent, for example half of a surrogate pair.
            if (!committed && !IsLoss(lost))
                return new BatchResult.Refused(lost);

            if (committed)
            {
                var places = Build(batch, _head);
                var from = _head.Seq;
                // The batch was built on the head it committed behind, so its outcome is the one that was computed.
                _head = places.After;
                return new BatchResult.Committed(from, places.After.Seq, places.Places);
            }

            batch.RenewId();
        }
    }

    public void Dispose() => Disconnect();

    /// <summary>One attempt. No result and no loss: the head was stale. A loss: nobody knows yet.</summary>
    private (BatchResult? Result, Exception? Lost) TryCommit(Batch batch, BatchArrays? ready, bool locked)
    {
        try
        {
            var connection = Connect();
            using var transaction = locked ? connection.BeginTransaction() : null;
            if (locked)
                _head = ReadHead(connection, LockHeadSql);
            var arrays = ready is not null && ready.Behind.Is(_head) ? ready : Build(batch, _head);
            var (status, stale, duplicate, head) = Append(arrays);
            transaction?.Commit();
            switch (status)
            {
                case 0:
                    var from = _head.Seq;
                    _head = arrays.After;
                    return (new BatchResult.Committed(from, arrays.After.Seq, arrays.Places), null);
                case 1:
                    _head = head;
                    return (null, null);
                default:
                    return (new BatchResult.Conflict(stale, duplicate), null);
            }
        }
        catch (PostgresException exception) when (!IsTransient(exception))
        {
            return (new BatchResult.Refused(exception), null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogCommitInDoubt(logger, exception, batch.Appends.Count);
            return (null, exception);
        }
    }

    private (int Status, int[] Stale, int[] Duplicate, Head Head) Append(BatchArrays arrays)
    {
        arrays.AddTo(_append!.Parameters);
        // A commit under way is not cancelled when the silo stops: its waiters get their answer.
        using var reader = _append.ExecuteReader();
        reader.Read();
        return (
            reader.GetInt16(0),
            reader.IsDBNull(3) ? [] : reader.GetFieldValue<int[]>(3),
            reader.IsDBNull(4) ? [] : reader.GetFieldValue<int[]>(4),
            new Head(reader.GetInt64(1), reader.GetFieldValue<byte[]>(2)));
    }

    /// <summary>Asks until the database answers whether a batch committed; afterwards it can no longer do so.</summary>
    private bool Resolve(Guid batch, CancellationToken cancellationToken)
    {
        while (true)
        {
            Disconnect();
            try
            {
                using var command = new NpgsqlCommand(ResolveSql, Connect()) { Parameters = { new NpgsqlParameter<Guid> { TypedValue = batch } } };
                var committed = (bool)command.ExecuteScalar()!;
                LogResolved(logger, batch, committed);
                return committed;
            }
            catch (Exception exception) when (IsLoss(exception))
            {
                LogUnreachable(logger, exception.Message);
                cancellationToken.WaitHandle.WaitOne(RetryDelay);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    private NpgsqlConnection Connect()
    {
        if (_connection is { State: System.Data.ConnectionState.Open })
            return _connection;
        Disconnect();
        _connection = dataSource.OpenConnection();
        // Prepared by the data source's automatic preparation after its first uses, with the types that the arrays carry.
        _append = new NpgsqlCommand(BatchArrays.AppendSql, _connection) { CommandTimeout = CommandTimeoutSeconds };
        return _connection;
    }

    private void Disconnect()
    {
        _append?.Dispose();
        _connection?.Dispose();
        (_append, _connection) = (null, null);
    }

    private static Head ReadHead(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        using var reader = command.ExecuteReader();
        reader.Read();
        return new Head(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1));
    }

    private static bool IsLoss(Exception exception) => exception is NpgsqlException or IOException or TimeoutException;

    /// <summary>
    /// Whether the same batch may succeed later: the server goes down or comes up (57, 08), has no room (53), or was
    /// asked to give way (40, 55, 25P03). Anything else is about what the batch holds.
    /// </summary>
    private static bool IsTransient(PostgresException exception) =>
        exception.SqlState.AsSpan(0, 2) is "57" or "08" or "53" or "40" or "55" or "58" or "XX" || exception.SqlState == "25P03";
}
