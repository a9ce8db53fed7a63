using System.Text;
using Supervision.Ledger;

namespace Supervision.Hosting.Tests.Activations;

public sealed class GrainHostTests
{
    private static readonly DateOnly GrantedOn = new(2017, 2, 1);
    private static readonly DateOnly Today = new(2017, 3, 1);

    [Fact]
    public async Task Commands_are_carried_out_and_read_back()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        var factory = Given.Factory("F-1");

        var registered = await Given.AcceptAsync(silo, factory, Given.Register());
        Assert.Equal("", registered.Created);
        Assert.Equal(2, registered.Seq);
        await Given.AcceptAsync(silo, factory, Given.Grant(GrantedOn));
        var ordered = await Given.AcceptAsync(silo, factory, Given.OrderRandom(Today.AddDays(30)));
        Assert.Equal("checks/check-1", ordered.Created);
        var concluded = await Given.AcceptAsync(silo, factory, Given.Result("check-1", CheckOutcome.Clean, Today));

        Assert.Equal(1, concluded.Entity!.View.Titles[0].CleanChecks);
        Assert.Equal(4, concluded.Entity.View.Version);
        var read = await silo.Register.FindAsync(factory, TestContext.Current.CancellationToken);
        Assert.Equal(concluded.Entity.Json.ToArray(), read!.Json.ToArray());
        Assert.Equal(5, silo.Register.Seq);
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task Texts_that_together_are_too_long_for_an_event_are_rejected()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        var factory = await Given.CertifiedAsync(silo, "F-1");
        await Given.AcceptAsync(silo, factory, Given.OrderRandom(Today.AddDays(30)));
        var findings = Enumerable.Range(0, 3).Select(_ => new Finding("indicators", new string('长', 10_000))).ToList();
        var identity = Given.Identity("long");

        var outcome = await silo.SendAsync(factory, new GrainCommand.RecordResult("check-1", CheckOutcome.Minor, Today, ["i-1", "i-2"], findings), Given.Officer, identity);

        Assert.Equal((CommandStatus.Rejected, "event-too-long"), (outcome.Status, outcome.Rejection?.Code));
        await Given.AcceptAsync(silo, factory, Given.Result("check-1", CheckOutcome.Clean, Today));
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task A_rejection_writes_nothing_and_tells_why()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();

        var outcome = await silo.SendAsync(Given.Factory("F-1"), Given.Grant(GrantedOn), Given.Officer);

        Assert.Equal(CommandStatus.Rejected, outcome.Status);
        Assert.IsType<Rejection.NotRegistered>(outcome.Rejection);
        Assert.Equal(0, outcome.Seq);
        Assert.Null(outcome.Entity);
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task A_command_sent_again_gets_the_bytes_of_its_first_answer()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        var factory = Given.Factory("F-1");
        (string Name, GrainCommand Command)[] commands =
        [
            ("early", Given.Grant(GrantedOn)),
            ("register", Given.Register()),
            ("grant", Given.Grant(GrantedOn)),
            ("again", Given.Grant(GrantedOn)),
            ("order", Given.OrderDirected(Today.AddDays(30))),
            ("result", Given.Result("check-1", CheckOutcome.Failed, Today)),
            ("missing", Given.Result("check-9", CheckOutcome.Clean, Today)),
        ];
        var first = new List<CommandOutcome>();
        foreach (var (name, command) in commands)
            first.Add(await silo.SendAsync(factory, command, Given.Officer, Given.Identity(name)));
        Assert.Equal(
            [CommandStatus.Rejected, CommandStatus.Accepted, CommandStatus.Accepted, CommandStatus.Rejected, CommandStatus.Accepted, CommandStatus.Accepted, CommandStatus.Rejected],
            first.Select(outcome => outcome.Status));

