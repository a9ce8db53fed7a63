using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using Supervision.Ledger.Append;
using Supervision.Ledger.Follow;
using Supervision.Ledger.Merkle;

namespace Supervision.Ledger.Tests.Append;

public sealed class LedgerWriterTests
{
    private static readonly GrainId One = TestLedger.Grain("F-1");
    private static readonly GrainId Two = TestLedger.Grain("F-2");
    private static readonly GrainId Three = TestLedger.Grain("F-3");

    [Fact]
    public async Task What_is_appended_is_told_where_it_stands()
    {
        await using var ledger = await TestLedger.CreateAsync();
        var position = new LedgerPosition();
        var writer = await ledger.StartWriterAsync(position);

        AppendCommitted? told = null;
        var first = await writer.AppendAsync(TestLedger.Request(TestLedger.Event(One, 0), TestLedger.Event(Two, 0)) with { OnCommitted = committed => told = committed });
        var second = await writer.AppendAsync(TestLedger.Request(TestLedger.Event(One, 1, 1)));

        var committed = Assert.IsType<AppendOutcome.Committed>(first).At;
        Assert.Same(committed, told);
        Assert.Equal([1, 2], committed.LastSeqs);
        Assert.Equal([3], Assert.IsType<AppendOutcome.Committed>(second).At.LastSeqs);
        Assert.Equal(3, position.Seq);
        await ledger.AssertWholeAsync();
    }

    [Fact]
    public async Task Writers_build_on_the_head_that_another_has_moved()
    {
        await using var ledger = await TestLedger.CreateAsync();
        var (first, second) = (await ledger.StartWriterAsync(), await ledger.StartWriterAsync());
        for (var version = 0; version < 6; version++)
        {
            var outcome = await (version % 2 == 0 ? first : second).AppendAsync(TestLedger.Request(TestLedger.Event(One, version, version)));
            Assert.Equal([version + 1], Assert.IsType<AppendOutcome.Committed>(outcome).At.LastSeqs);
        }

        await ledger.AssertWholeAsync();
    }

    [Fact]
    public async Task One_stale_append_does_not_fail_its_batch()
    {
        await using var ledger = await TestLedger.CreateAsync();
        await (await ledger.StartWriterAsync()).AppendAsync(TestLedger.Request(TestLedger.Event(One, 0)));
        var writer = ledger.CreateWriter();
        var outcomes = new[]
        {
            writer.AppendAsync(TestLedger.Request(TestLedger.Event(Two, 0))),
            writer.AppendAsync(TestLedger.Request(TestLedger.Event(One, 0))),
            writer.AppendAsync(TestLedger.Request(TestLedger.Event(Three, 0))),
        };

        await writer.StartAsync(TestContext.Current.CancellationToken);

        Assert.IsType<AppendOutcome.Committed>(await outcomes[0]);
        Assert.IsType<AppendOutcome.Stale>(await outcomes[1]);
        Assert.IsType<AppendOutcome.Committed>(await outcomes[2]);
        Assert.Equal(3L, await ledger.QueryAsync<long>("SELECT seq FROM head"));
        await ledger.AssertWholeAsync();
    }

    [Fact]
    public async Task An_append_that_rests_on_another_of_its_batch_is_stale_after_it()
    {
        await using var ledger = await TestLedger.CreateAsync();
        var writer = ledger.CreateWriter();
        var outcomes = new[]
        {
            writer.AppendAsync(TestLedger.Request(TestLedger.Event(One, 0))),
            writer.AppendAsync(TestLedger.Request(TestLedger.Event(Two, 0), GrainAppend.Read(One, 0))),
            writer.AppendAsync(TestLedger.Request(TestLedger.Event(One, 0))),
        };

        await writer.StartAsync(TestContext.Current.CancellationToken);

        Assert.IsType<AppendOutcome.Committed>(await outcomes[0]);
        Assert.IsType<AppendOutcome.Stale>(await outcomes[1]);
        Assert.IsType<AppendOutcome.Stale>(await outcomes[2]);
        await ledger.AssertWholeAsync();
    }

