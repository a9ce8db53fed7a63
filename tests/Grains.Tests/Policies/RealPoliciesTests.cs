using System.Text.Json.Nodes;

namespace Supervision.Grains.Tests.Policies;

/// <summary>What holds for every policy of the repository.</summary>
public sealed class RealPoliciesTests
{
    private const string Configuration = "configuration: ";

    [Fact]
    public void There_are_the_seven_of_the_sources() => Assert.Equal(
        ["hunan-2017", "hunan-product", "huzhou-product", "miit-2016", "miit-2024", "shenzhen-2022", "shenzhen-2024"],
        RealPolicies.All.Select(loaded => loaded.Policy.Id));

    [Theory]
    [InlineData("hunan-2017", "二\\(|[三四五]\\.[1-5]|印发|湘工信节能〔2020〕454号")]
    [InlineData("hunan-product", "制定说明 三|湘工信节能〔2020〕93号|工业节能监察办法|工信厅节函〔2022〕261号")]
    [InlineData("huzhou-product", "湖州绿色产品认证从试点迈向示范|绿色产品认证实施规则|认证认可条例 第二十六条")]
    [InlineData("miit-2016", "[四五]\\([一二三四五]\\)$|工信部节〔2024〕13号|工信厅节函〔20(19|20|22|23)〕(196|246|261|64)号|工业节能监察办法")]
    [InlineData("miit-2024", "第[一二三四五六七八九十]+条|inherited from miit-2016: |工信厅节函〔2025〕390号|关于公布2023年度绿色制造名单")]
    [InlineData("shenzhen-2022", "第七条|第二十一条至第二十四条|起草说明 三|深工信规〔20(22|24)〕[39]号")]
    [InlineData("shenzhen-2024", "第二条|深工信规〔2024〕9号|工信部节〔2024〕13号 第十六条|inherited from miit-20(16|24): |深圳市工业和信息化局关于公布深圳市绿色工厂名单的通知")]
    public void Every_figure_has_an_article_or_says_that_it_is_configuration(string id, string articles)
    {
        var content = RealPolicies.All.Single(loaded => loaded.Policy.Id == id).Content;
        var objects = Descendants(JsonNode.Parse(content.Span)).ToList();

        Assert.All(
            objects.Where(node => node.ContainsKey("value") || node.ContainsKey("days") || node.ContainsKey("original")),
            node => Assert.True(node.ContainsKey("article") || (node["within"] ?? node["months"])?["article"] is not null, $"{node.GetPath()} has no article."));
        Assert.All(
            objects.Where(node => node.ContainsKey("article")),
            node => Assert.Matches($"^({Configuration}(not stated in the source|which|from which)|行政(处罚|复议|诉讼)法 第|国办发〔2024〕54号|{articles})", (string?)node["article"]));
    }

    private static IEnumerable<JsonObject> Descendants(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Descendants(member.Value)).Prepend(members),
        JsonArray items => items.SelectMany(Descendants),
        _ => [],
    };
}
