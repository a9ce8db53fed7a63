using Supervision.Grains.Calendars;

namespace Supervision.Hosting.Tests.Reading;

/// <summary>The register as of points in time.</summary>
public sealed class PastTests : IAsyncLifetime
{
    private static readonly DateOnly Today = new(2017, 3, 1);

    private TestRegister _register = null!;
    private TestSilo _silo = null!;

    public async ValueTask InitializeAsync()
    {
        _register = await TestRegister.CreateAsync();
        _silo = await _register.StartSiloAsync();
    }

    public ValueTask DisposeAsync() => _register.DisposeAsync();

    [Fact]
    public async Task An_entity_is_shown_as_it_stood_and_as_it_was_known()
    {
        var factory = await _silo.AsListedAsync(GrainKind.Factory, "N-1-F-0001", "某某有限公司");
        MoveTo(Today.AddDays(30));
        await _silo.RemovedAsync(factory, Today.AddDays(30));
        MoveTo(Today.AddDays(60));
        await Given.AcceptAsync(_silo, factory, new GrainCommand.Reinstate(Given.Title, "case-1", "quashed", "N-2"));

        Assert.Null(await AsOfAsync(factory, Listed.FirstBatch.AddDays(-1)));
        Assert.Equal(Standing.Valid, (await AsOfAsync(factory, Listed.FirstBatch))!.Standing);
        Assert.Equal(Standing.Valid, (await AsOfAsync(factory, Today.AddDays(45)))!.Standing);
        Assert.Equal(Standing.Removed, (await AsOfAsync(factory, Today.AddDays(45), NoonOf(Today.AddDays(59))))!.Standing);
        Assert.Null(await AsOfAsync(factory, Today.AddDays(-1), TestRegister.Start.AddSeconds(-1)));
        var now = await _silo.Register.FindAsync(factory, TestContext.Current.CancellationToken);
        Assert.Equal(
            System.Text.Encoding.UTF8.GetString(now!.Json.Span), System.Text.Encoding.UTF8.GetString(ViewJson.Write((await AsOfAsync(factory, Today.AddDays(60)))!)));
    }

    [Fact]
    public async Task A_list_of_the_past_holds_what_matched_then_for_every_filter_page_by_page()
    {
        var removed = new List<GrainId>();
        for (var i = 0; i < 30; i++)
        {
            var factory = await _silo.AsListedAsync(GrainKind.Factory, $"N-1-F-{i:D4}", $"第{i:D2}绿色有限公司", i % 2 == 0 ? "430000" : "440300", riskClass: i % 3 == 0 ? "D" : "B");
            if (i % 5 == 0)
                removed.Add(factory);
        }

        var before = NoonOf(Today);
        MoveTo(Today.AddDays(30));
        foreach (var factory in removed)
            await _silo.RemovedAsync(factory, Today.AddDays(30));
        for (var i = 1; i < 30; i += 7)
            await Given.AcceptAsync(_silo, Given.Factory($"N-1-F-{i:D4}"), new GrainCommand.Register($"第{i:D2}蓝色有限公司", "110000", "机械", "A", Enterprise: null));
        MoveTo(Today.AddDays(60));

        foreach (var filter in (EntityFilter[])
        [
            new() { Kind = "factory" }, new() { Kind = "factory", Status = TitleStatus.Listed }, new() { Status = TitleStatus.Removed },
            new() { Kind = "factory", Region = "440300" }, new() { Kind = "factory", Region = "110000" }, new() { Kind = "factory", RiskClass = "D", Status = TitleStatus.Listed },
            new() { Kind = "factory", Search = "绿色" }, new() { Kind = "factory", Search = "蓝色" }, new() { Kind = "park" }, new() { Kind = "factory", Exempt = false },
        ])
        {
            foreach (var asOf in (AsOf[])[new(Today.AddDays(10), NoonOf(Today.AddDays(60))), new(Today.AddDays(40), NoonOf(Today.AddDays(60))), new(Today, before)])
            {
                var expected = new List<string>();
                for (var i = 0; i < 30; i++)
                {
                    if (await AsOfAsync(Given.Factory($"N-1-F-{i:D4}"), asOf.Day, asOf.KnownAt) is { } view && Matches(filter, view))
                        expected.Add(view.Key);
                }

                Assert.Equal(expected, await PagesAsync(filter, asOf));
            }
        }
    }

