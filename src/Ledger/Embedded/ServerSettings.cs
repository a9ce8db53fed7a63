namespace Supervision.Ledger.Embedded;

/// <summary>The server's settings, written anew at every start; what ALTER SYSTEM sets wins over them.</summary>
internal static class ServerSettings
{
    private const int BytesPerMegabyte = 1 << 20;

    /// <summary>Passwords on every way in: the socket's directory is closed, and yet another process of the account could come.</summary>
    public const string Access = """
        local all         all              scram-sha-256
        local replication all              scram-sha-256
        host  all         all 127.0.0.1/32 scram-sha-256

        """;

    public static string Write(EmbeddedPostgresOptions options, ServerDirectory directory, ServerEndpoint endpoint)
    {
        var sharedBuffers = SharedBuffers(options);
        return $"""
            # Written at every start by the silo: edits are lost. Use ALTER SYSTEM instead.
            data_directory = {Quote(directory.Data)}
            hba_file = {Quote(directory.Access)}

            # Reached from this machine only.
            listen_addresses = '127.0.0.1'
            port = {endpoint.Port}
            unix_socket_directories = {Quote(endpoint.SocketDirectory)}
            unix_socket_permissions = 0700
            max_connections = {options.MaxConnections}
            password_encryption = 'scram-sha-256'

            shared_buffers = {sharedBuffers}MB
            huge_pages = {(options.HugePages ? "try" : "off")}
            effective_cache_size = {3 * sharedBuffers}MB
            maintenance_work_mem = {Math.Clamp(sharedBuffers / 4, 16, 256)}MB
            # Statements are short and prepared: compiling them costs more than it saves.
            jit = off
            # Solid-state disks: a random read costs about what a sequential one does.
            random_page_cost = 1.1

            # An acknowledged command is on disk (fsync is off in tests only; a kill of the server loses nothing there either).
            fsync = {OnOff(options.IsDurable)}
            synchronous_commit = on
            full_page_writes = {OnOff(options.IsDurable)}
            # Rare checkpoints, spread out: each makes the next change of every page log the whole page. Compressing those costs more processor time than it saves.
            wal_compression = off
            max_wal_size = 8GB
            checkpoint_timeout = 30min
            checkpoint_completion_target = 0.9

            # Vacuum and analyze as PostgreSQL has them by default, but on smaller shares of change, and never faster than is
            # needed: of two cores they must not take one away from the commits.
            autovacuum = on
            autovacuum_vacuum_scale_factor = 0.1
            autovacuum_analyze_scale_factor = 0.1
            autovacuum_vacuum_cost_delay = 4ms

            # A week of logs, each day's file overwriting the one a week before.
            logging_collector = on
            log_directory = {Quote(directory.Log)}
            log_filename = 'postgresql-%a.log'
            log_rotation_age = 1d
            log_rotation_size = 0
            log_truncate_on_rotation = on
            log_line_prefix = '%m [%p] '
            log_min_duration_statement = -1
            # Values of rows and texts of statements may hold private data: the log names the error and no more.
            log_error_verbosity = terse
            log_min_error_statement = panic

            timezone = 'UTC'
            log_timezone = 'UTC'
            datestyle = 'iso, ymd'
            lc_messages = 'C'

            """;
    }

    /// <summary>Megabytes of shared buffers on this machine.</summary>
    public static int SharedBuffers(EmbeddedPostgresOptions options) => SharedBuffers(options.SharedBuffersMegabytes, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    /// <summary>Megabytes of shared buffers: what is asked for, at most a quarter of memory, at least 16.</summary>
    public static int SharedBuffers(int askedMegabytes, long memoryBytes) =>
        (int)Math.Max(16, Math.Min(askedMegabytes, memoryBytes / 4 / BytesPerMegabyte));

    private static string Quote(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal).Replace(@"\", @"\\", StringComparison.Ordinal)}'";

    private static string OnOff(bool value) => value ? "on" : "off";
}
