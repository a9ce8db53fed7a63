using System.Text;
using Supervision.Grains.Policies;

namespace Supervision.Grains.Tests.Policies;

/// <summary>Policies that extend others: what a file names is its own as a whole, the rest is inherited and says so.</summary>
public sealed class PolicyInheritanceTests
{
    private const string Head = """
        "version": 1, "title": "办法", "document": "2号", "effectiveFrom": { "value": "2024-01-01", "article": "一" }
        """;

    private static readonly (string File, byte[] Utf8) Base = ("trial-2020.json", RepositoryFile.Bytes("tests", "Grains.Tests", "Behaviour", "trial-2020.json"));

    [Fact]
    public void What_is_not_named_is_inherited_and_marked_once()
    {
        var loaded = PolicyFile.ParseAll(
        [
            File("third", $$"""{ "id": "third", "extends": "second", {{Head}} }"""),
            File("second", $$"""{ "id": "second", "extends": "trial-2020", {{Head}}, "ban": { "years": { "value": 1, "article": "二" }, "followsSuccessors": { "value": false, "article": "二" } } }"""),
            Base,
        ]);

        Assert.Equal(["third", "second", "trial-2020"], loaded.Select(policy => policy.Policy.Id));
        Assert.Equal("inherited from trial-2020: 试七", loaded[0].Policy.Rectification!.Article);
        Assert.Equal(new Figure<int>(1, "inherited from second: 二"), loaded[0].Policy.Ban!.Years);
        Assert.Equal(new Figure<int>(1, "二"), loaded[1].Policy.Ban!.Years);
        Assert.Equal("second", loaded[0].Policy.Extends);
    }

    [Fact]
    public void Null_leaves_out_what_the_base_has()
    {
        var loaded = PolicyFile.ParseAll([Base, File("second", $$"""{ "id": "second", "extends": "trial-2020", {{Head}}, "ban": null }""")]);

        Assert.Null(loaded[1].Policy.Ban);
    }

    [Fact]
    public void Where_a_policy_holds_and_whose_titles_come_under_it_is_not_inherited()
    {
        var second = File("second", $$"""
            { "id": "second", "extends": "trial-2020", {{Head}}, "region": { "value": "430000", "article": "二" },
              "transfers": [ { "from": "old", "honours": ["green-factory"], "level": "national", "on": { "value": "2024-01-01", "article": "二" } } ],
              "recognition": [ { "from": ["trial-2020"], "fromLevel": "provincial", "honours": ["green-enterprise"], "level": "provincial", "article": "二" } ] }
            """);

        var loaded = PolicyFile.ParseAll([File("third", $$"""{ "id": "third", "extends": "second", {{Head}} }"""), second, Base, Ended("old")]);

        Assert.Equal((null, null, null), (loaded[0].Policy.Region, loaded[0].Policy.Transfers, loaded[0].Policy.Recognition));
        Assert.Equal(("430000", 1, 1), (loaded[1].Policy.Region!.Value, loaded[1].Policy.Transfers!.Count, loaded[1].Policy.Recognition!.Count));
    }

    [Theory]
    [InlineData("""{ "from": "no-such", "honours": ["green-factory"], "level": "national", ON }""", "$.transfers[0].from")]
    [InlineData("""{ "from": "parks", "honours": ["green-factory"], "level": "national", ON }""", "$.transfers[0].honours")]
    [InlineData("""{ "from": "parks", "honours": ["green-factory"], "level": "provincial", ON }""", "$.transfers[0].honours")]
    [InlineData("""{ "from": "trial-2020", "honours": ["green-factory"], "level": "national", ON }""", "$.transfers[0].on")]
    public void What_a_policy_takes_over_has_to_be_there_in_the_other(string transfer, string path)
    {
        const string On = "\"on\": { \"value\": \"2024-01-01\", \"article\": \"二\" }";
        var second = File("second", $$"""{ "id": "second", "extends": "trial-2020", {{Head}}, "transfers": [ {{transfer.Replace("ON", On, StringComparison.Ordinal)}} ] }""");
        var parks = Ended("parks", """
            , "honours": [ { "name": "green-factory", "original": "绿色园区", "kind": "park", "levels": ["national"], "article": "二" } ]
            """);

        var exception = Assert.Throws<PolicyException>(() => PolicyFile.ParseAll([second, Base, parks]));

        Assert.Equal(("second.json", path), exception.Failures.Select(failure => (failure.File, failure.Path)).Single());
    }