    [Fact]
    public async Task A_deadline_not_yet_recorded_counts_in_the_past_too()
    {
        var factory = await _silo.AsListedAsync(GrainKind.Factory, "N-1-F-0001", "某某有限公司");
        await Given.AcceptAsync(_silo, factory, Given.OrderDirected(Today.AddDays(10)));
        MoveTo(Today.AddDays(30));

        Assert.False((await AsOfAsync(factory, Today.AddDays(10)))!.Checks[0].Overdue);
        Assert.True((await AsOfAsync(factory, Today.AddDays(11)))!.Checks[0].Overdue);
        Assert.Equal(["N-1-F-0001"], await PagesAsync(new EntityFilter { Kind = "factory" }, new AsOf(Today.AddDays(11), NoonOf(Today.AddDays(30)))));
    }

    [Fact]
    public async Task History_says_why_and_reads_from_either_end()
    {
        var factory = await _silo.AsListedAsync(GrainKind.Factory, "N-1-F-0001", "某某有限公司");
        await _silo.RemovedAsync(factory, Today);

        var newest = (await _silo.Register.HistoryAsync(factory, HistoryOrder.Newest, null, 100, TestContext.Current.CancellationToken))!.Items;
        var oldest = (await _silo.Register.HistoryAsync(factory, HistoryOrder.Oldest, null, 100, TestContext.Current.CancellationToken))!.Items;
        var middle = (await _silo.Register.HistoryAsync(factory, HistoryOrder.Oldest, 2, 2, TestContext.Current.CancellationToken))!;

        Assert.Equal(newest.Select(entry => entry.Version), oldest.Select(entry => entry.Version).Reverse());
        Assert.Equal([3L, 4L], middle.Items.Select(entry => entry.Version));
        Assert.True(middle.HasMore);
        var decided = oldest.Single(entry => entry.Type == "case.decided");
        Assert.Equal(("no grounds against it", "false-declaration"), (decided.Why.Reason, decided.Why.Ground));
        Assert.NotNull(decided.Why.Article);
        Assert.Equal(decided.Why.Article, oldest.Single(entry => entry.Type == "title.removed").Why.Article);
        Assert.Equal(new Why(null, null, null), oldest[0].Why);
    }

    [Fact]
    public async Task What_is_counted_stands_beside_what_is_stated()
    {
        for (var i = 0; i < 49; i++)
            await _silo.AsListedAsync(GrainKind.Factory, $"N-1-F-{i:D4}", $"第{i:D2}有限公司", i == 48 ? "430100" : "430000", batch: $"{1 + (i % 4)}", evaluator: i % 2 == 0 ? "甲" : null);
        await _silo.AsListedAsync(GrainKind.Factory, "N-5-F-0001", "第五批有限公司", "430000", batch: "5");
        await _silo.AsListedAsync(GrainKind.Factory, "N-1-F-9001", "深圳有限公司", "440300");
        await _silo.AsListedAsync(GrainKind.Factory, "N-1-F-9002", "广州有限公司", "440100");
        await _silo.RemovedAsync(Given.Factory("N-1-F-0000"), Today);

        var hunan = await CountAsync([Dimension.Kind], new EntityFilter { Region = "430000", Level = Level.National }, "1", "2", "3", "4");
        var row = Assert.Single(hunan);
        Assert.Equal((49L, 49L, 48L, 1L), (row.Entities, row.Titles, row.Standings["valid"], row.Statuses["removed"]));
        Assert.Equal(48, row.Stated!.Count);
        Assert.Null(Assert.Single(await CountAsync([Dimension.Kind], new EntityFilter { Region = "430000", Level = Level.National }, "1", "2", "3")).Stated);
        Assert.Null(Assert.Single(await CountAsync([Dimension.Kind], new EntityFilter { Region = "430000", Level = Level.National, RiskClass = "B" }, "1", "2", "3", "4")).Stated);

        var regions = await CountAsync([Dimension.Region], new EntityFilter { Kind = "factory" });
        Assert.Equal([("430000", 50L), ("440000", 1L), ("440300", 1L)], regions.Select(found => (found.Values[0]!, found.Entities)));
        var batches = await CountAsync([Dimension.Batch, Dimension.Year], new EntityFilter { Region = "430000" });
        Assert.Equal([["1", "2017"], ["2", "2017"], ["3", "2017"], ["4", "2017"], ["5", "2017"]], batches.Select(found => found.Values));
        var evaluators = await CountAsync([Dimension.Evaluator], new EntityFilter { Region = "430000" }, "1");
        Assert.Equal(["甲"], evaluators.Select(found => found.Values[0]));
        var kinds = await CountAsync([Dimension.Kind], new EntityFilter());
        Assert.Equal([("enterprise", 52L, 0L), ("factory", 52L, 52L)], kinds.Select(found => (found.Values[0]!, found.Entities, found.Titles)));
        Assert.Equal(104, Assert.Single(await CountAsync([], new EntityFilter())).Entities);
        Assert.Empty(await CountAsync([], new EntityFilter { Region = "110000" }));
    }

