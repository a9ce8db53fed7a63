using Npgsql;

namespace Supervision.Ledger.Schema;

/// <summary>Opens the connections of a serving silo.</summary>
public static class LedgerDataSource
{
    /// <summary>
    /// A pool whose connections act as the serving role, prepare what they run more than once, and give up transactions
    /// that hang. The settings of the connection string given win, except for the role.
    /// </summary>
    public static NpgsqlDataSource Create(string connectionString) =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(AsServingRole(connectionString))
        {
            MaxAutoPrepare = 50,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
        }.ConnectionString);

    /// <summary>The same connection, acting as the serving role.</summary>
    public static string AsServingRole(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString)
    {
        Options = $"-c role={Migrator.ServingRole} -c idle_in_transaction_session_timeout=60s",
        ApplicationName = "supervision",
    }.ConnectionString;
}