    [Fact]
    public void A_title_has_one_way_to_go()
    {
        const string Transfers = """
            "transfers": [ { "from": "old", "honours": ["green-factory"], "level": "national", "on": { "value": "2024-01-01", "article": "二" } } ]
            """;

        var exception = Assert.Throws<PolicyException>(() => PolicyFile.ParseAll(
        [
            File("second", $$"""{ "id": "second", "extends": "trial-2020", {{Head}}, {{Transfers}} }"""),
            File("third", $$"""{ "id": "third", "extends": "trial-2020", {{Head}}, {{Transfers}} }"""), Base, Ended("old"),
        ]));

        Assert.Equal(
            [("second.json", "$.transfers[0].honours"), ("third.json", "$.transfers[0].honours")], exception.Failures.Select(failure => (failure.File, failure.Path)));
    }

    [Fact]
    public void The_content_of_the_whole_is_what_is_registered()
    {
        var second = File("second", $$"""{ "id": "second", "extends": "trial-2020", {{Head}} }""");
        var changed = (Base.File, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Base.Utf8).Replace("\"days\": 30", "\"days\": 31", StringComparison.Ordinal)));

        var (before, after) = (PolicyFile.ParseAll([Base, second])[1], PolicyFile.ParseAll([changed, second])[1]);

        Assert.NotEqual(before.Hash, after.Hash);
        Assert.Equal(31, PolicyFile.Parse("second.json", Own(after)).Policy.Rectification!.Days);
    }

    [Theory]
    [InlineData("""{ "id": "second", "extends": "no-such", HEAD }""", "$.extends")]
    [InlineData("""{ "id": "second", "extends": "second", HEAD }""", "$.extends")]
    [InlineData("""{ "id": "second", "extends": 7, HEAD }""", "$.extends")]
    [InlineData("""{ "id": "second", "extends": "trial-2020", HEAD, "banYear": 3 }""", "$")]
    [InlineData("""{ "id": "second", "extends": "trial-2020", HEAD, "checks": { "resets": [] } }""", "$.checks")]
    [InlineData("""{ "id": "second", "extends": "trial-2020", "version": 1, "title": "t", "document": "d" }""", "$")]
    [InlineData("""{ "id": "second", "extends": "trial-2020", HEAD, "rectification": null }""", "$.cases.overdueRectificationGround")]
    public void What_is_wrong_is_named(string text, string path)
    {
        var exception = Assert.Throws<PolicyException>(() => PolicyFile.ParseAll([File("second", text.Replace("HEAD", Head, StringComparison.Ordinal)), Base]));

        Assert.Contains(exception.Failures, failure => failure.Path.StartsWith(path, StringComparison.Ordinal) && failure.File == "second.json");
    }

    [Fact]
    public void A_circle_of_policies_is_refused()
    {
        var exception = Assert.Throws<PolicyException>(() => PolicyFile.ParseAll(
        [
            File("one", $$"""{ "id": "one", "extends": "two", {{Head}} }"""),
            File("two", $$"""{ "id": "two", "extends": "one", {{Head}} }"""),
        ]));

        Assert.Equal("$.extends", Assert.Single(exception.Failures).Path);
    }

    [Fact]
    public void What_is_wrong_with_the_form_of_the_base_is_told_of_the_base()
    {
        var exception = Assert.Throws<PolicyException>(() => PolicyFile.ParseAll(
            [File("second", $$"""{ "id": "second", "extends": "broken", {{Head}} }"""), ("broken.json", "{ \"id\": "u8.ToArray())]));

        Assert.Equal("broken.json", Assert.Single(exception.Failures).File);
    }

    /// <summary>The whole of a policy as a file that extends nothing any more.</summary>
    private static byte[] Own(LoadedPolicy policy) =>
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(policy.Content.Span).Replace("\"extends\":\"trial-2020\",", "", StringComparison.Ordinal));

    /// <summary>A policy that grants until the end of 2023.</summary>
    private static (string File, byte[] Utf8) Ended(string id, string more = "") => File(id, $$"""
        { "id": "{{id}}", "extends": "trial-2020", "version": 1, "title": "办法", "document": "1号", "effectiveFrom": { "value": "2020-01-01", "article": "一" },
          "effectiveTo": { "value": "2023-12-31", "article": "一" }{{more}} }
        """);

    private static (string File, byte[] Utf8) File(string id, string text) => ($"{id}.json", Encoding.UTF8.GetBytes(text));
}
