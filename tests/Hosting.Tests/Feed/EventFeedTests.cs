using System.Text;
using System.Text.Json;

namespace Supervision.Hosting.Tests.Feed;

/// <summary>The events of the ledger as they are told outside.</summary>
public sealed class EventFeedTests : IAsyncLifetime
{
    private static readonly DateOnly Today = new(2017, 3, 1);

    private static readonly GrainId Code = GrainId.Of(GrainKind.Enterprise, "91430100MA4L16JQ9D");

    private TestRegister _register = null!;
    private TestSilo _silo = null!;
    private GrainId _factory;

    public async ValueTask InitializeAsync()
    {
        _register = await TestRegister.CreateAsync();
        _silo = await _register.StartSiloAsync();
        _factory = await Given.CertifiedAsync(_silo, "F-1", "甲股份有限公司");
    }

    public ValueTask DisposeAsync() => _register.DisposeAsync();

    [Fact]
    public async Task An_item_tells_who_which_title_and_by_which_decision_also_after_the_entity_has_another_name()
    {
        await RemoveAsync();
        var item = Assert.Single(await ReadAsync(_silo, new FeedFilter { Types = ["title.removed"] }));
        var before = Text(item);
        using var json = JsonDocument.Parse(item.Json);
        var root = json.RootElement;
        Assert.Equal(EventClass.Decision, item.Class);
        Assert.Equal("甲股份有限公司", root.GetProperty("entity").GetProperty("name").GetString());
        Assert.Equal("430100", root.GetProperty("entity").GetProperty("region").GetString());
        Assert.Equal("removed", root.GetProperty("entity").GetProperty("standing").GetString());
        Assert.Equal("""{"policy":"miit-2016","honour":"green-factory","level":"national","authority":"national","status":"removed","since":"2017-03-01"}""", root.GetProperty("title").GetRawText());
        Assert.Equal("17", root.GetProperty("decision").GetProperty("number").GetString());
        Assert.Equal("/v/factory/F-1", root.GetProperty("decision").GetProperty("link").GetString());
        Assert.Equal(await _register.QueryAsync<string>("SELECT data FROM ledger WHERE type = 'title.removed'"), root.GetProperty("data").GetRawText());

        await Given.AcceptAsync(_silo, _factory, new GrainCommand.Rename("乙股份有限公司", Today));
        await Given.AcceptAsync(_silo, EntityName.EnterpriseOf("甲股份有限公司"), new GrainCommand.Merge(Code, "certificate"));
        // By a silo with nothing in memory as well.
        Assert.Equal(before, Text(Assert.Single(await ReadAsync(await _register.StartSiloAsync(), new FeedFilter { Types = ["title.removed"] }))));

        await Given.AcceptAsync(_silo, _factory, new GrainCommand.Reinstate(Given.Title, "case-1", "quashed", "R-3"));
        var reinstated = Assert.Single(await ReadAsync(_silo, new FeedFilter { Types = ["title.reinstated"] }));
        using var correction = JsonDocument.Parse(reinstated.Json);
        Assert.Equal(item.Seq, correction.RootElement.GetProperty("corrects").GetInt64());
        Assert.Equal("R-3", correction.RootElement.GetProperty("decision").GetProperty("number").GetString());
        Assert.Equal(Code.Key, correction.RootElement.GetProperty("entity").GetProperty("creditCode").GetString());
        Assert.Equal("valid", correction.RootElement.GetProperty("entity").GetProperty("standing").GetString());
    }

    [Fact]
    public async Task An_order_of_a_check_is_told_with_the_event_by_which_its_holder_knows_and_never_before_or_twice()
    {
        await Given.AcceptAsync(_silo, _factory, Given.OrderRandom(Today.AddDays(30)));
        var ordered = _silo.Position.Seq;
        Assert.DoesNotContain(await ReadAsync(_silo), item => item.Type == "check.ordered" || Text(item).Contains("visit.planned"));

        await Given.AcceptAsync(_silo, _factory, new GrainCommand.NotifyCheck("check-1", Today, "post", "T-1"));
        var items = await ReadAsync(_silo, after: ordered);
        var told = Assert.Single(items, item => item.Type == "check.notified");
        Assert.Equal(["check.ordered"], told.Scope.EarlierTypes);
        Assert.DoesNotContain("T-1", Text(told));
        // From the beginning it is told at the same place, and with the filter that asks for it.
        Assert.DoesNotContain(await ReadAsync(_silo), item => item.Type == "check.ordered");
        Assert.Equal(told.Seq, Assert.Single(await ReadAsync(_silo, new FeedFilter { Types = ["check.ordered"] })).Seq);
        Assert.Equal(Text(told), Text(Assert.Single(await ReadAsync(await _register.StartSiloAsync(), new FeedFilter { Types = ["check.ordered"] }))));
    }

