using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Supervision.Ledger.Audit;

namespace Supervision.Ledger.Tests.Audit;

public sealed class AuditTrailTests
{
    private static readonly DateTimeOffset At = new(2026, 5, 1, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task What_was_done_is_durable_and_what_was_denied_is_found()
    {
        await using var ledger = await TestLedger.CreateAsync();
        await ledger.ExecuteAsync("INSERT INTO person (id, person) VALUES ('p-1', '张三')");
        using var audit = await StartAsync(ledger);

        await audit.RecordAsync(Entry(AuditOutcome.Done, "POST", "keys/key-2"), TestContext.Current.CancellationToken);
        Assert.Equal(1L, await ledger.QueryAsync<long>("SELECT count(*) FROM audit"));
        for (var i = 0; i < 20; i++)
            audit.Deny(Entry(AuditOutcome.DeniedRole, "DELETE", "keys/key-1"));

        var records = await ListAsync(audit, new AuditFilter());
        Assert.Equal(
            [(AuditOutcome.DeniedRole, 19L), (AuditOutcome.DeniedRole, 1L), (AuditOutcome.Done, 1L)], records.Select(record => (record.Outcome, record.Times)));
        var done = records[^1];
        Assert.Equal(
            new AuditRecord(done.Id, At, AuditOutcome.Done, "key-1", "张三", "p-1", "POST", "/api/keys", "keys/key-2", "192.0.2.1", 1), done);
    }

    [Fact]
    public async Task Records_are_filtered_and_read_page_by_page()
    {
        await using var ledger = await TestLedger.CreateAsync();
        await ledger.ExecuteAsync("INSERT INTO person (id, person) VALUES ('p-1', '张三')");
        using var audit = await StartAsync(ledger);
        for (var i = 0; i < 5; i++)
            await audit.RecordAsync(Entry(AuditOutcome.Done, "POST", $"keys/key-{i}", At.AddHours(i)), TestContext.Current.CancellationToken);

        var first = await audit.ListAsync(new AuditFilter(), null, 2, TestContext.Current.CancellationToken);
        var second = await audit.ListAsync(new AuditFilter(), first.Items[^1].Id, 10, TestContext.Current.CancellationToken);
        Assert.Equal(
            ["keys/key-4", "keys/key-3", "keys/key-2", "keys/key-1", "keys/key-0"], first.Items.Concat(second.Items).Select(record => record.Subject));
        Assert.Equal((true, false), (first.HasMore, second.HasMore));

        Assert.Equal(["keys/key-3"], (await ListAsync(audit, new AuditFilter { Subject = "keys/key-3" })).Select(record => record.Subject));
        Assert.Equal(5, (await ListAsync(audit, new AuditFilter { Key = "key-1", Person = "张三", Outcome = AuditOutcome.Done })).Count);
        Assert.Empty(await ListAsync(audit, new AuditFilter { Key = "key-2" }));
        Assert.Empty(await ListAsync(audit, new AuditFilter { Person = "李四" }));
        Assert.Empty(await ListAsync(audit, new AuditFilter { Outcome = AuditOutcome.DeniedCompetence }));
        Assert.Equal(
            ["keys/key-2", "keys/key-1"],
            (await ListAsync(audit, new AuditFilter { From = At.AddHours(1), To = At.AddHours(3) })).Select(record => record.Subject));
    }

    [Fact]
    public async Task Nothing_that_was_counted_is_lost_when_the_silo_stops()
    {
        await using var ledger = await TestLedger.CreateAsync();
        using var audit = await StartAsync(ledger);
        for (var i = 0; i < 1000; i++)
            audit.Deny(Entry(AuditOutcome.DeniedRole, "GET", null));

        await audit.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1000m, await ledger.QueryAsync<decimal>("SELECT sum(times) FROM audit"));
        await Assert.ThrowsAsync<LedgerUnavailableException>(
            () => audit.RecordAsync(Entry(AuditOutcome.Done, "GET", null), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_privileged_action_is_told_when_it_cannot_be_recorded_and_denials_are_written_later()
    {
        await using var ledger = await TestLedger.CreateAsync();
        using var audit = await StartAsync(ledger);
        await ledger.ExecuteAsync("ALTER TABLE audit RENAME TO hidden");
        audit.Deny(Entry(AuditOutcome.DeniedRole, "GET", null));

        await Assert.ThrowsAsync<LedgerUnavailableException>(
            () => audit.RecordAsync(Entry(AuditOutcome.Done, "POST", null), TestContext.Current.CancellationToken));

        await ledger.ExecuteAsync("ALTER TABLE hidden RENAME TO audit");
        Assert.Equal(AuditOutcome.DeniedRole, Assert.Single(await ListAsync(audit, new AuditFilter())).Outcome);
    }

    [Fact]
    public async Task A_privileged_action_does_not_wait_behind_denials_that_are_tried_again()
    {
        await using var ledger = await TestLedger.CreateAsync();
        var failed = new Failure();
        using var audit = await StartAsync(ledger, failed);
        await ledger.ExecuteAsync("ALTER TABLE audit RENAME TO hidden");
        audit.Deny(Entry(AuditOutcome.DeniedRole, "GET", null));
        await failed.Seen.Task.WaitAsync(TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<LedgerUnavailableException>(
            () => audit.RecordAsync(Entry(AuditOutcome.Done, "POST", null), TestContext.Current.CancellationToken));

        await ledger.ExecuteAsync("ALTER TABLE hidden RENAME TO audit");
        Assert.Equal(AuditOutcome.DeniedRole, Assert.Single(await ListAsync(audit, new AuditFilter())).Outcome);
    }

    private static async Task<AuditTrail> StartAsync(TestLedger ledger, ILogger<AuditTrail>? logger = null)
    {
        var audit = new AuditTrail(ledger.Serving(), logger ?? NullLogger<AuditTrail>.Instance);
        await audit.StartAsync(TestContext.Current.CancellationToken);
        return audit;
    }

    private static async Task<IReadOnlyList<AuditRecord>> ListAsync(AuditTrail audit, AuditFilter filter) =>
        (await audit.ListAsync(filter, null, 100, TestContext.Current.CancellationToken)).Items;

    private static AuditEntry Entry(AuditOutcome outcome, string method, string? subject, DateTimeOffset? at = null) =>
        new(at ?? At, outcome, "key-1", "p-1", method, "/api/keys", subject, "192.0.2.1");

    /// <summary>Tells when the first attempt to write has failed.</summary>
    private sealed class Failure : ILogger<AuditTrail>
    {
        public TaskCompletionSource Seen { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Seen.TrySetResult();
    }
}
