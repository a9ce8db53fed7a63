using Supervision.Hosting.Activations;

namespace Supervision.Hosting.Tests.Activations;

/// <summary>Commands that are decided together: each for itself, on what the ledger confirms; what cannot be sent so changes nothing.</summary>
public sealed class SendingTogetherTests
{
    private static readonly DateOnly Today = new(2017, 3, 1);

    private static readonly GrainCommand Order = Given.OrderDirected(Today);

    [Fact]
    public async Task Each_command_is_decided_for_itself()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        var factories = await FactoriesAsync(silo, 5);
        await Given.AcceptAsync(silo, factories[1].To, Order);

        await AssertSentAsync(
            silo,
            (factories[0], true),
            // There is no second check to approve.
            (factories[1] with { Compose = _ => new GrainCommand.ApproveCheck("check-2") }, false),
            // It sees what its grains hold, and finds nothing to send.
            (factories[2] with { Compose = states => states(factories[2].To) is GrainState.Subject { Titles.Count: 1 } ? null : Order }, false),
            // Not all that it needs was named.
            (factories[3] with { Others = [] }, false),
            // Nobody has registered it.
            (new GroupedCommand(Given.Factory("F-9"), [], _ => Order), false),
            (factories[4], true));
        Assert.Equal(3L, await register.QueryAsync<long>("SELECT count(*) FROM ledger WHERE type = 'check.ordered'"));
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task Of_two_that_share_a_grain_the_second_is_to_be_sent_alone()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        var factories = await FactoriesAsync(silo, 2);

        await AssertSentAsync(silo, (factories[0], true), (factories[0], false), (factories[1] with { Others = [.. factories[1].Others, factories[0].To] }, false));
        Assert.Equal(1L, await register.QueryAsync<long>("SELECT count(*) FROM ledger WHERE type = 'check.ordered'"));
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task What_another_silo_has_overtaken_is_not_written()
    {
        await using var register = await TestRegister.CreateAsync();
        var (here, elsewhere) = (await register.StartSiloAsync(), await register.StartSiloAsync());
        var factories = await FactoriesAsync(here, 2);
        await Given.AcceptAsync(elsewhere, factories[0].To, Order);

        await AssertSentAsync(here, (factories[0], false), (factories[1], true));
        // Its memory of the first is gone with that, so the next one rests on what there is.
        await AssertSentAsync(here, (factories[0], true));
        Assert.Equal(3L, await register.QueryAsync<long>("SELECT count(*) FROM ledger WHERE type = 'check.ordered'"));
        await register.AssertVerifiedAsync();
    }

    /// <summary>Factories with a title, and for each the order of a check, which needs its enterprise too.</summary>
    private static async Task<List<GroupedCommand>> FactoriesAsync(TestSilo silo, int count)
    {
        var orders = new List<GroupedCommand>();
        for (var i = 0; i < count; i++)
        {
            var factory = await Given.CertifiedAsync(silo, $"F-{i}", $"企业{i}");
            var state = (GrainState.Subject)(await silo.Activations.ReadAsync(factory)).State!;
            orders.Add(new GroupedCommand(factory, state.Enterprise is { } enterprise ? [enterprise] : [], _ => Order));
        }

        return orders;
    }

    private static async Task AssertSentAsync(TestSilo silo, params (GroupedCommand Command, bool IsAccepted)[] commands) =>
        Assert.Equal(commands.Select(command => command.IsAccepted), await silo.Host.TrySendAsync([.. commands.Select(command => command.Command)]));
}
