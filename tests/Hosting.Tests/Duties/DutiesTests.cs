using System.Text.Json;
using Supervision.Grains.Calendars;

namespace Supervision.Hosting.Tests.Duties;

/// <summary>What is over all titles of a policy: scheduling after an adoption, and rankings.</summary>
public sealed class DutiesTests
{
    private const string Policy = "miit-2024";

    private static readonly DateOnly Filing = new(2027, 3, 1);

    [Fact]
    public async Task A_round_that_is_over_is_ranked_once_whoever_is_interrupted_or_runs_beside()
    {
        await using var register = await TestRegister.CreateAsync();
        var silos = new[] { await register.StartSiloAsync(), await register.StartSiloAsync() };
        register.Time.MoveTo(CivilTime.StartOf(Filing));
        for (var i = 1; i <= 20; i++)
            await FiledAsync(silos[0], $"F-{i}", score: i);
        var unfiled = await GrantedAsync(silos[0], "F-21");
        var rankedOn = CivilTime.StartOf(new DateOnly(2027, 5, 15));

        await silos[0].Clock.MoveToAsync(rankedOn.AddMilliseconds(-1), TestContext.Current.CancellationToken);
        Assert.Equal(0L, await GradedAsync(register));
        Assert.Equal(rankedOn, await silos[0].Grading.NextAsync(rankedOn, TestContext.Current.CancellationToken));
        register.Time.MoveTo(rankedOn);
        await Task.WhenAll(silos.Select(silo => silo.Grading.RunDueAsync(rankedOn, TestContext.Current.CancellationToken)));
        // As if the silo had been killed before it recorded how far it was.
        await register.ExecuteAsync("UPDATE ranking SET up_to = NULL, complete = false WHERE year = 2026");
        await silos[1].Grading.RunDueAsync(rankedOn, TestContext.Current.CancellationToken);

        Assert.Equal(20L, await GradedAsync(register));
        Assert.Equal(
            ["A+ 1", "A 7", "B 12"],
            await register.QueryAsync<string[]>("""
                SELECT array_agg(grade || ' ' || n ORDER BY n)
                FROM (SELECT data::jsonb ->> 'grade' AS grade, count(*) AS n FROM ledger WHERE type = 'title.graded' GROUP BY 1) AS graded
                """));
        Assert.Equal(["F-1"], await register.QueryAsync<string[]>("SELECT array_agg(split_part(grain, '/', 2)) FROM ledger WHERE type = 'title.graded' AND data::jsonb ->> 'lowest' = 'true'"));
        Assert.Equal("A+", (await silos[0].Register.FindAsync(Given.Factory("F-20"), TestContext.Current.CancellationToken))!.View.Titles[0].Grade!.Grade);
        Assert.Null((await silos[0].Register.FindAsync(unfiled, TestContext.Current.CancellationToken))!.View.Titles[0].Grade);
        Assert.Null(await silos[0].Grading.NextAsync(rankedOn, TestContext.Current.CancellationToken));
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task A_grade_is_lost_with_the_round_in_which_nothing_was_filed()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        register.Time.MoveTo(CivilTime.StartOf(Filing));
        var factory = await FiledAsync(silo, "F-1", score: 90);

        await silo.Clock.MoveToAsync(CivilTime.StartOf(new DateOnly(2027, 6, 1)), TestContext.Current.CancellationToken);
        Assert.Equal("A+", (await silo.Register.FindAsync(factory, TestContext.Current.CancellationToken))!.View.Titles[0].Grade!.Grade);
        await silo.Clock.MoveToAsync(CivilTime.StartOf(new DateOnly(2028, 6, 1)), TestContext.Current.CancellationToken);

        var view = (await silo.Register.FindAsync(factory, TestContext.Current.CancellationToken))!.View;
        Assert.Null(view.Titles[0].Grade);
        Assert.Equal([DeclarationStatus.Filed, DeclarationStatus.Overdue], view.Reports.Select(report => report.Status));
        Assert.Equal(Standing.Valid, view.Standing);
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task The_yearly_round_ends_for_every_entity_with_one_small_event_of_its_own()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        register.Time.MoveTo(CivilTime.StartOf(Filing));
        for (var i = 1; i <= 30; i++)
            await GrantedAsync(silo, $"F-{i}");
        var before = silo.Position.Seq;
        register.Time.MoveTo(CivilTime.AfterLastDay(new DateOnly(2027, 4, 15)));

        Assert.Equal(30, await silo.Waker.WakeDueAsync(register.Time.GetUtcNow(), TestContext.Current.CancellationToken));

        Assert.Equal(before + 30, silo.Position.Seq);
        Assert.Equal(30L, await register.QueryAsync<long>("SELECT count(*) FROM ledger WHERE type = 'declaration.overdue' AND length(data) < 300"));
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task What_a_new_version_of_a_policy_asks_for_is_scheduled_once()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        register.Time.MoveTo(CivilTime.StartOf(Filing));
        await GrantedAsync(silo, "F-1");
        var seq = silo.Position.Seq;
        using var policy = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(RepositoryFolder.PathOf("policies"), $"{Policy}.json"), TestContext.Current.CancellationToken));
        var version = policy.RootElement.GetProperty("version").GetInt32();

        await silo.Scheduling.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal((version, true), (await register.QueryAsync<int>($"SELECT version FROM duty_scheduling WHERE policy = '{Policy}'"), await register.QueryAsync<bool>($"SELECT complete FROM duty_scheduling WHERE policy = '{Policy}'")));
        // Adopted before, and interrupted: what is scheduled already stays as it is.
        await register.ExecuteAsync($"UPDATE duty_scheduling SET version = 1, up_to = 'factory/F-1' WHERE policy = '{Policy}'");
        await silo.Scheduling.RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(seq, silo.Position.Seq);
        Assert.Equal(version, await register.QueryAsync<int>($"SELECT version FROM duty_scheduling WHERE policy = '{Policy}' AND complete"));
    }

    private static Task<long> GradedAsync(TestRegister register) => register.QueryAsync<long>("SELECT count(*) FROM ledger WHERE type = 'title.graded'");

    private static async Task<GrainId> GrantedAsync(TestSilo silo, string key)
    {
        var factory = Given.Factory(key);
        await Given.AcceptAsync(silo, factory, Given.Register($"企业{key}"));
        await Given.AcceptAsync(silo, factory, new GrainCommand.GrantTitle(Policy, null, Level.National, null, new DateOnly(2024, 2, 1), null));
        return factory;
    }

    private static async Task<GrainId> FiledAsync(TestSilo silo, string key, decimal score)
    {
        var factory = await GrantedAsync(silo, key);
        await Given.AcceptAsync(silo, factory, new GrainCommand.FileDeclaration(Policy, null, 2026, null, null, [], score, "N-1"));
        return factory;
    }
}
