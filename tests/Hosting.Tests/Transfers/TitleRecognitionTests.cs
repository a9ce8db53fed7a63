using Supervision.Grains.Calendars;
using Supervision.Hosting.Tests.Imports;

namespace Supervision.Hosting.Tests.Transfers;

/// <summary>National factory titles of the first eight batches count as municipal ones in Shenzhen from 2024-07-19, when shenzhen-2024 comes into force.</summary>
public sealed class TitleRecognitionTests
{
    private const string List = "entity_id,kind,level,batch,published,region,name\r\n";

    private const string DerivedSql =
        "SELECT coalesce(string_agg(grain || ' ' || type || ' ' || effective_on || ' ' || actor, ', ' ORDER BY seq), '') FROM ledger WHERE type IN ('title.derived', 'title.fallen')";

    private static readonly DateTimeOffset FirstDay = CivilTime.StartOf(new DateOnly(2024, 7, 19));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_follow_when_the_day_begins_each_once_whoever_looks_and_how_often()
    {
        await using var register = await Importing.RegisterAsync();
        var silo = await register.StartSiloAsync();
        await ImportAsync(silo, "F-1,factory,national,8,2021-02-11,深圳,甲\r\nF-2,factory,national,2,2018-02-11,深圳,乙\r\nF-3,factory,national,2,2018-02-11,广东,丙\r\nP-1,park,national,2,2018-02-11,深圳,丁园区\r\n");

        await silo.Clock.MoveToAsync(FirstDay.AddMilliseconds(-1), Cancellation);
        Assert.Equal("", await register.QueryAsync<string>(DerivedSql));
        await silo.Clock.MoveToAsync(FirstDay, Cancellation);

        const string Once = "factory/F-1 title.derived 2024-07-19 system, factory/F-2 title.derived 2024-07-19 system";
        Assert.Equal(Once, await register.QueryAsync<string>(DerivedSql));
        // A silo that was killed before it kept how far it had come begins again, beside another one.
        await register.ExecuteAsync("UPDATE recognition SET up_to = NULL, complete = false");
        var other = await register.StartSiloAsync();
        await Task.WhenAll(silo.Recognition.RunAsync(FirstDay, Cancellation), other.Recognition.RunAsync(FirstDay, Cancellation));
        Assert.Equal(Once, await register.QueryAsync<string>(DerivedSql));
        Assert.Equal((FirstDay, (DateTimeOffset?)null), (silo.Recognition.NextAfter(TestRegister.Start, FirstDay)!.Value, silo.Recognition.NextAfter(FirstDay, DateTimeOffset.MaxValue)));
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task They_are_shown_with_the_entity_and_counted_filtered_and_exported_as_what_they_follow_from()
    {
        await using var register = await TestRegister.CreateAsync();
        register.Time.MoveTo(FirstDay.AddYears(1));
        var silo = await register.StartSiloAsync();
        await ImportAsync(silo, "F-1,factory,national,8,2023-12-01,深圳,甲\r\nF-2,factory,national,9,2023-12-01,深圳,乙\r\n");
        var factory = Given.Factory("F-1");

        var shown = (await silo.Register.FindAsync(factory, Cancellation))!.View;
        Assert.Equal(["national", "municipal"], shown.Titles.Select(title => KebabCase<Level>.Word(title.Level)));
        Assert.Equal(new TitleRef("miit-2024", "green-factory", Level.National), shown.Titles[1].DerivedFrom!.Title);
        var counted = await silo.Register.CountAsync(new StatisticsQuery([Dimension.Kind, Dimension.Level], new EntityFilter(), []), Cancellation);
        Assert.DoesNotContain(counted, row => row.Values.Contains("municipal"));
        var asOf = new AsOf(new DateOnly(2025, 1, 1), register.Time.GetUtcNow());
        foreach (var filter in (EntityFilter[])[new() { Policy = "shenzhen-2024" }, new() { Level = Level.Municipal }])
        {
            Assert.Empty((await silo.Register.ListAsync(filter, null, 10, Cancellation)).Items);
            Assert.Empty((await silo.Register.ListAsync(filter, asOf, null, 10, Cancellation)).Items);
        }

        var exported = await silo.ExportAsync();
        Assert.DoesNotContain("municipal", exported, StringComparison.Ordinal);
        // What is exported enters another register with all that follows from it.
        await using var second = await TestRegister.CreateAsync();
        second.Time.MoveTo(FirstDay.AddYears(1));
        var again = await second.StartSiloAsync();
        await again.ImportAsync(exported);
        Assert.Equal("factory/F-1 title.derived 2024-07-19 system", await second.QueryAsync<string>(DerivedSql));
        await second.AssertVerifiedAsync();
    }

    [Fact]
    public async Task A_loss_stands_in_the_worklist_of_the_other_level_until_it_is_decided()
    {
        await using var register = await TestRegister.CreateAsync();
        register.Time.MoveTo(FirstDay.AddYears(1));
        var silo = await register.StartSiloAsync();
        var factory = Given.Factory("F-1");
        await Given.AcceptAsync(silo, factory, Given.Register());
        var hunan = new Actor("p-hunan", "hunan", Role.Officer, new Authority(Level.Provincial, ["430000"]));
        foreach (var (level, by) in new[] { (Level.National, Given.Officer), (Level.Provincial, hunan) })
            Assert.Null((await silo.SendAsync(factory, new GrainCommand.GrantTitle("miit-2024", null, level, null, new DateOnly(2024, 9, 2), null), by)).Rejection);
        var title = new TitleChoice("miit-2024", Level: Level.National);
        await Given.AcceptAsync(silo, factory, new GrainCommand.OpenCase(title, "false-declaration", null, "evidence", Urgent: false));
        await Given.AcceptAsync(silo, factory, new GrainCommand.ServeCase("case-1", new DateOnly(2025, 7, 19), "post"));
        await Given.AcceptAsync(silo, factory, new GrainCommand.RecordStatement("case-1", PrivateText.Of("statement", new byte[16])));
        Assert.Null((await silo.SendAsync(factory, new GrainCommand.DecideCase("case-1", CaseOutcome.Remove, "reason", "N-1"), Given.SecondOfficer)).Rejection);

        var item = Assert.Single(await ListAsync(new WorkFilter { Regions = ["430000"], Policy = "miit-2024", Level = Level.Provincial }));
        Assert.Equal((factory, "adjustment-1", "provincial/430000", Level.National), (item.Entity, item.Adjustment.Id, item.Adjustment.Authority, item.Adjustment.Lost.Level));
        Assert.Empty(await ListAsync(new WorkFilter { Level = Level.National }));
        Assert.Null((await silo.SendAsync(factory, new GrainCommand.DecideAdjustment("adjustment-1", AdjustmentOutcome.OpenCase, "removed from the national list"), hunan)).Rejection);
        Assert.Empty(await ListAsync(new WorkFilter()));
        await register.AssertVerifiedAsync();

        async Task<IReadOnlyList<AdjustmentItem>> ListAsync(WorkFilter filter) => (await silo.Worklists.AdjustmentsAsync(filter, null, 5, Cancellation)).Items;
    }

    private static async Task ImportAsync(TestSilo silo, string rows)
    {
        var job = await silo.ImportAsync(List + rows, Importing.NationalList);
        Assert.Empty(await silo.ErrorsAsync(job));
    }
}