    [Fact]
    public async Task What_is_restricted_is_not_told_nor_named_and_a_release_says_where_its_titles_stand()
    {
        var secret = await Given.CertifiedAsync(_silo, "F-2", "丙股份有限公司");
        await Given.AcceptAsync(_silo, secret, new GrainCommand.Restrict("defence"));
        Assert.DoesNotContain(await ReadAsync(_silo), item => item.Subject == secret || Text(item).Contains("F-2", StringComparison.Ordinal));

        Assert.Null((await _silo.SendAsync(secret, new GrainCommand.Release("no longer"), Given.SecondOfficer)).Rejection);
        var items = await ReadAsync(_silo, new FeedFilter { Entities = [secret] });
        Assert.Equal(["entity.registered", "title.granted", "entity.released"], items.Select(item => item.Type));
        using var released = JsonDocument.Parse(items[^1].Json);
        Assert.Equal("listed", released.RootElement.GetProperty("titles")[0].GetProperty("status").GetString());
    }

    [Fact]
    public async Task Pages_are_gapless_and_go_on_where_everything_was_filtered_out()
    {
        for (var i = 2; i < 10; i++)
            await Given.CertifiedAsync(_silo, $"F-{i}", $"企业{i}");
        var whole = await ReadAsync(_silo);
        var paged = new List<FeedItem>();
        for (var after = 0L; after < _silo.Feed.Seq;)
        {
            var page = await _silo.Feed.ReadAsync(after, FeedFilter.All, 3, TestContext.Current.CancellationToken);
            Assert.True(page.Items.Count <= 3);
            paged.AddRange(page.Items);
            after = page.UpTo;
        }

        Assert.Equal(whole.Select(Text), paged.Select(Text));
        var nothing = await _silo.Feed.ReadAsync(0, new FeedFilter { Regions = ["110000"] }, 3, TestContext.Current.CancellationToken);
        Assert.Empty(nothing.Items);
        Assert.Equal(_silo.Feed.Seq, nothing.UpTo);
        Assert.Equal(whole.Select(Text), (await ReadAsync(_silo, new FeedFilter { Regions = ["430000"], Policies = ["miit-2016"] })).Concat(
            whole.Where(item => item.Scope.Titles.Count == 0)).OrderBy(item => item.Seq).Select(Text));
    }

    [Theory]
    [InlineData("title.*", true)]
    [InlineData("*", true)]
    [InlineData("entity.renamed", false)]
    public void A_type_asks_for_names_that_begin_with_it(string type, bool matches) =>
        Assert.Equal(matches, new FeedFilter { Types = [type] }.Matches(Item("title.removed")));

    [Fact]
    public void An_item_has_to_match_every_member_of_a_filter_and_one_title_both_policy_and_level()
    {
        var item = Item("title.removed");
        Assert.True(new FeedFilter { Kinds = ["park", "factory"], Regions = ["430000"], Policies = ["a"], Levels = [Level.National], Entities = [Code] }.Matches(item));
        Assert.False(new FeedFilter { Kinds = ["park"] }.Matches(item));
        Assert.False(new FeedFilter { Regions = ["440000"] }.Matches(item));
        Assert.False(new FeedFilter { Policies = ["a"], Levels = [Level.Provincial] }.Matches(item));
        Assert.False(new FeedFilter { Entities = [Given.Factory("F-9")] }.Matches(item));
        Assert.True(FeedFilter.IsType("title.removed") && FeedFilter.IsType("title.*") && FeedFilter.IsType("*"));
        Assert.False(FeedFilter.IsType("title.gone") || FeedFilter.IsType("titel.*") || FeedFilter.IsType(""));
    }

    private static FeedItem Item(string type) => new(
        1, type, EventClass.Decision, Given.Factory("F-1"), TestRegister.Start,
        new FeedScope("430100", [new TitleRef("a", "h", Level.National), new TitleRef("b", "h", Level.Provincial)], [Given.Factory("F-1"), Code], []), default);

    private async Task RemoveAsync()
    {
        await Given.AcceptAsync(_silo, _factory, new GrainCommand.OpenCase(Given.Title, "false-declaration", null, "it was seen", Urgent: false));
        await Given.AcceptAsync(_silo, _factory, new GrainCommand.ServeCase("case-1", Today, "post"));
        await Given.AcceptAsync(_silo, _factory, new GrainCommand.RecordStatement("case-1", PrivateText.Of("we regret", new byte[16])));
        Assert.Null((await _silo.SendAsync(_factory, new GrainCommand.DecideCase("case-1", CaseOutcome.Remove, "requirements not met", "17"), Given.SecondOfficer)).Rejection);
    }

    private static string Text(FeedItem item) => Encoding.UTF8.GetString(item.Json.Span);

    private static async Task<IReadOnlyList<FeedItem>> ReadAsync(TestSilo silo, FeedFilter? filter = null, long after = 0) =>
        (await silo.Feed.ReadAsync(after, filter ?? FeedFilter.All, 1_000, TestContext.Current.CancellationToken)).Items;
}