        var cold = await register.StartSiloAsync();
        for (var i = 0; i < commands.Length; i++)
        {
            AssertSame(first[i], await silo.SendAsync(factory, commands[i].Command, Given.Officer, Given.Identity(commands[i].Name)));
            AssertSame(first[i], await cold.SendAsync(factory, commands[i].Command, Given.Officer, Given.Identity(commands[i].Name)));
        }

        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task Of_many_parallel_sendings_of_one_command_one_has_effect()
    {
        await using var register = await TestRegister.CreateAsync();
        var silos = new[] { await register.StartSiloAsync(), await register.StartSiloAsync() };
        var factory = await Given.CertifiedAsync(silos[0], "F-1");
        var identity = Given.Identity("order");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 32).Select(i =>
            Task.Run(() => silos[i % 2].SendAsync(factory, Given.OrderDirected(Today.AddDays(30)), Given.Officer, identity).AsTask())));

        var answered = outcomes.Where(outcome => outcome.Status == CommandStatus.Accepted).ToList();
        Assert.NotEmpty(answered);
        Assert.All(outcomes, outcome => Assert.True(outcome.Status is CommandStatus.Accepted or CommandStatus.Running));
        Assert.Single(answered, outcome => outcome.Changed);
        Assert.All(answered, outcome => AssertSame(answered[0], outcome));
        Assert.Equal(1L, await register.QueryAsync<long>("SELECT count(*) FROM ledger WHERE type = 'check.ordered'"));
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task An_identity_used_for_another_request_is_noticed()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        var factory = Given.Factory("F-1");
        await Given.AcceptAsync(silo, factory, Given.Register(), Given.Identity("one", "a"));

        var outcome = await silo.SendAsync(factory, Given.Grant(GrantedOn), Given.Officer, Given.Identity("one", "b"));

        Assert.Equal(CommandStatus.IdentityReused, outcome.Status);
        Assert.Equal(2L, await register.QueryAsync<long>("SELECT count(*) FROM ledger"));
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task A_command_for_another_version_is_refused()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        var factory = await Given.CertifiedAsync(silo, "F-1");

        var stale = await silo.SendAsync(factory, Given.OrderDirected(Today), Given.Officer, expectedVersion: 1);
        var current = await silo.SendAsync(factory, Given.OrderDirected(Today), Given.Officer, expectedVersion: 2);

        Assert.IsType<Rejection.StaleVersion>(stale.Rejection);
        Assert.Equal(CommandStatus.Accepted, current.Status);
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task A_full_queue_says_so()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = register.CreateStoppedSilo(new LedgerOptions { QueueAppendsMax = 2 });
        // Nobody takes from the queue yet: two wait, the third is told.
        var waiting = new[] { "F-1", "F-2" }.Select(key => silo.SendAsync(Given.Factory(key), Given.Register(key), Given.Officer).AsTask()).ToArray();
        await Eventually.TrueAsync(() => silo.Writer.QueueLength == 2, "two appends wait");

        await Assert.ThrowsAsync<LedgerUnavailableException>(() => silo.SendAsync(Given.Factory("F-3"), Given.Register("F-3"), Given.Officer).AsTask());

        await silo.Writer.StartAsync(TestContext.Current.CancellationToken);
        Assert.All(await Task.WhenAll(waiting), outcome => Assert.Equal(CommandStatus.Accepted, outcome.Status));
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task A_small_memory_stays_right()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync(new() { GrainsMax = 2 });
        var factories = new List<GrainId>();
        for (var i = 0; i < 8; i++)
            factories.Add(await Given.CertifiedAsync(silo, $"F-{i}", $"企业{i}"));

        for (var round = 1; round <= 3; round++)
        {
            var outcomes = await Task.WhenAll(factories.Select(factory =>
                silo.SendAsync(factory, Given.OrderDirected(Today.AddDays(round)), Given.Officer).AsTask()));
            Assert.All(outcomes, outcome => Assert.Equal(round, outcome.Entity!.View.Checks.Count));
            foreach (var factory in factories)
                Assert.Equal(round, (await silo.Register.FindAsync(factory, TestContext.Current.CancellationToken))!.View.Checks.Count);
        }

        Assert.True(silo.Activations.Count <= 2, $"{silo.Activations.Count} grains are in memory");
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task What_the_memory_does_not_hold_is_read_from_the_database()
    {
        await using var register = await TestRegister.CreateAsync();
        var factory = await Given.CertifiedAsync(await register.StartSiloAsync(), "F-1");
        var cold = await register.StartSiloAsync();

        var reads = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => cold.Register.FindAsync(factory, TestContext.Current.CancellationToken).AsTask()));
        Assert.All(reads, read => Assert.Equal(2, read!.View.Version));
        Assert.Null(await cold.Register.FindAsync(Given.Factory("none"), TestContext.Current.CancellationToken));
        Assert.Equal(1, cold.Activations.Count);
    }

    [Fact]
    public async Task The_history_comes_newest_first_and_in_pages()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        var factory = await Given.CertifiedAsync(silo, "F-1");
        await Given.AcceptAsync(silo, factory, Given.OrderDirected(Today));

        var newest = await silo.Register.HistoryAsync(factory, HistoryOrder.Newest, after: null, limit: 2, TestContext.Current.CancellationToken);
        var oldest = await silo.Register.HistoryAsync(factory, HistoryOrder.Newest, after: 2, limit: 2, TestContext.Current.CancellationToken);

        Assert.Equal(["check.ordered", "title.granted"], newest!.Items.Select(entry => entry.Type));
        Assert.True(newest.HasMore);
        Assert.Equal(["entity.registered"], oldest!.Items.Select(entry => entry.Type));
        Assert.False(oldest.HasMore);
        Assert.Null(await silo.Register.HistoryAsync(Given.Factory("none"), HistoryOrder.Newest, null, 2, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_sender_that_gives_up_ends_its_waiting_and_not_the_command()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = register.CreateStoppedSilo(new LedgerOptions());
        using var impatience = new CancellationTokenSource();
        var waiting = silo.Host.SendAsync(Given.Factory("F-1"), Given.Register(), new CommandContext(Given.Officer, Given.Identity("one")), impatience.Token).AsTask();
        await Eventually.TrueAsync(() => silo.Writer.QueueLength == 1, "the append waits");
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        await silo.Writer.StartAsync(TestContext.Current.CancellationToken);
        await silo.Position.WaitForAsync(2, TestContext.Current.CancellationToken);
        var outcome = await silo.SendAsync(Given.Factory("F-1"), Given.Register(), Given.Officer, Given.Identity("two"));
        Assert.False(outcome.Changed);
        await register.AssertVerifiedAsync();
    }

    private static void AssertSame(CommandOutcome first, CommandOutcome again)
    {
        Assert.Equal(first.Status, again.Status);
        Assert.Equal(first.Created, again.Created);
        Assert.Equal(Text(first), Text(again));
        Assert.Equal(
            (first.Rejection?.Class, first.Rejection?.Code, first.Rejection?.Article, first.Rejection?.Detail, first.Rejection?.Field),
            (again.Rejection?.Class, again.Rejection?.Code, again.Rejection?.Article, again.Rejection?.Detail, again.Rejection?.Field));
    }

    private static string? Text(CommandOutcome outcome) => outcome.Entity is { } entity ? Encoding.UTF8.GetString(entity.Json.Span) : null;
}