    [Fact]
    public async Task An_append_over_several_grains_is_written_whole_or_not_at_all()
    {
        await using var ledger = await TestLedger.CreateAsync();
        var writer = await ledger.StartWriterAsync();
        await writer.AppendAsync(TestLedger.Request(TestLedger.Event(One, 0)));

        Assert.IsType<AppendOutcome.Stale>(await writer.AppendAsync(TestLedger.Request(TestLedger.Event(Two, 0), TestLedger.Event(One, 0))));
        Assert.IsType<AppendOutcome.Stale>(await writer.AppendAsync(TestLedger.Request(TestLedger.Event(Two, 0), GrainAppend.Read(One, 0))));
        Assert.IsType<AppendOutcome.Committed>(await writer.AppendAsync(TestLedger.Request(TestLedger.Event(Two, 0), GrainAppend.Read(One, 1))));

        Assert.Equal(2L, await ledger.QueryAsync<long>("SELECT count(*) FROM ledger"));
        await ledger.AssertWholeAsync();
    }

    [Fact]
    public async Task A_command_has_one_outcome()
    {
        await using var ledger = await TestLedger.CreateAsync();
        var writer = ledger.CreateWriter();
        var inOneBatch = new[] { writer.AppendAsync(TestLedger.Request("a", One, 0)), writer.AppendAsync(TestLedger.Request("a", Two, 0)) };
        await writer.StartAsync(TestContext.Current.CancellationToken);

        Assert.IsType<AppendOutcome.Committed>(await inOneBatch[0]);
        Assert.IsType<AppendOutcome.Duplicate>(await inOneBatch[1]);
        // Sent again it is stale, too; that it was carried out is what counts.
        Assert.IsType<AppendOutcome.Duplicate>(await writer.AppendAsync(TestLedger.Request("a", One, 0)));
        Assert.Equal(1L, await ledger.QueryAsync<long>("SELECT count(*) FROM command"));
        await ledger.AssertWholeAsync();
    }

