namespace Supervision.Hosting.Tests.Downtimes;

/// <summary>A downtime on the ledger: confirmed, it moves what would pass within it on every silo, and tells what had passed before.</summary>
public sealed class DowntimeTests
{
    private static readonly GrainCommand.DeclareDowntime Declare = new("430000", new DateOnly(2017, 3, 6), new DateOnly(2017, 3, 10), new DateOnly(2017, 3, 15), "the platform was down");

    [Fact]
    public async Task What_would_pass_within_it_moves_and_what_had_passed_is_told()
    {
        await using var register = await TestRegister.CreateAsync();
        var (silo, other) = (await register.StartSiloAsync(), await register.StartSiloAsync());
        var (early, late, far) = (await Given.CertifiedAsync(silo, "F-1"), await Given.CertifiedAsync(silo, "F-2"), await Given.CertifiedAsync(silo, "F-3"));
        await Given.AcceptAsync(silo, early, Given.OrderDirected(new DateOnly(2017, 3, 6)));
        await Given.AcceptAsync(silo, late, Given.OrderDirected(new DateOnly(2017, 3, 9)));
        await Given.AcceptAsync(silo, far, Given.OrderDirected(new DateOnly(2017, 3, 12)));
        await MoveAsync(8);

        // Declared while it lasts: what passed on the 6th stays.
        Assert.Null((await silo.Downtimes.DeclareAsync("d-1", Declare, new CommandContext(Given.Officer), TestContext.Current.CancellationToken)).Rejection);
        Assert.Empty(silo.Rules.Book.Downtimes);
        Assert.Equal("second-person-needed", (await silo.Downtimes.ConfirmAsync("d-1", new CommandContext(Given.Officer), TestContext.Current.CancellationToken)).Rejection!.Code);
        Assert.NotNull((await silo.Downtimes.ConfirmAsync("d-1", new CommandContext(Given.SecondOfficer), TestContext.Current.CancellationToken)).Downtime!.ConfirmedAt);
        await other.Follower.CatchUpAsync(TestContext.Current.CancellationToken);
        Assert.Equal("d-1", Assert.Single(other.Rules.Book.Downtimes).Id);
        Assert.Equal("d-1", Assert.Single((await register.StartSiloAsync()).Rules.Book.Downtimes).Id);

        var deadlines = await other.Worklists.DeadlinesAsync(new DeadlineFilter(new DateOnly(2017, 3, 9), new DateOnly(2017, 3, 31), []), null, 10, TestContext.Current.CancellationToken);
        Assert.Equal([(far, 12), (late, 15)], deadlines.Items.Select(item => (item.Entity, item.Deadline.DueOn.Day)));
        await MoveAsync(14);
        Assert.Equal(2L, await OverdueAsync());
        Assert.Equal(1L, await register.QueryAsync<long>("SELECT count(*) FROM ledger WHERE type = 'deadlines.moved' AND effective_on = '2017-03-09' AND actor = 'system'"));
        await MoveAsync(17);
        Assert.Equal(3L, await OverdueAsync());

        var passed = Assert.Single((await silo.Downtimes.PassedAsync("d-1", 0, 10, TestContext.Current.CancellationToken))!.Items);
        Assert.Equal((early, "check.overdue", new DateOnly(2017, 3, 7)), (passed.Entity, passed.Event, passed.EffectiveOn));
        Assert.Empty((await silo.Downtimes.PassedAsync("d-1", passed.Seq, 10, TestContext.Current.CancellationToken))!.Items);
        Assert.Null(await silo.Downtimes.PassedAsync("d-2", 0, 10, TestContext.Current.CancellationToken));
        // As it was known before the confirmation, the check of the 9th was due on the 9th.
        await register.AssertVerifiedAsync();

        Task MoveAsync(int day) => silo.Clock.MoveToAsync(new DateTimeOffset(2017, 3, day, 1, 0, 0, TimeSpan.Zero), TestContext.Current.CancellationToken);

        Task<long> OverdueAsync() => register.QueryAsync<long>("SELECT count(*) FROM ledger WHERE type = 'check.overdue'");
    }
}
