using Npgsql;

namespace Supervision.Ledger.Schema;

/// <summary>Opens the connections of a serving silo.</summary>
public static class LedgerDataSource
{
    /// <summary>
    /// A pool whose connections act as the serving role, prepare what they run more than once, and give up statements
    /// that hang. The settings of the connection string given win, except for the role.
    /// </summary>
    public static NpgsqlDataSource Create(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Options = $"-c role={Migrator.ServingRole} -c idle_in_transaction_session_timeout=60s",
            ApplicationName = "supervision",
            MaxAutoPrepare = 50,
            AutoPrepareMinUsages = 2,
            IncludeErrorDetail = false,
            NoResetOnClose = true,
        };
        return NpgsqlDataSource.Create(settings.ConnectionString);
    }
}
