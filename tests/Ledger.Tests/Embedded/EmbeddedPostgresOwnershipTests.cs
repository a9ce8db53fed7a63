using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Supervision.Ledger.Embedded;

namespace Supervision.Ledger.Tests.Embedded;

public sealed class EmbeddedPostgresOwnershipTests
{
    [Fact]
    public async Task A_killed_server_comes_back_on_its_port_with_its_data()
    {
        await using var scratch = new ScratchServer();
        await using var server = await scratch.StartAsync();
        await ScratchServer.WriteAsync(server);
        var (port, killed) = (server.Port, server.PostmasterPid());

        ScratchServer.Kill(server);

        Assert.Equal("42", await AnswerAsync(server));
        Assert.Equal(port, server.Port);
        Assert.NotEqual(killed, server.PostmasterPid());
        Assert.Equal($"{port}", await ScratchServer.QueryAsync<string>(server, "SHOW port"));
    }

    [Fact]
    public async Task A_killed_server_comes_back_while_its_backend_still_works()
    {
        await using var scratch = new ScratchServer();
        await using var server = await scratch.StartAsync();
        await ScratchServer.WriteAsync(server);
        // Calculates for minutes without looking up, and so keeps the old server's memory.
        var busy = ScratchServer.QueryAsync<long>(server, "SELECT count(*) FROM generate_series(1, 100000) a, generate_series(1, 100000) b");
        await Eventually.ComesAsync(
            "the busy backend",
            async () => await ScratchServer.QueryAsync<long>(server, "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%generate_series%'") > 1 ? "" : null);

        ScratchServer.Kill(server);

        Assert.Equal("42", await AnswerAsync(server));
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => busy);
    }

    [Fact]
    public async Task A_guest_attaches_and_leaves_the_server_running()
    {
        await using var scratch = new ScratchServer();
        await using var owner = await scratch.StartAsync();
        await ScratchServer.WriteAsync(owner);

        await using (var guest = await scratch.StartAsync(EmbeddedPostgresRole.Guest))
        {
            Assert.False(guest.IsOwner);
            Assert.Equal(owner.ConnectionString, guest.ConnectionString);
            Assert.Equal(42, await ScratchServer.ReadAsync(guest));
        }

        Assert.Equal(42, await ScratchServer.ReadAsync(owner));
    }

    [Fact]
    public async Task A_guest_alone_starts_the_server_and_stops_it()
    {
        await using var scratch = new ScratchServer();
        var guest = await scratch.StartAsync(EmbeddedPostgresRole.Guest);

        Assert.Equal(42, await ScratchServer.WriteAsync(guest));
        await guest.DisposeAsync();

        Assert.Null(guest.PostmasterPid());
    }

    [Fact]
    public async Task Guests_that_come_at_once_share_one_server()
    {
        await using var scratch = new ScratchServer();

        var guests = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => scratch.StartAsync(EmbeddedPostgresRole.Guest)));

        Assert.Single(guests, guest => guest.IsOwner);
        Assert.Single(guests.Select(guest => guest.PostmasterPid()).Distinct());
        foreach (var guest in guests)
            await guest.DisposeAsync();
    }

    [Fact]
    public async Task A_second_owner_is_refused()
    {
        await using var scratch = new ScratchServer();
        await using var owner = await scratch.StartAsync();

        var exception = await Assert.ThrowsAsync<EmbeddedPostgresException>(() => scratch.StartAsync());

        Assert.Contains($"Another process runs the embedded PostgreSQL in {scratch.Directory}", exception.Message, StringComparison.Ordinal);
        Assert.Equal(42, await ScratchServer.WriteAsync(owner));
    }

    [Fact]
    public async Task A_server_whose_owner_died_is_taken_over_and_stopped_in_the_end()
    {
        await using var scratch = new ScratchServer();
        var first = await scratch.StartAsync();
        await ScratchServer.WriteAsync(first);
        var process = first.PostmasterPid();
        await first.AbandonAsync();

        var second = await scratch.StartAsync();
        Assert.True(second.IsOwner);
        Assert.Equal(process, second.PostmasterPid());
        Assert.Equal(first.ConnectionString, second.ConnectionString);
        Assert.Equal(42, await ScratchServer.ReadAsync(second));

        await second.DisposeAsync();
        Assert.Null(second.PostmasterPid());
    }

    [Fact]
    public async Task A_guest_leaves_a_server_whose_owner_died_to_the_next_owner()
    {
        await using var scratch = new ScratchServer();
        var first = await scratch.StartAsync();
        var process = first.PostmasterPid();
        await first.AbandonAsync();

        await using (var guest = await scratch.StartAsync(EmbeddedPostgresRole.Guest))
            Assert.False(guest.IsOwner);

        await using var second = await scratch.StartAsync();
        Assert.Equal(process, second.PostmasterPid());
    }

    [Fact]
    public async Task Only_a_server_whose_owner_died_counts_as_abandoned()
    {
        await using var scratch = new ScratchServer();
        var owner = await scratch.StartAsync();

        Assert.False(await EmbeddedPostgres.StopAbandonedAsync(scratch.Options, NullLogger.Instance, TestContext.Current.CancellationToken));
        Assert.NotNull(owner.PostmasterPid());

        await owner.AbandonAsync();
        Assert.True(await EmbeddedPostgres.StopAbandonedAsync(scratch.Options, NullLogger.Instance, TestContext.Current.CancellationToken));
        Assert.Null(owner.PostmasterPid());
    }

    [Fact]
    public async Task A_server_killed_together_with_its_owner_recovers()
    {
        await using var scratch = new ScratchServer();
        var first = await scratch.StartAsync();
        await ScratchServer.WriteAsync(first);
        // The owner first: it would bring the server back.
        await first.AbandonAsync();
        ScratchServer.Kill(first);

        await using var second = await scratch.StartAsync();

        Assert.Equal(42, await ScratchServer.ReadAsync(second));
    }

    [Fact]
    public async Task A_process_id_that_went_to_another_program_does_not_bar_the_start()
    {
        await using var scratch = new ScratchServer();
        string data;
        await using (var first = await scratch.StartAsync())
            data = first.DataDirectory;
        await File.WriteAllTextAsync(
            Path.Combine(data, "postmaster.pid"),
            $"{Environment.ProcessId}\n{data}\n1700000000\n5432\n/tmp\n127.0.0.1\n  1 2\nready   \n",
            TestContext.Current.CancellationToken);

        await using var second = await scratch.StartAsync();

        Assert.NotEqual(Environment.ProcessId, second.PostmasterPid());
        Assert.Equal(42, await ScratchServer.WriteAsync(second));
    }

    private static Task<string> AnswerAsync(EmbeddedPostgres server) =>
        Eventually.ComesAsync("an answer of the restarted server", async () =>
        {
            try
            {
                return $"{await ScratchServer.ReadAsync(server)}";
            }
            catch (NpgsqlException)
            {
                return null;
            }
        });
}
