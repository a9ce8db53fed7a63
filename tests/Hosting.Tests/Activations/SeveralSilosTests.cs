namespace Supervision.Hosting.Tests.Activations;

public sealed class SeveralSilosTests
{
    private static readonly DateOnly Today = new(2017, 3, 1);

    [Fact]
    public async Task A_silo_whose_memory_was_overtaken_decides_again()
    {
        await using var register = await TestRegister.CreateAsync();
        var (one, two) = (await register.StartSiloAsync(), await register.StartSiloAsync());
        var factory = Given.Factory("F-1");
        await Given.AcceptAsync(one, factory, Given.Register());
        // The second silo knows the factory as it is now, without a title.
        await two.Register.FindAsync(factory, TestContext.Current.CancellationToken);
        await Given.AcceptAsync(one, factory, Given.Grant(new DateOnly(2017, 2, 1)));

        var ordered = await two.SendAsync(factory, Given.OrderRandom(Today), Given.Officer);
        Assert.Equal("checks/check-1", ordered.Created);
        // Now the first one is behind; its rejection rests on what the second has written.
        var again = await one.SendAsync(factory, Given.OrderRandom(Today), Given.Officer);
        Assert.IsType<Rejection.CheckAlreadyOpen>(again.Rejection);
        Assert.Equal(3, again.Entity!.View.Version);
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task Commands_on_two_silos_are_one_line_of_events()
    {
        await using var register = await TestRegister.CreateAsync();
        var silos = new[] { await register.StartSiloAsync(), await register.StartSiloAsync() };
        var factories = new List<GrainId>();
        for (var i = 0; i < 4; i++)
            factories.Add(await Given.CertifiedAsync(silos[0], $"F-{i}", $"企业{i}"));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 200).Select(i =>
            Task.Run(() => silos[i % 2].SendAsync(factories[i / 2 % 4], Given.OrderDirected(Today.AddDays(i)), Given.Officer, Given.Identity($"{i}")).AsTask())));

        Assert.All(outcomes, outcome => Assert.Equal(CommandStatus.Accepted, outcome.Status));
        Assert.Equal(200, outcomes.Select(outcome => (outcome.Entity!.View.Key, outcome.Created)).Distinct().Count());
        Assert.Equal(200L, await register.QueryAsync<long>("SELECT count(*) FROM ledger WHERE type = 'check.ordered'"));
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task Following_the_ledger_brings_reads_up_to_other_silos()
    {
        await using var register = await TestRegister.CreateAsync();
        var (one, two) = (await register.StartSiloAsync(), await register.StartSiloAsync());
        var factory = await Given.CertifiedAsync(one, "F-1");
        await two.Follower.CatchUpAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, (await two.Register.FindAsync(factory, TestContext.Current.CancellationToken))!.View.Version);

        var written = await Given.AcceptAsync(one, factory, Given.OrderDirected(Today));
        Assert.Equal(2, (await two.Register.FindAsync(factory, TestContext.Current.CancellationToken))!.View.Version);
        var waiting = two.Register.WaitForAsync(written.Seq, TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);
        await two.Follower.CatchUpAsync(TestContext.Current.CancellationToken);
        await waiting;

        Assert.Equal(written.Seq, two.Register.Seq);
        Assert.Equal(3, (await two.Register.FindAsync(factory, TestContext.Current.CancellationToken))!.View.Version);
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task A_silo_that_writes_behind_another_follows_both()
    {
        await using var register = await TestRegister.CreateAsync();
        var (one, two) = (await register.StartSiloAsync(), await register.StartSiloAsync());
        var first = await Given.CertifiedAsync(one, "F-1", "甲");
        var second = await Given.CertifiedAsync(two, "F-2", "乙");
        // Each has written on top of what it has not read yet.
        foreach (var silo in (TestSilo[])[one, two])
        {
            await silo.Follower.CatchUpAsync(TestContext.Current.CancellationToken);
            Assert.Equal(6, silo.Register.Seq);
            foreach (var factory in (GrainId[])[first, second])
                Assert.Equal(2, (await silo.Register.FindAsync(factory, TestContext.Current.CancellationToken))!.View.Version);
        }
    }
}
