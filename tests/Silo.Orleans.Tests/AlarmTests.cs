using Supervision.Hosting.Clock;
using Supervision.Silo.Orleans.Alarms;

namespace Supervision.Silo.Orleans.Tests;

/// <summary>What is due is woken although no scheduler's job runs.</summary>
public sealed class AlarmTests
{
    private const string RemindersSql = "SELECT service || ' ' || grain || ' ' || name || ' ' || period || ' ' || version || ' ' || start_at FROM orleans_reminder";

    private static readonly DateTimeOffset Late = new(2017, 4, 2, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task An_alarm_wakes_what_is_due_wherever_it_lives_and_a_second_one_finds_nothing()
    {
        await using var register = await TestRegister.CreateAsync();
        await using var one = await ClusterMember.JoinAsync(register);
        await using var two = await ClusterMember.JoinAsync(register);
        await OrderChecksAsync(one, 12);
        await one.MoveTimeAsync(Late);

        await RingAsync(two);
        Assert.Null(await one.Silo.WakeUps.NextAsync(Late, TestContext.Current.CancellationToken));
        var woken = await EventsAsync(register);

        await RingAsync(one);
        Assert.Equal(0, await one.Waker.WakeDueAsync(Late, TestContext.Current.CancellationToken));
        Assert.Equal(woken, await EventsAsync(register));
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task An_alarm_is_set_once_and_outlives_the_silo_that_set_it()
    {
        await using var register = await TestRegister.CreateAsync();
        var clock = new Clock(register.Time);
        await using var one = await ClusterMember.JoinAsync(register, clock: clock, configure: options => options.ProbeSeconds = 1);
        await SetAsync(one);
        var set = await ScalarAsync(register, RemindersSql);
        Assert.StartsWith($"supervision alarm/{IAlarmGrain.Key} {AlarmGrain.ReminderName} 300000 0 ", set, StringComparison.Ordinal);
        await OrderChecksAsync(one, 1);
        register.Time.MoveTo(Late);

        await one.DieAsync();
        await using var two = await ClusterMember.JoinAsync(register, clock: clock, configure: options => options.ProbeSeconds = 1);
        await SetAsync(two);

        Assert.Equal(set, await ScalarAsync(register, RemindersSql));
        await RingAsync(two);
        Assert.Null(await two.Silo.WakeUps.NextAsync(Late, TestContext.Current.CancellationToken));
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task On_manual_time_there_is_no_alarm()
    {
        await using var register = await TestRegister.CreateAsync();
        await using var one = await ClusterMember.JoinAsync(register);

        await SetAsync(one);
        Assert.Null(await ScalarAsync(register, RemindersSql));
    }

    private static async Task OrderChecksAsync(ClusterMember member, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var factory = Given.Factory($"F-{i}");
            await member.AcceptAsync(factory, Given.Register($"企业{i}"));
            await member.AcceptAsync(factory, Given.Grant(new DateOnly(2017, 2, 1)));
            await member.AcceptAsync(factory, Given.OrderDirected(new DateOnly(2017, 4, 1)));
        }
    }

    private static Task SetAsync(ClusterMember member) => member.AlarmSet.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

    /// <summary>Rings as Orleans does when the reminder is due.</summary>
    private static Task RingAsync(ClusterMember member) => member.Factory.GetGrain<IAlarmGrain>(IAlarmGrain.Key).ReceiveReminder(AlarmGrain.ReminderName, default);

    private static async Task<string?> EventsAsync(TestRegister register) => await ScalarAsync(register, "SELECT count(*)::text FROM ledger");

    private static async Task<string?> ScalarAsync(TestRegister register, string sql)
    {
        await using var command = register.Owner.CreateCommand(sql);
        return (string?)await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The time of a test as a silo takes the machine's: nobody moves it through what is due.</summary>
    private sealed class Clock(ManualTime time) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => time.GetUtcNow();
    }
}
