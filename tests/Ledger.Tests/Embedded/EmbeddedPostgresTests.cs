using Npgsql;
using Supervision.Ledger.Embedded;

namespace Supervision.Ledger.Tests.Embedded;

public sealed class EmbeddedPostgresTests
{
    [Fact]
    public async Task A_new_directory_becomes_a_server_that_answers()
    {
        await using var scratch = new ScratchServer();
        await using var server = await scratch.StartAsync();

        Assert.True(server.IsOwner);
        Assert.Equal("supervision", await ScratchServer.QueryAsync<string>(server, "SELECT current_database()::text"));
        Assert.Equal("UTF8", await ScratchServer.QueryAsync<string>(server, "SHOW server_encoding"));
        Assert.Equal("UTC", await ScratchServer.QueryAsync<string>(server, "SHOW timezone"));
        Assert.Equal("127.0.0.1", await ScratchServer.QueryAsync<string>(server, "SHOW listen_addresses"));
        Assert.Equal($"{server.Port}", await ScratchServer.QueryAsync<string>(server, "SHOW port"));
    }

    [Fact]
    public async Task The_port_lets_in_with_the_password_only()
    {
        await using var scratch = new ScratchServer();
        await using var server = await scratch.StartAsync();
        var overTcp = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Host = "127.0.0.1", Pooling = false };

        await using (var connection = new NpgsqlConnection(overTcp.ConnectionString))
            await connection.OpenAsync(TestContext.Current.CancellationToken);

        overTcp.Password = "guess";
        await using var stranger = new NpgsqlConnection(overTcp.ConnectionString);
        var exception = await Assert.ThrowsAsync<PostgresException>(() => stranger.OpenAsync(TestContext.Current.CancellationToken));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, exception.SqlState);
    }

    [Fact]
    public async Task Data_outlive_a_restart()
    {
        await using var scratch = new ScratchServer();
        await using (var first = await scratch.StartAsync())
            await ScratchServer.WriteAsync(first);

        await using var second = await scratch.StartAsync();

        Assert.Equal(42, await ScratchServer.ReadAsync(second));
    }

    [Fact]
    public async Task Nothing_runs_after_the_owner_has_ended()
    {
        await using var scratch = new ScratchServer();
        var server = await scratch.StartAsync();
        Assert.NotNull(server.PostmasterPid());

        await server.DisposeAsync();

        Assert.Null(server.PostmasterPid());
        Assert.True(LoopbackPort.IsFree(server.Port));
    }

    [Fact]
    public async Task A_path_too_long_for_a_socket_and_with_odd_characters_is_usable()
    {
        await using var scratch = new ScratchServer($"it's, {new string('x', 100)}; 绿色");
        await using var server = await scratch.StartAsync();

        Assert.Equal(42, await ScratchServer.WriteAsync(server));
        var socketDirectory = new NpgsqlConnectionStringBuilder(server.ConnectionString).Host;
        Assert.StartsWith("/tmp/", socketDirectory, StringComparison.Ordinal);

        await server.DisposeAsync();
        Assert.False(Directory.Exists(socketDirectory));
    }

    [Fact]
    public async Task A_directory_left_half_made_is_made_anew()
    {
        await using var scratch = new ScratchServer();
        var halfMade = Path.Combine(scratch.Directory, "data.new", "data");
        Directory.CreateDirectory(halfMade);
        await File.WriteAllTextAsync(Path.Combine(halfMade, "PG_VERSION"), "15", TestContext.Current.CancellationToken);

        await using var server = await scratch.StartAsync();

        Assert.Equal(42, await ScratchServer.WriteAsync(server));
        Assert.False(Directory.Exists(Path.Combine(scratch.Directory, "data.new")));
    }

    [Fact]
    public async Task Data_of_another_major_version_are_refused()
    {
        await using var scratch = new ScratchServer();
        string data;
        await using (var server = await scratch.StartAsync())
            data = server.DataDirectory;
        await File.WriteAllTextAsync(Path.Combine(data, "PG_VERSION"), "9\n", TestContext.Current.CancellationToken);

        var exception = await Assert.ThrowsAsync<EmbeddedPostgresException>(() => scratch.StartAsync());

        Assert.Contains($"The data in {data} was written by PostgreSQL 9", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"PostgreSQL {PostgresInstallation.Find().Version}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_with_other_files_is_left_alone()
    {
        await using var scratch = new ScratchServer();
        var file = Path.Combine(scratch.Directory, "data", "thesis.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, "the only copy", TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<EmbeddedPostgresException>(() => scratch.StartAsync());

        Assert.True(File.Exists(file));
    }

    [Fact]
    public async Task A_closed_parent_directory_is_named()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root runs the server as another user.");
        await using var scratch = new ScratchServer(Path.Combine("closed", "pg"));
        var closed = Path.GetDirectoryName(scratch.Directory)!;
        Directory.CreateDirectory(closed);
        UnixFiles.SetMode(closed, UnixFiles.OwnerOnlyDirectory);

        var exception = await Assert.ThrowsAsync<EmbeddedPostgresException>(() => scratch.StartAsync());

        Assert.Contains($"cannot pass through {closed} on the way to {scratch.Directory}", exception.Message, StringComparison.Ordinal);
    }
}
