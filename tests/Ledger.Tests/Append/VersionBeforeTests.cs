using Npgsql;

namespace Supervision.Ledger.Tests.Append;

/// <summary>Silos of the version before, which serve while others are upgraded, know the wake-up of a grain as a row of <c>wake_up</c> and open work by its grain.</summary>
public sealed class VersionBeforeTests
{
    private const string Grain = "factory/F-1";

    // The functions that they call are told apart from those of this version by how much they take.
    private const string CallSql = """
        SELECT format('SELECT %I(%s)', proname, (
            SELECT string_agg(quote_literal(coalesce($2::jsonb ->> proargnames[place + 1], CASE proargnames[place + 1] WHEN 'p_at' THEN '2026-05-01' ELSE '{}' END)) || '::' || format_type(proargtypes[place], NULL), ', ' ORDER BY place)
            FROM generate_series(0, pronargs - 1) AS place))
        FROM pg_proc WHERE proname = $1 AND pronargs = CASE $1 WHEN 'prepare_batch' THEN 54 ELSE 47 END
        """;

    [Fact]
    public async Task Wake_ups_that_they_enter_move_and_drop_are_those_of_the_entity()
    {
        await using var ledger = await TestLedger.CreateAsync();
        await EnterAsync(ledger, """{ "w_grain": "{factory/F-1}", "w_due_at": "{2026-07-01 16:00+00}" }""");
        Assert.Equal("2026-07-01", await WakeUpAsync(ledger));
        Assert.True(await IsAmongDueAsync(ledger));

        await PrepareAsync(ledger, """{ "v_grain": "{factory/F-1}", "v_due_at": "{2026-08-01 16:00+00}" }""");
        Assert.Equal("2026-08-01", await WakeUpAsync(ledger));
        Assert.True(await IsAmongDueAsync(ledger));

        await PrepareAsync(ledger, """{ "d_grain": "{factory/F-1}" }""");
        Assert.Equal("", await WakeUpAsync(ledger));

        await PrepareAsync(ledger, """{ "w_grain": "{factory/F-1}", "w_due_at": "{2026-09-01 16:00+00}" }""");
        Assert.Equal("2026-09-01", await WakeUpAsync(ledger));
        Assert.True(await IsAmongDueAsync(ledger));
    }

    [Fact]
    public async Task A_grain_that_they_enter_without_a_wake_up_has_none()
    {
        await using var ledger = await TestLedger.CreateAsync();

        await EnterAsync(ledger, """{ "w_grain": "{factory/F-2}", "w_due_at": "{2026-07-01 16:00+00}" }""");

        Assert.Equal("", await WakeUpAsync(ledger));
    }

    [Fact]
    public async Task Rows_that_they_copy_are_wake_ups_of_the_entities_that_follow()
    {
        await using var ledger = await TestLedger.CreateAsync();
        await using var connection = await ledger.Serving().OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);

        await CopyAsync(connection, "COPY wake_up (grain, due_at) FROM STDIN", $"{Grain}\t2026-07-01 16:00+00\n");
        await CopyAsync(connection, "COPY entity (grain, version, last_seq, state, kind) FROM STDIN", $"{Grain}\t1\t1\t{{}}\tfactory\nfactory/F-2\t1\t1\t{{}}\tfactory\n");
        await transaction.CommitAsync(TestContext.Current.CancellationToken);

        Assert.Equal("2026-07-01", await WakeUpAsync(ledger));
        Assert.True(await IsAmongDueAsync(ledger));
        Assert.Equal(1L, await ledger.QueryAsync<long>("SELECT count(*) FROM entity WHERE wake_up IS NOT NULL"));
    }

    [Fact]
    public async Task Open_work_that_they_enter_change_and_end_is_as_this_version_has_it()
    {
        await using var ledger = await TestLedger.CreateAsync();
        await PrepareAsync(ledger, """
            {
                "k_grain": "{factory/F-1,factory/F-1}", "k_item": "{check,veto}", "k_id": "{check-1,veto-1}", "k_status": "{planned,open}",
                "k_policy": "{miit-2024,NULL}", "k_level": "{national,NULL}", "k_due_on": "{2026-07-01,NULL}", "k_inspectors": "{NULL,NULL}"
            }
            """);
        Assert.Equal("check 2026-07-01, veto infinity", await WorkAsync(ledger));

        await PrepareAsync(ledger, """
            {
                "c_grain": "{factory/F-1}", "c_item": "{veto}", "c_id": "{veto-1}", "c_status": "{matched}", "c_policy": "{NULL}", "c_level": "{NULL}",
                "c_due_on": "{2026-08-01}", "c_inspectors": "{NULL}", "x_grain": "{factory/F-1}", "x_item": "{check}", "x_id": "{check-1}"
            }
            """);
        Assert.Equal("veto 2026-08-01", await WorkAsync(ledger));
    }

    /// <summary>A new grain: prepared and finished in one transaction.</summary>
    private static async Task EnterAsync(TestLedger ledger, string preparation)
    {
        await using var connection = await ledger.Serving().OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await CallAsync(connection, "prepare_batch", preparation);
        await CallAsync(connection, "finish_batch", $$"""
            {
                "p_batch": "{{Guid.NewGuid()}}", "p_head": 0, "p_behind": "", "p_last": 1, "p_frontier": "\\x{{new string('0', 64)}}", "p_root": "\\x{{new string('0', 64)}}",
                "l_grain": "{factory/F-1}", "l_version": "{1}", "l_type": "{entity.registered}", "l_at": "{2026-05-01}", "l_effective_on": "{2026-05-01}", "l_actor": "{p-1}",
                "l_command_id": "{NULL}", "l_previous_seq": "{0}", "l_data": "{x}", "l_leaf_hash": "{\"\\\\x{{new string('0', 64)}}\"}",
                "n_grain": "{factory/F-1}", "n_version": "{1}", "n_last_seq": "{1}", "n_state": "{x}", "n_kind": "{factory}"
            }
            """);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
    }

    private static async Task PrepareAsync(TestLedger ledger, string preparation)
    {
        await using var connection = await ledger.Serving().OpenConnectionAsync(TestContext.Current.CancellationToken);
        await CallAsync(connection, "prepare_batch", preparation);
    }

    private static async Task CallAsync(NpgsqlConnection connection, string function, string arguments)
    {
        await using var compose = new NpgsqlCommand(CallSql, connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = function }, new NpgsqlParameter<string> { TypedValue = arguments } },
        };
        await using var call = new NpgsqlCommand((string)(await compose.ExecuteScalarAsync(TestContext.Current.CancellationToken))!, connection);
        await call.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static async Task CopyAsync(NpgsqlConnection connection, string sql, string rows)
    {
        await using var copy = await connection.BeginTextImportAsync(sql, TestContext.Current.CancellationToken);
        await copy.WriteAsync(rows);
    }

    private static Task<string> WakeUpAsync(TestLedger ledger) =>
        ledger.QueryAsync<string>($"SELECT coalesce(to_char(wake_up AT TIME ZONE 'UTC', 'YYYY-MM-DD'), '') FROM entity WHERE grain = '{Grain}'");

    private static Task<bool> IsAmongDueAsync(TestLedger ledger) => ledger.QueryAsync<bool>(
        $"SELECT EXISTS (SELECT FROM wake_up_due AS due JOIN entity ON entity.grain = due.grain AND entity.wake_up = due.due_at WHERE entity.grain = '{Grain}')");

    private static Task<string> WorkAsync(TestLedger ledger) => ledger.QueryAsync<string>("SELECT string_agg(item || ' ' || due_on, ', ' ORDER BY item) FROM work");
}
