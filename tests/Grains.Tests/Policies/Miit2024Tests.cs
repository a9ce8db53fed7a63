using System.Text.Json.Nodes;
using Supervision.Grains.Policies;

namespace Supervision.Grains.Tests.Policies;

/// <summary>The policy in force: what it says itself, and what stays because it leaves it alone.</summary>
public sealed class Miit2024Tests
{
    private static readonly IReadOnlyList<LoadedPolicy> Both = PolicyFile.ParseAll(
    [
        ("miit-2024.json", RepositoryFile.Bytes("policies", "miit-2024.json")),
        ("miit-2016.json", RepositoryFile.Bytes("policies", "miit-2016.json")),
    ]);

    private static readonly Policy Loaded = Both[0].Policy;

    [Fact]
    public void The_exemption_stays_and_is_marked_as_inherited() => Assert.Equal(
        new ExemptionRule(new(3, "inherited from miit-2016: 五(五)"), new(5, "inherited from miit-2016: 五(五)")), Loaded.Checks.Exemption);

    [Fact]
    public void A_failed_check_is_rectified_first_and_a_removal_bans_for_three_years()
    {
        Assert.Contains(new Ground("failed-spot-check", "第十七条", RectificationFirst: true), Loaded.Cases.Grounds);
        Assert.NotNull(Loaded.Rectification);
        Assert.Equal("overdue-rectification", Loaded.Cases.OverdueRectificationGround);
        Assert.Equal(new Figure<int>(3, "第十五条(三)"), Loaded.BanYears);
    }

    [Fact]
    public void It_grants_factories_at_three_levels_from_its_day_on_and_no_products()
    {
        Assert.Equal(new Figure<DateOnly>(new DateOnly(2024, 1, 19), "第二十七条"), Loaded.EffectiveFrom);
        Assert.Equal(["factory", "park", "supply-chain"], Loaded.Honours.Select(honour => honour.Kind));
        Assert.Equal(Enum.GetValues<Level>(), Loaded.Honours[0].Levels);
    }

    [Fact]
    public void Its_base_is_read_as_it_would_be_alone()
    {
        var alone = PolicyFile.Parse("miit-2016.json", RepositoryFile.Bytes("policies", "miit-2016.json"));

        Assert.Equal((alone.Hash, "miit-2016"), (Both[1].Hash, Both[1].Policy.Id));
    }

    [Fact]
    public void Every_figure_has_an_article_or_says_that_it_is_configuration()
    {
        var objects = Descendants(JsonNode.Parse(Both[0].Content.Span)).ToList();

        Assert.All(
            objects.Where(node => node.ContainsKey("value") || node.ContainsKey("days") || node.ContainsKey("original")),
            node => Assert.True(node.ContainsKey("article"), $"{node.GetPath()} has no article."));
        Assert.All(
            objects.Where(node => node.ContainsKey("article")),
            node => Assert.Matches("^(configuration: not stated in the source|第[一二三四五六七八九十]+条|inherited from miit-2016: )", (string?)node["article"]));
    }

    private static IEnumerable<JsonObject> Descendants(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Descendants(member.Value)).Prepend(members),
        JsonArray items => items.SelectMany(Descendants),
        _ => [],
    };
}
