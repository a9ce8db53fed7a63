using System.Text;
using Supervision.Grains.Calendars;

namespace Supervision.Hosting.Tests.WakeUps;

public sealed class WakingTests
{
    private static readonly DateOnly Today = new(2017, 3, 1);

    [Fact]
    public async Task A_deadline_that_passed_shows_before_the_grain_is_woken()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        var factory = await Given.CertifiedAsync(silo, "F-1");
        await Given.AcceptAsync(silo, factory, Given.OrderDirected(Today));
        register.Time.MoveTo(CivilTime.AfterLastDay(Today).AddMilliseconds(-1));
        Assert.False((await silo.Register.FindAsync(factory, TestContext.Current.CancellationToken))!.View.Checks[0].Overdue);

        register.Time.MoveTo(CivilTime.AfterLastDay(Today));
        var before = await silo.Register.FindAsync(factory, TestContext.Current.CancellationToken);
        Assert.True(before!.View.Checks[0].Overdue);
        Assert.Equal(4, silo.Register.Seq);

        Assert.Equal(1, await silo.Waker.WakeDueAsync(register.Time.GetUtcNow(), TestContext.Current.CancellationToken));
        var after = await silo.Register.FindAsync(factory, TestContext.Current.CancellationToken);
        Assert.Equal(Encoding.UTF8.GetString(before.Json.Span), Encoding.UTF8.GetString(after!.Json.Span));
        Assert.Equal(5, silo.Register.Seq);
        Assert.Equal(0, await silo.Waker.WakeDueAsync(register.Time.GetUtcNow(), TestContext.Current.CancellationToken));
        await register.AssertVerifiedAsync();
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(3)]
    public async Task Grains_due_together_are_woken_in_their_order(int grainsMax)
    {
        // Among so many, several share a turn; and a small memory has to read most of them again.
        const int grains = 700;
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync(new() { GrainsMax = grainsMax });
        await Task.WhenAll(Enumerable.Range(0, grains).Select(async i =>
        {
            var factory = await Given.CertifiedAsync(silo, $"F-{i}", $"企业{i}");
            await Given.AcceptAsync(silo, factory, Given.OrderDirected(Today));
        }));
        register.Time.MoveTo(CivilTime.AfterLastDay(Today));

        Assert.Equal(grains, await silo.Waker.WakeDueAsync(register.Time.GetUtcNow(), TestContext.Current.CancellationToken));

        Assert.Equal(
            await register.QueryAsync<string[]>("SELECT array_agg(grain::text ORDER BY grain) FROM ledger WHERE type = 'check.overdue'"),
            await register.QueryAsync<string[]>("SELECT array_agg(grain::text ORDER BY seq) FROM ledger WHERE type = 'check.overdue'"));
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task A_grain_that_cannot_be_woken_keeps_none_from_waking()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        for (var i = 0; i < 3; i++)
            await Given.AcceptAsync(silo, await Given.CertifiedAsync(silo, $"F-{i}", $"企业{i}"), Given.OrderDirected(Today.AddDays(i / 2)));
        await register.QueryAsync<string>("UPDATE entity SET state = '{' WHERE grain = 'factory/F-0' RETURNING state");
        var later = await register.StartSiloAsync();
        register.Time.MoveTo(CivilTime.AfterLastDay(Today.AddDays(1)));

        Assert.Equal(2, await later.Waker.WakeDueAsync(register.Time.GetUtcNow(), TestContext.Current.CancellationToken));
        Assert.Equal(0, await later.Waker.WakeDueAsync(register.Time.GetUtcNow(), TestContext.Current.CancellationToken));

        Assert.Equal(
            ["factory/F-1", "factory/F-2"], await register.QueryAsync<string[]>("SELECT array_agg(grain::text ORDER BY seq) FROM ledger WHERE type = 'check.overdue'"));
    }

    [Fact]
    public async Task Whatever_only_passes_through_is_not_kept()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        for (var i = 0; i < 20; i++)
            await Given.AcceptAsync(silo, await Given.CertifiedAsync(silo, $"F-{i}", $"企业{i}"), Given.OrderDirected(Today));
        var later = await register.StartSiloAsync();
        register.Time.MoveTo(CivilTime.AfterLastDay(Today));
        var used = GrainId.Of(GrainKind.Factory, "F-7");
        Assert.Equal(3, (await later.Activations.ReadAsync(used)).Version);

        Assert.Equal(20, await later.Waker.WakeDueAsync(register.Time.GetUtcNow(), TestContext.Current.CancellationToken));

        Assert.Equal(1, later.Activations.Count);
        Assert.Equal(4, (await later.Activations.ReadAsync(used)).Version);
    }

    [Fact]
    public async Task A_wake_up_that_a_grain_left_is_past_and_one_to_which_it_came_back_is_one()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        var (left, cameBack) = (await Given.CertifiedAsync(silo, "F-1", "企业1"), await Given.CertifiedAsync(silo, "F-2", "企业2"));
        await Given.AcceptAsync(silo, left, Given.OrderDirected(Today.AddDays(5)));
        await Given.AcceptAsync(silo, left, Given.Result("check-1", CheckOutcome.Clean, Today));
        await Given.AcceptAsync(silo, cameBack, Given.OrderDirected(Today.AddDays(5)));
        await Given.AcceptAsync(silo, cameBack, Given.OrderDirected(Today.AddDays(2)));
        await Given.AcceptAsync(silo, cameBack, Given.Result("check-2", CheckOutcome.Clean, Today));
        var due = CivilTime.AfterLastDay(Today.AddDays(5));
        await register.AssertVerifiedAsync();

        var page = await silo.Worklists.DeadlinesAsync(new DeadlineFilter(Today, Today.AddDays(5), []), null, 10, TestContext.Current.CancellationToken);
        Assert.Equal([cameBack], page.Items.Select(item => item.Entity));
        register.Time.MoveTo(due);
        Assert.Equal(1, await silo.Waker.WakeDueAsync(due, TestContext.Current.CancellationToken));

        Assert.Equal(["factory/F-2"], await register.QueryAsync<string[]>("SELECT array_agg(grain::text) FROM ledger WHERE type = 'check.overdue'"));
        Assert.Equal(0L, await register.QueryAsync<long>($"SELECT count(*) FROM wake_up_due WHERE due_at <= '{due:O}'"));
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task Two_silos_may_wake_the_same_grains()
    {
        await using var register = await TestRegister.CreateAsync();
        var silos = new[] { await register.StartSiloAsync(), await register.StartSiloAsync() };
        for (var i = 0; i < 20; i++)
            await Given.AcceptAsync(silos[i % 2], await Given.CertifiedAsync(silos[0], $"F-{i}", $"企业{i}"), Given.OrderDirected(Today));
        register.Time.MoveTo(CivilTime.AfterLastDay(Today));

        await Task.WhenAll(silos.Select(silo => silo.Waker.WakeDueAsync(register.Time.GetUtcNow(), TestContext.Current.CancellationToken)));

        Assert.Equal(20L, await register.QueryAsync<long>("SELECT count(*) FROM ledger WHERE type = 'check.overdue'"));
        Assert.Equal(0L, await register.QueryAsync<long>("SELECT count(*) FROM entity WHERE wake_up IS NOT NULL"));
        Assert.Equal(0L, await register.QueryAsync<long>("SELECT count(*) FROM wake_up_due"));
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task Moving_the_clock_lives_through_everything_that_is_due()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        var factory = await Given.CertifiedAsync(silo, "F-1");
        for (var check = 1; check <= 3; check++)
        {
            var today = CivilTime.DateAt(silo.Clock.Now);
            await Given.AcceptAsync(silo, factory, Given.OrderRandom(today.AddDays(20), $"draw-{check}"));
            await Given.AcceptAsync(silo, factory, Given.Result($"check-{check}", CheckOutcome.Clean, today));
            if (check < 3)
                await silo.Clock.MoveToAsync(silo.Clock.Now.AddMonths(4), TestContext.Current.CancellationToken);
        }

        // 2017-11-01 is the day of the third clean result: five years end with 2022-10-31.
        var exempt = await silo.Register.FindAsync(factory, TestContext.Current.CancellationToken);
        Assert.Equal(new DateOnly(2022, 10, 31), exempt!.View.Titles[0].ExemptUntil);
        var other = await Given.CertifiedAsync(silo, "F-2", "乙");
        await Given.AcceptAsync(silo, other, Given.OrderDirected(new DateOnly(2019, 6, 30)));
        Assert.IsType<Rejection.Exempt>((await silo.SendAsync(factory, Given.OrderRandom(new DateOnly(2019, 1, 1)), Given.Officer)).Rejection);

        var to = new DateTimeOffset(2023, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(to, await silo.Clock.MoveToAsync(to, TestContext.Current.CancellationToken));

        Assert.Equal(
            ["factory/F-2 check.overdue 2019-07-01 2019-06-30T16:00:00Z", "factory/F-1 exemption.ended 2022-11-01 2022-10-31T16:00:00Z"],
            await register.QueryAsync<string[]>("""
                SELECT array_agg(grain || ' ' || type || ' ' || effective_on || ' ' || to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') ORDER BY seq)
                FROM ledger WHERE actor = 'system' AND type <> 'publication.overdue'
                """));
        Assert.Null((await silo.Register.FindAsync(factory, TestContext.Current.CancellationToken))!.View.Titles[0].ExemptUntil);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => silo.Clock.MoveToAsync(to.AddDays(-1), TestContext.Current.CancellationToken));
        await register.AssertVerifiedAsync();
    }
}
