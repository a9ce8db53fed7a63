using System.Text.Json.Nodes;
using Supervision.Grains.Policies;

namespace Supervision.Grains.Tests.Policies;

/// <summary>The pages in <c>docs/policies</c>, made from the policies.</summary>
public sealed class PolicyPageTests
{
    private const string UpdateVariable = "UPDATE_PAGES";

    [Fact]
    public void The_pages_are_those_of_the_policies()
    {
        var folder = RepositoryFile.PathOf(PolicyPage.Folder.Split('/'));
        var pages = RealPolicies.All.ToDictionary(loaded => loaded.Policy.Id + ".md", loaded => PolicyPage.Of(loaded.Policy));
        if (Environment.GetEnvironmentVariable(UpdateVariable) is "1")
        {
            Directory.CreateDirectory(folder);
            foreach (var (name, page) in pages)
                File.WriteAllText(Path.Combine(folder, name), page);
        }

        Assert.Equal(pages.Keys.Order(), Directory.GetFiles(folder).Select(path => Path.GetFileName(path)).Order());
        Assert.All(pages, page => Assert.True(
            string.Equals(File.ReadAllText(Path.Combine(folder, page.Key)), page.Value, StringComparison.Ordinal),
            $"{PolicyPage.Folder}/{page.Key} is not what its policy gives. Run this test with {UpdateVariable}=1 to write it anew, and commit it."));
    }

    [Theory]
    [InlineData("hunan-2017")]
    [InlineData("hunan-product")]
    [InlineData("huzhou-product")]
    [InlineData("miit-2016")]
    [InlineData("miit-2024")]
    [InlineData("shenzhen-2022")]
    [InlineData("shenzhen-2024")]
    public void A_page_leaves_no_article_out(string id)
    {
        var loaded = RealPolicies.All.Single(policy => policy.Policy.Id == id);
        var page = PolicyPage.Of(loaded.Policy);

        Assert.All(
            Articles(JsonNode.Parse(loaded.Content.Span)).CountBy(article => article),
            article => Assert.True(Count(page, article.Key) >= article.Value, $"'{article.Key}' stands {article.Value} times in {id} and {Count(page, article.Key)} times in its page."));
    }

    [Fact]
    public void What_a_policy_does_not_have_is_not_in_its_page()
    {
        var policy = RealPolicies.Of("hunan-2017");
        var page = PolicyPage.Of(policy with { Draws = null, Certification = null, ReEvaluation = null, Incidents = null, Notices = null, EffectiveTo = null });

        Assert.Equal(["## What it grants", "## Spot checks", "## Cases"], page.Split('\n').Where(line => line.StartsWith("##", StringComparison.Ordinal)));
        Assert.DoesNotContain("Grants until", page, StringComparison.Ordinal);
    }

    [Fact]
    public void What_would_end_a_cell_is_escaped() => Assert.Contains(
        "| In force from | 2017-01-06 | 甲\\|乙 |",
        PolicyPage.Of(RealPolicies.Of("hunan-2017") with { EffectiveFrom = new(new DateOnly(2017, 1, 6), "甲|乙") }), StringComparison.Ordinal);

    private static int Count(string page, string article) => page.Split(article).Length - 1;

    private static IEnumerable<string> Articles(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member is { Key: "article", Value: JsonValue value } ? [(string)value!] : Articles(member.Value)),
        JsonArray items => items.SelectMany(Articles),
        _ => [],
    };
}