    [Fact]
    public async Task The_narrow_register_follows_every_change()
    {
        var factory = await _silo.AsListedAsync(GrainKind.Factory, "N-1-F-0001", "旧名有限公司");
        await Given.AcceptAsync(_silo, factory, new GrainCommand.Register("新名有限公司", "440300", "机械", "A", Enterprise: null));
        await _silo.RemovedAsync(factory, Today);
        await Given.AcceptAsync(
            _silo, EntityName.EnterpriseOf("旧名有限公司"), new GrainCommand.Merge(GrainId.Of(GrainKind.Enterprise, "91350100M000100Y43"), "certificate"));

        Assert.Equal(0L, await _register.QueryAsync<long>("""
            SELECT count(*) FROM (SELECT grain, region, risk_class, standing, enterprise, search FROM entity WHERE search IS NOT NULL) AS entity
            FULL JOIN register USING (grain, search) LEFT JOIN facet ON facet.id = register.facet
            WHERE (entity.region, entity.risk_class, entity.standing, entity.enterprise)
                IS DISTINCT FROM (facet.region, facet.risk_class, facet.standing, register.enterprise)
            """));
        Assert.Equal(2L, await _register.QueryAsync<long>("SELECT count(*) FROM register"));
        await _register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task Before_it_was_merged_an_entity_is_meant_by_its_own_names()
    {
        var listed = await _silo.AsListedAsync(GrainKind.Factory, "N-1-F-0001", "旧名有限公司");
        var old = EntityName.EnterpriseOf("旧名有限公司");
        var code = GrainId.Of(GrainKind.Enterprise, "91350100M000100Y43");
        await Given.AcceptAsync(_silo, code, new GrainCommand.Register("新名有限公司", "350100", null, null, null));
        MoveTo(Today.AddDays(2));
        await Given.AcceptAsync(_silo, old, new GrainCommand.Merge(code, "certificate"));

        var now = await _silo.Register.MatchAsync(["旧名有限公司", "新名有限公司", old.Key], asOf: null, 20, TestContext.Current.CancellationToken);
        var then = await _silo.Register.MatchAsync(
            ["旧名有限公司", "新名有限公司", old.Key, code.Key], new AsOf(Today, NoonOf(Today.AddDays(2))), 20, TestContext.Current.CancellationToken);

        Assert.Equal([[code, listed], [code], [code]], now);
        Assert.Equal([[old, listed], [code], [old], [code]], then);
    }

    private void MoveTo(DateOnly day) => _register.Time.MoveTo(NoonOf(day));

    private static DateTimeOffset NoonOf(DateOnly day) => CivilTime.StartOf(day).AddHours(12);

    private async Task<EntityView?> AsOfAsync(GrainId grain, DateOnly day, DateTimeOffset? knownAt = null)
    {
        var found = await _silo.Register.FindAsync([grain], new AsOf(day, knownAt ?? _register.Time.GetUtcNow()), TestContext.Current.CancellationToken);
        return found.GetValueOrDefault(grain)?.View;
    }

    private async Task<List<string>> PagesAsync(EntityFilter filter, AsOf asOf)
    {
        var (keys, after) = (new List<string>(), (GrainId?)null);
        do
        {
            var page = await _silo.Register.ListAsync(filter, asOf, after, 4, TestContext.Current.CancellationToken);
            keys.AddRange(page.Items.Select(item => item.View.Key));
            after = page.Next;
        }
        while (after is not null);

        return keys;
    }

    private Task<IReadOnlyList<StatisticsRow>> CountAsync(IReadOnlyList<Dimension> by, EntityFilter filter, params string[] batches) =>
        _silo.Register.CountAsync(new StatisticsQuery(by, filter, batches), TestContext.Current.CancellationToken);

    private static bool Matches(EntityFilter filter, EntityView view) =>
        (filter.Kind is null || view.Kind == filter.Kind)
        && (filter.Region is null || (view.Region is { } region && Region.Covers(filter.Region, region)))
        && (filter.RiskClass is null || view.RiskClass == filter.RiskClass)
        && (filter.Search is null || view.Name.Contains(filter.Search, StringComparison.Ordinal))
        && (filter.Status is null || view.Titles.Any(title => title.Status == filter.Status))
        && (filter.Exempt is null || view.Titles.Any(title => title.ExemptUntil.HasValue == filter.Exempt));
}
