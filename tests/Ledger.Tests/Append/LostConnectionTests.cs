using Npgsql;
using Supervision.Ledger.Append;
using Supervision.Testing;

namespace Supervision.Ledger.Tests.Append;

public sealed class LostConnectionTests
{
    // What a batch sends first is its preparation, and last its commit, which ends there: a transaction begins as READ COMMITTED.
    private const string First = "";
    private const string Commit = "COMMIT\0";

    [Theory]
    [InlineData(Cut.BeforeServer, First)]
    [InlineData(Cut.AfterServer, First)]
    [InlineData(Cut.BeforeServer, Commit)]
    [InlineData(Cut.AfterServer, Commit)]
    public async Task An_append_is_resolved_once_whenever_the_connection_dies(Cut cut, string at)
    {
        await using var ledger = await TestLedger.CreateAsync();
        await using var proxy = await CreateProxyAsync();
        var writer = await ledger.StartWriterAsync(connectionString: Through(proxy, ledger));
        var grains = Enumerable.Range(0, 5).Select(i => TestLedger.Grain($"F-{i}")).ToArray();
        var lastSeqs = new long[grains.Length];

        for (var round = 0; round < 25; round++)
        {
            proxy.CutNext(cut, at);
            var outcomes = await Task.WhenAll(grains.Select((grain, i) => writer.AppendAsync(TestLedger.Request($"{round}-{i}", grain, round, lastSeqs[i]))));
            for (var i = 0; i < grains.Length; i++)
                lastSeqs[i] = Assert.IsType<AppendOutcome.Committed>(outcomes[i]).At.LastSeqs[0];
        }

        Assert.Equal(25, proxy.Cuts);
        // A batch that is found not to be committed leaves a tombstone; a commit that arrived was one.
        if (at == Commit)
            Assert.Equal(cut == Cut.AfterServer ? 0L : 25L, await ledger.QueryAsync<long>("SELECT count(*) FROM batch WHERE last_seq IS NULL"));
        Assert.Equal(125L, await ledger.QueryAsync<long>("SELECT count(*) FROM ledger"));
        Assert.Equal(125L, await ledger.QueryAsync<long>("SELECT count(*) FROM command JOIN ledger USING (seq) WHERE command_id = id"));
        await ledger.AssertWholeAsync();
    }

    [Fact]
    public async Task A_batch_that_arrives_after_it_was_given_up_fails()
    {
        await using var ledger = await TestLedger.CreateAsync();
        await using var proxy = await CreateProxyAsync();
        var writer = await ledger.StartWriterAsync(connectionString: Through(proxy, ledger));
        var grain = TestLedger.Grain("F-1");
        for (var version = 0; version < 10; version++)
        {
            proxy.CutNext(Cut.Late);
            Assert.Equal([version + 1], Assert.IsType<AppendOutcome.Committed>(await writer.AppendAsync(TestLedger.Request(TestLedger.Event(grain, version, version)))).At.LastSeqs);
            await proxy.DeliverAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(10L, await ledger.QueryAsync<long>("SELECT count(*) FROM ledger"));
        Assert.Equal(10L, await ledger.QueryAsync<long>("SELECT count(*) FROM batch WHERE last_seq IS NULL"));
        await ledger.AssertWholeAsync();
    }

    [Fact]
    public async Task The_tombstone_alone_stops_a_late_batch()
    {
        await using var ledger = await TestLedger.CreateAsync();
        var batch = new Batch();
        batch.TryAdd(new PendingAppend(TestLedger.Request(TestLedger.Event(TestLedger.Grain("F-1"), 0))));
        var arrays = BatchArrays.Build(batch, new Head(0, []), TimeProvider.System.GetUtcNow());

        Assert.False(await ledger.QueryAsync<bool>($"SELECT resolve_batch('{batch.Id}')"));
        Assert.False(await ledger.QueryAsync<bool>($"SELECT resolve_batch('{batch.Id}')"));
        var late = await Assert.ThrowsAsync<PostgresException>(() => AppendAsync(ledger, arrays));
        Assert.Equal((PostgresErrorCodes.UniqueViolation, "batch_pkey"), (late.SqlState, late.ConstraintName));

        batch.RenewId();
        await AppendAsync(ledger, BatchArrays.Build(batch, new Head(0, []), TimeProvider.System.GetUtcNow()));
        Assert.True(await ledger.QueryAsync<bool>($"SELECT resolve_batch('{batch.Id}')"));
        await ledger.AssertWholeAsync();
    }

    [Fact]
    public async Task A_server_that_ends_the_connection_is_survived()
    {
        await using var ledger = await TestLedger.CreateAsync();
        var writer = await ledger.StartWriterAsync();
        for (var version = 0; version < 5; version++)
        {
            await ledger.ExecuteAsync("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'supervision'");
            Assert.IsType<AppendOutcome.Committed>(await writer.AppendAsync(TestLedger.Request(TestLedger.Event(TestLedger.Grain("F-1"), version, version))));
        }

        await ledger.AssertWholeAsync();
    }

    private static async Task AppendAsync(TestLedger ledger, BatchArrays arrays)
    {
        await using var command = ledger.Owner.CreateCommand(LaneStatements.FinishSql);
        foreach (var parameter in arrays.Finish())
            command.Parameters.Add(parameter);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<CuttingProxy> CreateProxyAsync() => new((await TestServer.GetAsync(TestContext.Current.CancellationToken)).Port);

    private static string Through(CuttingProxy proxy, TestLedger ledger) =>
        new NpgsqlConnectionStringBuilder(ledger.ConnectionString) { Host = "127.0.0.1", Port = proxy.Port }.ConnectionString;
}
