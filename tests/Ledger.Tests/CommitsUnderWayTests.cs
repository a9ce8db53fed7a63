namespace Supervision.Ledger.Tests;

public sealed class CommitsUnderWayTests
{
    private readonly CommitsUnderWay _commits = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_wants_a_moment_without_commits_waits_for_all_of_them()
    {
        _commits.Begin(Token);
        _commits.Begin(Token);

        var suspended = _commits.SuspendAsync(Token);
        _commits.End();
        Assert.False(suspended.IsCompleted);
        _commits.End();

        (await suspended).Dispose();
    }

    [Fact]
    public async Task No_commit_begins_once_somebody_waits()
    {
        _commits.Begin(Token);
        var suspended = _commits.SuspendAsync(Token);
        var begun = Task.Run(() => _commits.Begin(Token), Token);

        _commits.End();
        using (await suspended)
            Assert.False(begun.IsCompleted);
        await begun;

        // It counts: the next one waits for it.
        Assert.False(_commits.SuspendAsync(Token).IsCompleted);
    }

    [Fact]
    public async Task Those_who_wait_come_one_after_another()
    {
        var first = await _commits.SuspendAsync(Token);
        var second = _commits.SuspendAsync(Token);
        Assert.False(second.IsCompleted);

        first.Dispose();

        (await second).Dispose();
        _commits.Begin(Token);
    }

    [Fact]
    public async Task Whoever_gives_up_waiting_holds_nobody_up()
    {
        using var gone = new CancellationTokenSource();
        _commits.Begin(Token);
        var given = _commits.SuspendAsync(gone.Token);
        var next = _commits.SuspendAsync(Token);
        await gone.CancelAsync();
        await Assert.ThrowsAsync<TaskCanceledException>(() => given);

        _commits.End();

        (await next).Dispose();
        _commits.Begin(Token);
    }

    [Fact]
    public async Task A_commit_that_must_wait_ends_when_the_silo_stops()
    {
        using var stopping = new CancellationTokenSource();
        using var suspension = await _commits.SuspendAsync(Token);
        var begun = Task.Run(() => _commits.Begin(stopping.Token), Token);

        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => begun);
    }
}
