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
            File("second", $$"""{ "id": "second", "extends": "trial-2020", {{Head}}, "banYears": { "value": 1, "article": "二" } }"""),
            Base,
        ]);

        Assert.Equal(["third", "second", "trial-2020"], loaded.Select(policy => policy.Policy.Id));
        Assert.Equal("inherited from trial-2020: 试七", loaded[0].Policy.Rectification!.Article);
        Assert.Equal(new Figure<int>(1, "inherited from second: 二"), loaded[0].Policy.BanYears);
        Assert.Equal(new Figure<int>(1, "二"), loaded[1].Policy.BanYears);
        Assert.Equal("second", loaded[0].Policy.Extends);
    }

    [Fact]
    public void Null_leaves_out_what_the_base_has()
    {
        var loaded = PolicyFile.ParseAll([Base, File("second", $$"""{ "id": "second", "extends": "trial-2020", {{Head}}, "banYears": null }""")]);

        Assert.Null(loaded[1].Policy.BanYears);
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

    private static (string File, byte[] Utf8) File(string id, string text) => ($"{id}.json", Encoding.UTF8.GetBytes(text));
}
