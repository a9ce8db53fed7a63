namespace Supervision.Silo.Orleans.Tests;

/// <summary>Two silos of one cluster, and what the ledger makes of clusters that are divided.</summary>
public sealed class ClusterTests
{
    private static readonly DateOnly Granted = new(2017, 2, 1);

    private static readonly DateOnly DueBy = new(2017, 4, 1);

    [Fact]
    public async Task Grains_live_on_both_silos_and_whoever_wrote_reads_it_at_once()
    {
        await using var register = await TestRegister.CreateAsync();
        await using var one = await ClusterMember.JoinAsync(register);
        await using var two = await ClusterMember.JoinAsync(register);

        for (var i = 0; i < 24; i++)
        {
            var factory = Given.Factory($"F-{i}");
            var sender = i % 2 == 0 ? one : two;
            await sender.AcceptAsync(factory, Given.Register($"企业{i}"));
            // In memory as it was, before somebody else changes it.
            Assert.Empty((await sender.Silo.Register.FindAsync(factory, TestContext.Current.CancellationToken))!.View.Titles);
            var granted = await sender.AcceptAsync(factory, Given.Grant(Granted));
            Assert.Single(granted.Entity!.View.Titles);
            Assert.Single((await sender.Silo.Register.FindAsync(factory, TestContext.Current.CancellationToken))!.View.Titles);
        }

        // Both have committed.
        Assert.InRange(one.Silo.Activations.Count, 1, 48);
        Assert.InRange(two.Silo.Activations.Count, 1, 48);
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task Commands_that_write_the_same_grain_from_both_silos_all_come_through()
    {
        await using var register = await TestRegister.CreateAsync();
        await using var one = await ClusterMember.JoinAsync(register);
        await using var two = await ClusterMember.JoinAsync(register);

        // All at once: each registers the enterprise as well, unless another was quicker.
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => (i % 2 == 0 ? one : two).SendAsync(
            Given.Factory($"F-{i}"), new GrainCommand.Register("湘江水泥有限公司", "430100", null, null, Enterprise: null), Given.Identity($"{i}")).AsTask()));

        Assert.All(outcomes, outcome => Assert.Equal((CommandStatus.Accepted, null), (outcome.Status, outcome.Rejection)));
        Assert.Single(outcomes.Select(outcome => outcome.Entity!.View.Relations.Single(relation => relation.Type == "enterprise").To).Distinct());
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task An_activation_that_should_not_exist_loses_its_append_and_reads_the_grain_anew()
    {
        await using var register = await TestRegister.CreateAsync();
        // A cluster that fell apart: each part has an activation of its own.
        await using var one = await ClusterMember.JoinAsync(register, "one part");
        await using var two = await ClusterMember.JoinAsync(register, "the other part");
        var factory = Given.Factory("F-1");
        await one.AcceptAsync(factory, Given.Register());
        var known = await two.SendAsync(factory, Given.OrderRandom(DueBy));
        Assert.IsType<Rejection.TitleNotHeld>(known.Rejection);
        await one.AcceptAsync(factory, Given.Grant(Granted));

        // Decided on what this activation knows it would be refused again.
        var ordered = await two.AcceptAsync(factory, Given.OrderRandom(DueBy));
        Assert.Equal("checks/check-1", ordered.Created);
        // And the first part is behind now.
        Assert.IsType<Rejection.CheckAlreadyOpen>((await one.SendAsync(factory, Given.OrderRandom(DueBy))).Rejection);
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task Time_moves_on_every_silo_and_what_is_due_is_woken_where_it_lives()
    {
        await using var register = await TestRegister.CreateAsync();
        await using var one = await ClusterMember.JoinAsync(register);
        await using var two = await ClusterMember.JoinAsync(register);
        for (var i = 0; i < 12; i++)
        {
            var factory = Given.Factory($"F-{i}");
            await two.AcceptAsync(factory, Given.Register($"企业{i}"));
            await two.AcceptAsync(factory, Given.Grant(Granted));
            await two.AcceptAsync(factory, Given.OrderDirected(DueBy));
        }

        var late = new DateTimeOffset(2017, 4, 2, 1, 0, 0, TimeSpan.Zero);
        await one.MoveTimeAsync(late);

        Assert.Equal(12, await one.Waker.WakeDueAsync(late, TestContext.Current.CancellationToken));
        Assert.Equal(0, await two.Waker.WakeDueAsync(late, TestContext.Current.CancellationToken));
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task A_command_that_was_sent_before_gets_its_first_answer_on_the_other_silo()
    {
        await using var register = await TestRegister.CreateAsync();
        await using var one = await ClusterMember.JoinAsync(register);
        await using var two = await ClusterMember.JoinAsync(register);
        var factory = Given.Factory("F-1");
        await one.AcceptAsync(factory, Given.Register());
        var first = await one.SendAsync(factory, Given.Grant(Granted), Given.Identity("grant"));
        await one.AcceptAsync(factory, Given.OrderDirected(DueBy));

        var again = await two.SendAsync(factory, Given.Grant(Granted), Given.Identity("grant"));
        Assert.Equal((CommandStatus.Accepted, false), (again.Status, again.Changed));
        Assert.True(first.Entity!.Json.Span.SequenceEqual(again.Entity!.Json.Span));
        Assert.Equal(CommandStatus.IdentityReused, (await two.SendAsync(factory, Given.Grant(Granted), Given.Identity("grant", "another"))).Status);
    }

    [Fact]
    public async Task A_ledger_that_takes_nothing_is_told_to_the_sender_on_another_silo()
    {
        await using var register = await TestRegister.CreateAsync();
        await using var one = await ClusterMember.JoinAsync(register);
        await using var two = await ClusterMember.JoinAsync(register);
        await two.Silo.Writer.StopAsync(TestContext.Current.CancellationToken);

        var refused = 0;
        for (var i = 0; i < 16; i++)
        {
            try
            {
                await one.AcceptAsync(Given.Factory($"F-{i}"), Given.Register($"企业{i}"));
            }
            catch (LedgerUnavailableException exception)
            {
                Assert.Equal("The silo is stopping.", exception.Message);
                refused++;
            }
        }

        // Those that live there, and only those.
        Assert.InRange(refused, 1, 15);
    }
}