    [Fact]
    public async Task Two_writers_under_load_lose_and_double_nothing()
    {
        const int callers = 16;
        const int appends = 30;
        await using var ledger = await TestLedger.CreateAsync();
        var writers = new[] { await ledger.StartWriterAsync(), await ledger.StartWriterAsync() };
        var grains = Enumerable.Range(0, 12).Select(i => TestLedger.Grain($"F-{i}")).ToArray();

        var committed = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            var random = new Random(caller);
            var seqs = new List<long>();
            while (seqs.Count < appends)
            {
                var chosen = random.GetItems(grains, 1 + random.Next(3)).Distinct().ToArray();
                var known = await ReadAsync(ledger, chosen);
                var outcome = await writers[random.Next(2)].AppendAsync(TestLedger.Request(
                    [.. chosen.Select(grain => TestLedger.Event(grain, known[grain.Value].Version, known[grain.Value].Seq))]));
                if (outcome is AppendOutcome.Committed at)
                    seqs.AddRange(at.At.LastSeqs);
            }

            return seqs;
        })));

        var all = committed.SelectMany(seqs => seqs).Order().ToArray();
        Assert.Equal(Enumerable.Range(1, all.Length).Select(seq => (long)seq), all);
        Assert.Equal(all.Length, await ledger.QueryAsync<long>("SELECT count(*) FROM ledger"));
        await ledger.AssertWholeAsync();
    }

    [Fact]
    public async Task Batches_that_are_built_ahead_are_told_in_order_whatever_becomes_of_the_ones_before_them()
    {
        await using var ledger = await TestLedger.CreateAsync();
        await (await ledger.StartWriterAsync()).AppendAsync(TestLedger.Request(TestLedger.Event(One, 0)));
        var position = new LedgerPosition();
        var writer = ledger.CreateWriter(position, options: new LedgerOptions { BatchAppendsMax = 4 });
        var told = new List<long>();
        var outcomes = Enumerable.Range(0, 400).Select(number => writer.AppendAsync((number % 50) switch
        {
            // Stale, and what the database cannot hold: both change what is written of their batch.
            7 => TestLedger.Request(TestLedger.Event(One, 0)),
            23 => TestLedger.Request(TestLedger.Event(TestLedger.Grain($"F-{number + 10}"), 0, name: "\0")),
            _ => TestLedger.Request(TestLedger.Event(TestLedger.Grain($"F-{number + 10}"), 0)) with { OnCommitted = committed => told.Add(committed.LastSeqs[0]) },
        })).ToArray();

        await writer.StartAsync(TestContext.Current.CancellationToken);

        for (var number = 0; number < outcomes.Length; number++)
        {
            if (number % 50 == 23)
                await Assert.ThrowsAnyAsync<NpgsqlException>(() => outcomes[number]);
            else
                Assert.Equal(number % 50 != 7, await outcomes[number] is AppendOutcome.Committed);
        }

        Assert.Equal(Enumerable.Range(2, 384).Select(seq => (long)seq), told);
        await position.WaitForAsync(385, TestContext.Current.CancellationToken);
        await ledger.AssertWholeAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0xD800)]
    public async Task What_the_database_cannot_hold_fails_alone(int character)
    {
        var poison = ((char)character).ToString();
        await using var ledger = await TestLedger.CreateAsync();
        var writer = ledger.CreateWriter();
        var outcomes = Enumerable.Range(0, 11)
            .Select(i => writer.AppendAsync(TestLedger.Request(TestLedger.Event(TestLedger.Grain($"F-{i}"), 0, name: i == 4 ? poison : $"{i}"))))
            .ToArray();

        await writer.StartAsync(TestContext.Current.CancellationToken);

        for (var i = 0; i < outcomes.Length; i++)
        {
            if (i == 4)
                await Assert.ThrowsAnyAsync<Exception>(() => outcomes[4]);
            else
                Assert.IsType<AppendOutcome.Committed>(await outcomes[i]);
        }

        Assert.IsType<AppendOutcome.Committed>(await writer.AppendAsync(TestLedger.Request(TestLedger.Event(TestLedger.Grain("F-4"), 0))));
        Assert.Equal(11L, await ledger.QueryAsync<long>("SELECT count(*) FROM ledger"));
        await ledger.AssertWholeAsync();
    }

    [Fact]
    public async Task A_batch_that_waits_for_rows_too_long_gives_way()
    {
        await using var ledger = await TestLedger.CreateAsync();
        var writer = await ledger.StartWriterAsync();
        await writer.AppendAsync(TestLedger.Request(TestLedger.Event(One, 0)));
        await using var other = await ledger.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var hold = new NpgsqlCommand($"SELECT FROM entity WHERE grain = '{One}' FOR UPDATE", other))
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var waiting = writer.AppendAsync(TestLedger.Request(TestLedger.Event(One, 1, 1)));
        // Its turn comes after that of the one that waits; that it is told means that the other gave way.
        var next = await writer.AppendAsync(TestLedger.Request(TestLedger.Event(Two, 0)));
        Assert.Equal([2], Assert.IsType<AppendOutcome.Committed>(next).At.LastSeqs);
        Assert.False(waiting.IsCompleted);

        await transaction.RollbackAsync(TestContext.Current.CancellationToken);
        var late = await waiting;
        Assert.Equal([3], Assert.IsType<AppendOutcome.Committed>(late).At.LastSeqs);
        await ledger.AssertWholeAsync();
    }

    [Fact]
    public async Task An_end_of_the_same_length_is_not_the_same_end()
    {
        await using var ledger = await TestLedger.CreateAsync();
        await (await ledger.StartWriterAsync()).AppendAsync(TestLedger.Request(TestLedger.Event(One, 0)));
        // Foreseen was one event as well, but another one.
        var foreseen = MerkleFrontier.Empty();
        foreseen.Append(new byte[32]);
        var batch = new Batch();
        batch.TryAdd(new PendingAppend(TestLedger.Request(TestLedger.Event(Two, 0))));
        var statements = new LaneStatements(timeoutSeconds: 30);
        await using var connection = await ledger.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken);

        var elsewhere = statements.Finish(connection, BatchArrays.Build(batch, new Head(1, foreseen.ToBytes()), TimeProvider.System.GetUtcNow()));

        Assert.Equal(1, elsewhere!.Value.Seq);
        Assert.Equal(1L, await ledger.QueryAsync<long>("SELECT count(*) FROM ledger"));
        Assert.Null(statements.Finish(connection, BatchArrays.Build(batch, elsewhere.Value, TimeProvider.System.GetUtcNow())));
        await ledger.AssertWholeAsync();
    }

    [Fact]
    public async Task Whoever_waits_is_told_when_the_writer_stops()
    {
        await using var ledger = await TestLedger.CreateAsync();
        var writer = ledger.CreateWriter();
        var waiting = writer.AppendAsync(TestLedger.Request(TestLedger.Event(One, 0)));

        await writer.StopAsync(TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<LedgerUnavailableException>(() => waiting);
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => writer.AppendAsync(TestLedger.Request(TestLedger.Event(One, 0))));
        await writer.DisposeAsync();
        await writer.DisposeAsync();
    }

    [Fact]
    public async Task What_was_queued_is_committed_before_the_writer_stops()
    {
        await using var ledger = await TestLedger.CreateAsync();
        var writer = ledger.CreateWriter(options: new LedgerOptions { BatchAppendsMax = 2 });
        var outcomes = Enumerable.Range(0, 9).Select(i => writer.AppendAsync(TestLedger.Request(TestLedger.Event(TestLedger.Grain($"F-{i}"), 0)))).ToArray();
        await writer.StartAsync(TestContext.Current.CancellationToken);

        await writer.StopAsync(CancellationToken.None);

        Assert.All(await Task.WhenAll(outcomes), outcome => Assert.IsType<AppendOutcome.Committed>(outcome));
        await ledger.AssertWholeAsync();
    }

    [Fact]
    public async Task What_another_silo_writes_on_top_is_taken_in_after_what_was_written_here()
    {
        await using var ledger = await TestLedger.CreateAsync();
        var taken = new Taken();
        var position = new LedgerPosition();
        var (here, there) = (await ledger.StartWriterAsync(position), await ledger.StartWriterAsync());
        using var follower = new LedgerFollower(
            ledger.Serving(), position, taken, Options.Create(new LedgerOptions()), NullLogger<LedgerFollower>.Instance);
        Task following = Task.CompletedTask;

        // The commit is done but not yet in memory, while another silo writes the next version and the ledger is followed.
        await here.AppendAsync(TestLedger.Request(TestLedger.Event(One, 0)) with
        {
            OnCommitted = _ =>
            {
                there.AppendAsync(TestLedger.Request(TestLedger.Event(One, 1, 1))).GetAwaiter().GetResult();
                following = follower.CatchUpAsync(TestContext.Current.CancellationToken);
                // Long enough for a follower that does not wait.
                following.Wait(TimeSpan.FromMilliseconds(200), TestContext.Current.CancellationToken);
                taken.Versions.Add(1);
            },
        });
        await following;

        Assert.Equal([1, 2], taken.Versions);
        Assert.Equal(2, position.Seq);
    }

    private static async Task<Dictionary<string, (long Version, long Seq)>> ReadAsync(TestLedger ledger, GrainId[] grains)
    {
        var known = grains.ToDictionary(grain => grain.Value, _ => (Version: 0L, Seq: 0L));
        await using var command = ledger.Owner.CreateCommand("SELECT grain, version, last_seq FROM entity WHERE grain = ANY ($1)");
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. grains.Select(grain => grain.Value)] });
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            known[reader.GetString(0)] = (reader.GetInt64(1), reader.GetInt64(2));
        return known;
    }

    private sealed class Taken : ILedgerFollowing
    {
        public List<long> Versions { get; } = [];

        public Task PrepareAsync(IReadOnlyCollection<GrainId> changed, CancellationToken cancellationToken) => Task.CompletedTask;

        public void OnForeignChange(GrainId grain, long version, long seq) => Versions.Add(version);
    }
}
