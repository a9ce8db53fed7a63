using Microsoft.Extensions.Logging;
using Npgsql;

namespace Supervision.Ledger.Append;

/// <summary>
/// Commits the batches of one lane, one at a time in two steps, over a connection of its own, and always finds out what became of them: after a lost connection
/// by asking for the batch under the head lock, never by guessing. Everything here blocks: it runs on the lane's own thread.
/// </summary>
internal sealed partial class BatchCommitter(NpgsqlDataSource dataSource, TimeProvider clock, ILogger logger) : IDisposable
{
    private const string HeadSql = "SELECT seq, frontier FROM head";
    private const string ResolveSql = "SELECT resolve_batch($1)";

    /// <summary>Raised by the database for a grain that has another version than an append rests on.</summary>
    private const string StaleVersion = "SV001";

    // Longest wait for the database to answer one batch; beyond it the connection is given up and the batch looked up.
    private const int CommandTimeoutSeconds = 60;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(200);

    private readonly LaneStatements _statements = new(CommandTimeoutSeconds);
    private NpgsqlConnection? _connection;
    private NpgsqlTransaction? _transaction;
    private Exception? _failure;

    /// <summary>The end of the ledger.</summary>
    public Head ReadHead()
    {
        using var command = new NpgsqlCommand(HeadSql, Connect());
        using var reader = command.ExecuteReader();
        reader.Read();
        return new Head(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1));
    }

    /// <summary>The arrays of a batch that is to be committed behind a head.</summary>
    public BatchArrays Build(Batch batch, Head head) => BatchArrays.Build(batch, head, clock.GetUtcNow());

    /// <summary>Changes the rows that need no place in the order. What fails is told when the batch is finished.</summary>
    public void Prepare(BatchArrays arrays)
    {
        _failure = null;
        try
        {
            _transaction = Connect().BeginTransaction();
            if (arrays.HasPreparation)
                _statements.Prepare(_connection!, arrays);
        }
        catch (Exception exception)
        {
            // Others must not wait for rows that come to nothing.
            RollBack();
            _failure = exception;
        }
    }

    /// <summary>Gives a prepared batch its place behind the end of the ledger and commits it, when every one before it is committed or given up.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="arrays">Its arrays; built anew when the ledger ends elsewhere.</param>
    /// <param name="cancellationToken">Ends the waiting for a database that does not answer.</param>
    public BatchResult Finish(Batch batch, BatchArrays arrays, CancellationToken cancellationToken)
    {
        if (_failure is null)
        {
            try
            {
                // A commit under way is not cancelled when the silo stops: its waiters get their answer.
                if (_statements.Finish(_connection!, arrays) is { } elsewhere)
                {
                    arrays = Build(batch, elsewhere);
                    if (arrays.HasPreparation)
                        _statements.Place(_connection!, arrays);
                    _statements.Finish(_connection!, arrays);
                }

                _transaction!.Commit();
                _transaction.Dispose();
                _transaction = null;
                return Committed(arrays);
            }
            catch (Exception exception)
            {
                _failure = exception;
            }
        }

        return _failure switch
        {
            PostgresException { SqlState: StaleVersion or PostgresErrorCodes.UniqueViolation } exception => Conflict(batch, arrays, exception, cancellationToken),
            // Others did not let go of what it waited for; it gives way to those behind it, for which they may be waiting in turn.
            PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } => GiveUp(new BatchResult.GaveWay()),
            PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure } => GiveUp(new BatchResult.NotCommitted()),
            PostgresException exception when !IsTransient(exception) => GiveUp(new BatchResult.Refused(exception)),
            _ => Resolve(batch, arrays, cancellationToken),
        };
    }

    public void Dispose() => Disconnect();

    private static BatchResult.Committed Committed(BatchArrays arrays) => new(arrays.Behind.Seq, arrays.After, arrays.Places);

    private BatchResult Conflict(Batch batch, BatchArrays arrays, PostgresException exception, CancellationToken cancellationToken)
    {
        RollBack();
        try
        {
            var (stale, duplicate) = _statements.Conflicts(Connect(), arrays);
            if (stale.Length + duplicate.Length > 0)
                return new BatchResult.Conflict(stale, duplicate);
        }
        catch (Exception lost) when (IsLoss(lost))
        {
            return Resolve(batch, arrays, cancellationToken);
        }

        return exception.SqlState == StaleVersion ? new BatchResult.NotCommitted() : new BatchResult.Refused(exception);
    }

    private BatchResult GiveUp(BatchResult result)
    {
        RollBack();
        return result;
    }

    /// <summary>Nobody knows yet: asks until the database answers whether the batch committed; afterwards it can no longer do so.</summary>
    private BatchResult Resolve(Batch batch, BatchArrays arrays, CancellationToken cancellationToken)
    {
        LogCommitInDoubt(logger, _failure!, batch.Appends.Count);
        while (true)
        {
            Disconnect();
            try
            {
                using var command = new NpgsqlCommand(ResolveSql, Connect()) { Parameters = { new NpgsqlParameter<Guid> { TypedValue = batch.Id } } };
                var committed = (bool)command.ExecuteScalar()!;
                LogResolved(logger, batch.Id, committed);
                if (committed)
                    return Committed(arrays);
                batch.RenewId();
                // Something in the batch cannot even be sent, for example half of a surrogate pair.
                return IsLoss(_failure!) ? new BatchResult.NotCommitted() : new BatchResult.Refused(_failure!);
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
        return _connection = dataSource.OpenConnection();
    }

    private void RollBack()
    {
        try
        {
            // Rolls back when it was not committed.
            _transaction?.Dispose();
            _transaction = null;
        }
        catch (Exception exception) when (IsLoss(exception))
        {
            Disconnect();
        }
    }

    private void Disconnect()
    {
        try
        {
            _connection?.Dispose();
        }
        finally
        {
            (_connection, _transaction) = (null, null);
        }
    }

    // A connection that dies between BEGIN and what follows it shows as something disposed.
    private static bool IsLoss(Exception exception) => exception is NpgsqlException or IOException or TimeoutException or ObjectDisposedException;

    /// <summary>
    /// Whether the same batch may succeed later: the server goes down or comes up (57, 08), has no room (53), or was
    /// asked to give way (40, 55, 25P03). Anything else is about what the batch holds.
    /// </summary>
    private static bool IsTransient(PostgresException exception) =>
        exception.SqlState.AsSpan(0, 2) is "57" or "08" or "53" or "40" or "55" or "58" or "XX" || exception.SqlState == "25P03";
}
