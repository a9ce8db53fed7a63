using System.Text.Json.Nodes;
using Supervision.Grains.Policies;

namespace Supervision.Grains.Tests.Policies;

public sealed class Miit2016Tests
{
    private static readonly byte[] Bytes = RepositoryFile.Bytes("policies", "miit-2016.json");

    private static readonly LoadedPolicy Loaded = PolicyFile.Parse("miit-2016.json", Bytes);

    [Fact]
    public void Three_clean_checks_exempt_for_five_years()
    {
        Assert.Equal(new ExemptionRule(new(3, "五(五)"), new(5, "五(五)")), Loaded.Policy.Checks.Exemption);
        Assert.Equal([CheckOutcome.Failed, CheckOutcome.Minor], Loaded.Policy.Checks.Resets);
    }

    [Fact]
    public void A_failed_check_opens_a_case_that_removes_without_rectification()
    {
        Assert.Contains(new CaseOpening(CheckOutcome.Failed, "failed-spot-check"), Loaded.Policy.Checks.Opens);
        Assert.Contains(new Ground("failed-spot-check", "五(五)"), Loaded.Policy.Cases.Grounds);
        Assert.Null(Loaded.Policy.Rectification);
    }

    [Fact]
    public void Only_products_are_still_granted_after_the_measures_of_2024()
    {
        Assert.Null(Loaded.Policy.EffectiveTo);
        Assert.Equal(
            [("factory", new DateOnly(2024, 1, 18)), ("product", null), ("park", new DateOnly(2024, 1, 18)), ("supply-chain", new DateOnly(2024, 1, 18))],
            Loaded.Policy.Honours.Select(honour => (honour.Kind, honour.GrantedUntil?.Value)));
    }

    [Fact]
    public void The_hash_is_of_the_bytes_of_the_file() =>
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Bytes)), Loaded.Hash);

    [Fact]
    public void Every_figure_has_an_article_or_says_that_it_is_configuration()
    {
        var objects = Descendants(JsonNode.Parse(Bytes)).ToList();

        Assert.All(
            objects.Where(node => node.ContainsKey("value") || node.ContainsKey("days") || node.ContainsKey("original")),
            node => Assert.True(node.ContainsKey("article"), $"{node.GetPath()} has no article."));
        Assert.All(
            objects.Where(node => node.ContainsKey("article")),
            node => Assert.Matches("^(configuration: not stated in the source|[四五]\\([一二三四五]\\)$|行政处罚法 第|国办发〔|工信部节〔)", (string?)node["article"]));
    }

    private static IEnumerable<JsonObject> Descendants(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Descendants(member.Value)).Prepend(members),
        JsonArray items => items.SelectMany(Descendants),
        _ => [],
    };
}
