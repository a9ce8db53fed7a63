using System.Text;
using Supervision.Grains.Items;
using Supervision.Grains.Policies;

namespace Supervision.Grains.Tests.Policies;

/// <summary>The register of published check items, and the sections of policies that are about inspections.</summary>
public sealed class CheckItemRegisterTests
{
    private const string Item = """
        {"id":"i","name":"n","subItem":null,"basis":"b","body":"o","target":null,"ratio":null,"frequency":null,"method":null,"inspectors":null,"remark":null,"remoteFirst":false}
        """;

    [Fact]
    public void The_repository_has_the_46_items_of_the_list_of_Zhejiang()
    {
        var list = Assert.Single(CheckItemRegister.Parse("check-items-1.json", RepositoryFile.Bytes("data", "check-items-1.json")).Lists);

        Assert.Equal((46, "330000"), (list.Items.Count, list.Region));
        // The cell of the page that spans two rows.
        Assert.Equal(
            ("年度报告检查", "个体工商户年度报告的检查", "《个体工商户年度报告暂行办法》第六条、第十一条"),
            list.Items.Single(item => item.Id == "zj2017-b19-2") is var item ? (item.Name, item.SubItem, item.Basis) : default);
        Assert.Equal(["zj2017-b20"], list.Items.Where(item => item.RemoteFirst).Select(item => item.Id));
    }

    [Theory]
    [InlineData("""{"id":"x","version":0,"lists":[]}""", "$.version")]
    [InlineData("""{"id":"X Y","version":1,"lists":[]}""", "$.id")]
    [InlineData("""{"id":"x","version":1,"lists":[null]}""", "$.lists[0]")]
    [InlineData("""{"id":"x","version":1,"lists":[{"title":"t","authority":"","publishedIn":2017,"source":"s","items":[]}]}""", "$.lists[0]")]
    [InlineData("""{"id":"x","version":1,"lists":[{"title":"t","authority":"某局","publishedIn":2017,"source":"s","items":[]}]}""", "$.lists[0].authority")]
    [InlineData("""{"id":"x","version":1,"lists":[],"extra":1}""", "$.extra")]
    public void A_broken_register_is_refused_with_the_path(string json, string path) => Refused(json, path);

    [Theory]
    [InlineData("\"id\":\"i\"", "\"id\":\"I I\"", "$.lists[0].items[0].id")]
    [InlineData("\"basis\":\"b\"", "\"basis\":\" \"", "$.lists[0].items[0]")]
    [InlineData("\"remoteFirst\":false", "\"remoteFirst\":null", "$.lists[0].items[0].remoteFirst")]
    public void A_broken_item_is_refused_with_the_path(string good, string broken, string path) => Refused(Register(Item.Replace(good, broken, StringComparison.Ordinal)), path);

    [Theory]
    [InlineData("浙江省", "330000")]
    [InlineData("330100", "330100")]
    [InlineData("national", null)]
    public void A_list_counts_where_its_authority_is(string authority, string? region) => Assert.Equal(
        region, Assert.Single(CheckItemRegister.Parse("check-items-1.json", Encoding.UTF8.GetBytes(Register(Item).Replace("浙江省", authority, StringComparison.Ordinal))).Lists).Region);

    [Fact]
    public void No_item_is_there_twice() => Refused(Register($"{Item},{Item}"), "$.lists[0].items[1].id");

    [Theory]
    [InlineData("\"perYear\": { \"value\": 2,", "\"perYear\": { \"value\": 0,", "$.checks.cap.perYear.value")]
    [InlineData("\"random\": true", "\"random\": false", "$.checks.cap.counts")]
    [InlineData("\"days\": 2,", "\"days\": 0,", "$.checks.inspection.emergencyApproval.days")]
    [InlineData("\"notice\", \"entry\"", "\"notice\", \"notice\"", "$.checks.inspection.steps[1]")]
    [InlineData("\"stepsArticle\": \"检八\"", "\"stepsArticle\": \"\"", "$.checks.inspection.stepsArticle")]
    [InlineData("\"id\": \"meters\"", "\"id\": \"papers\"", "$.checks.items.published[1]")]
    [InlineData("\"remoteFirst\": false", "\"remoteFirst\": true", "$.checks.items.published")]
    public void A_broken_section_of_inspections_is_refused_with_the_path(string good, string broken, string path)
    {
        var lawful = Text("lawful-2020.json");
        Assert.Contains(good, lawful, StringComparison.Ordinal);

        var exception = Assert.Throws<PolicyException>(() => PolicyFile.ParseAll(
            [("trial-2020.json", Encoding.UTF8.GetBytes(Text("trial-2020.json"))), ("lawful-2020.json", Encoding.UTF8.GetBytes(lawful.Replace(good, broken, StringComparison.Ordinal)))]));

        Assert.Contains(exception.Failures, failure => failure.Path == path);
    }

    private static string Text(string policy) => Encoding.UTF8.GetString(RepositoryFile.Bytes("tests", "Grains.Tests", "Behaviour", policy));

    private static string Register(string items) => $$"""{"id":"x","version":1,"lists":[{"title":"t","authority":"浙江省","publishedIn":2017,"source":"s","items":[{{items}}]}]}""";

    private static void Refused(string json, string path)
    {
        var exception = Assert.Throws<PolicyException>(() => CheckItemRegister.Parse("check-items-1.json", Encoding.UTF8.GetBytes(json)));

        Assert.Contains(exception.Failures, failure => failure.Path == path);
    }
}
