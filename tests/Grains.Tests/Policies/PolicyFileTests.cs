using System.Text;
using System.Text.Json.Nodes;
using Supervision.Grains.Policies;

namespace Supervision.Grains.Tests.Policies;

/// <summary>Each test spoils one thing in a good file.</summary>
public sealed class PolicyFileTests
{
    private const string File = "sample.json";

    private const string Good = """
        {
          "id": "sample", "version": 1, "title": "样本", "document": "样〔2026〕1号",
          "effectiveFrom": { "value": "2026-01-01", "article": "一" },
          "timeZone": "Asia/Shanghai",
          "honours": [
            { "name": "green-factory", "original": "绿色工厂", "kind": "factory", "levels": ["national", "provincial"], "article": "二" }
          ],
          "checks": {
            "inspectorsMin": { "value": 2, "article": "三" },
            "exemption": { "cleanChecks": { "value": 3, "article": "四" }, "years": { "value": 5, "article": "四" } },
            "resets": ["failed", "minor"],
            "opens": [ { "outcome": "failed", "ground": "failed-spot-check" } ]
          },
          "cases": {
            "statementWindow": { "days": 5, "unit": "working", "article": "五" },
            "urgentWindow": { "days": 1, "unit": "calendar", "article": "五" },
            "overdueRectificationGround": "overdue-rectification",
            "grounds": [
              { "name": "failed-spot-check", "article": "六", "rectificationFirst": true },
              { "name": "overdue-rectification", "article": "六" }
            ]
          },
          "rectification": { "days": 30, "unit": "working", "article": "七" },
          "ban": { "years": { "value": 3, "article": "八" }, "followsSuccessors": { "value": true, "article": "八" } }
        }
        """;

    [Fact]
    public void A_good_file_gives_its_policy()
    {
        var policy = Parse(Good).Policy;

        Assert.Equal("sample", policy.Id);
        Assert.Equal(new Period(30, DayUnit.Working, "七"), policy.Rectification);
        Assert.Equal([Level.National, Level.Provincial], policy.Honours[0].Levels);
    }

    [Theory]
    [InlineData("\"version\": 1", "\"version\": 1, \"colour\": \"green\"", "$.colour", "colour")]
    [InlineData("\"version\": 1", "\"version\": 1, \"version\": 1", "$.version", "version")]
    [InlineData("\"version\": 1, ", "", "$", "version")]
    [InlineData("\"version\": 1", "\"version\": \"1\"", "$.version", "")]
    [InlineData("\"version\": 1", "\"Version\": 1", "$.Version", "Version")]
    [InlineData("\"days\": 30", "\"days\": 30.5", "$.rectification.days", "")]
    [InlineData("\"days\": 30, ", "", "$.rectification", "days")]
    [InlineData("\"resets\": [\"failed\", \"minor\"]", "\"resets\": null", "$.checks.resets", "")]
    [InlineData("\"resets\": [\"failed\", \"minor\"],", "", "$.checks", "resets")]
    [InlineData("\"minor\"]", "\"slight\"]", "$.checks.resets[1]", "")]
    [InlineData("\"minor\"]", "1]", "$.checks.resets[1]", "")]
    [InlineData("\"minor\"]", "\"1\"]", "$.checks.resets[1]", "")]
    [InlineData("\"minor\"]", "\"minor, failed\"]", "$.checks.resets[1]", "")]
    [InlineData("\"minor\"]", "\"Minor\"]", "$.checks.resets[1]", "")]
    [InlineData("\"minor\"]", "null]", "$.checks.resets[1]", "")]
    [InlineData("\"2026-01-01\"", "\"2026-02-30\"", "$.effectiveFrom.value", "")]
    [InlineData("\"2026-01-01\"", "\"1.1.2026\"", "$.effectiveFrom.value", "")]
    [InlineData("\"article\": \"七\"", "\"article\": null", "$.rectification.article", "Article")]
    [InlineData("\"title\": \"样本\"", "\"title\": null", "$.title", "title")]
    [InlineData("\"title\": \"样本\"", "\"title\": \"\\ud800\"", "$.title", "")]
    [InlineData("\"timeZone\"", "/* no comments */ \"timeZone\"", "$", "")]
    [InlineData("\"article\": \"八\" }", "\"article\": \"八\", }", "$.ban.years", "")]
    public void A_wrong_form_is_refused_with_file_path_and_reason(string good, string bad, string path, string named)
    {
        var failure = Assert.Single(FailuresOf(Replaced(good, bad)));

        Assert.Equal((File, path), (failure.File, failure.Path));
        Assert.Contains(named, failure.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(" Path: ", failure.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    public void What_is_no_object_is_refused(string text) => Assert.Equal("$", Assert.Single(FailuresOf(text)).Path);

    [Fact]
    public void Bytes_that_are_not_UTF8_are_refused()
    {
        var bytes = Encoding.UTF8.GetBytes(Good);
        bytes[Encoding.UTF8.GetByteCount(Good[..Good.IndexOf("样本", StringComparison.Ordinal)])] = 0xFF;

        Assert.Equal("$.title", Assert.Single(Assert.Throws<PolicyException>(() => PolicyFile.Parse(File, bytes)).Failures).Path);
    }

    [Theory]
    [InlineData("\"id\": \"sample\"", "\"id\": \"another\"", "$.id")]
    [InlineData("\"version\": 1", "\"version\": 0", "$.version")]
    [InlineData("\"样本\"", "\" \"", "$.title")]
    [InlineData("\"样〔2026〕1号\"", "\"\"", "$.document")]
    [InlineData("Asia/Shanghai", "Europe/Berlin", "$.timeZone")]
    [InlineData("\"timeZone\"", "\"effectiveTo\": { \"value\": \"2025-12-31\", \"article\": \"九\" }, \"timeZone\"", "$.effectiveTo.value")]
    [InlineData("\"article\": \"一\"", "\"article\": \"\"", "$.effectiveFrom.article")]
    [InlineData("\"kind\": \"factory\"", "\"kind\": \"forest\"", "$.honours[0].kind")]
    [InlineData("\"name\": \"green-factory\"", "\"name\": \"Green factory\"", "$.honours[0].name")]
    [InlineData("\"original\": \"绿色工厂\"", "\"original\": \"\"", "$.honours[0].original")]
    [InlineData("[\"national\", \"provincial\"]", "[]", "$.honours[0].levels")]
    [InlineData("[\"national\", \"provincial\"]", "[\"national\", \"national\"]", "$.honours[0].levels[1]")]
    [InlineData("\"article\": \"二\"", "\"article\": \"二\", \"grantedUntil\": { \"value\": \"2025-12-31\", \"article\": \"九\" }", "$.honours[0].grantedUntil.value")]
    [InlineData("\"article\": \"二\"", "\"article\": \"二\", \"grantedUntil\": { \"value\": \"2026-12-31\", \"article\": \"\" }", "$.honours[0].grantedUntil.article")]
    [InlineData("\"value\": 2", "\"value\": 0", "$.checks.inspectorsMin.value")]
    [InlineData("\"value\": 5", "\"value\": -5", "$.checks.exemption.years.value")]
    [InlineData("\"value\": 5", "\"value\": 9999", "$.checks.exemption.years.value")]
    [InlineData("[\"failed\", \"minor\"]", "[\"failed\", \"failed\"]", "$.checks.resets[1]")]
    [InlineData("[\"failed\", \"minor\"]", "[\"clean\"]", "$.checks.resets")]
    [InlineData("\"outcome\": \"failed\"", "\"outcome\": \"clean\"", "$.checks.opens[0].outcome")]
    [InlineData("\"ground\": \"failed-spot-check\"", "\"ground\": \"no-such-ground\"", "$.checks.opens[0].ground")]
    [InlineData("\"ground\": \"failed-spot-check\" }", "\"ground\": \"failed-spot-check\" }, null", "$.checks.opens[1]")]
    [InlineData("\"days\": 5", "\"days\": 0", "$.cases.statementWindow.days")]
    [InlineData("\"days\": 1,", "\"days\": 2000000000,", "$.cases.urgentWindow.days")]
    [InlineData("\"overdueRectificationGround\": \"overdue-rectification\"", "\"overdueRectificationGround\": \"no-such-ground\"", "$.cases.overdueRectificationGround")]
    [InlineData("\"overdueRectificationGround\": \"overdue-rectification\",", "", "$.cases.overdueRectificationGround")]
    [InlineData("{ \"name\": \"overdue-rectification\", \"article\": \"六\" }", "{ \"name\": \"overdue-rectification\", \"article\": \"六\", \"rectificationFirst\": true }", "$.cases.grounds[1].rectificationFirst")]
    [InlineData("{ \"name\": \"overdue-rectification\", \"article\": \"六\" }", "{ \"name\": \"overdue-rectification\", \"article\": \"六\" }, { \"name\": \"failed-spot-check\", \"article\": \"六\" }", "$.cases.grounds[2]")]
    [InlineData("{ \"name\": \"overdue-rectification\", \"article\": \"六\" }", "{ \"name\": \"overdue-rectification\", \"article\": \" \" }", "$.cases.grounds[1].article")]
    [InlineData("\"article\": \"七\"", "\"article\": \"\"", "$.rectification.article")]
    [InlineData("\"value\": 3, \"article\": \"八\"", "\"value\": 0, \"article\": \"八\"", "$.ban.years.value")]
    public void A_wrong_content_is_refused_with_file_path_and_reason(string good, string bad, string path)
    {
        var failure = Assert.Single(FailuresOf(Replaced(good, bad)));

        Assert.Equal((File, path), (failure.File, failure.Path));
        Assert.NotEmpty(failure.Reason);
    }

    [Fact]
    public void Rectification_first_needs_a_rectification()
    {
        var policy = JsonNode.Parse(Good)!;
        policy.AsObject().Remove("rectification");

        Assert.Equal(["$.cases.grounds[0].rectificationFirst", "$.cases.overdueRectificationGround"], FailuresOf(policy.ToJsonString()).Select(failure => failure.Path));
    }

    [Fact]
    public void All_that_is_wrong_with_the_content_is_reported_at_once()
    {
        var policy = JsonNode.Parse(Good)!;
        policy["id"] = "another";
        policy["version"] = 0;
        policy["honours"] = new JsonArray();
        policy["checks"]!["opens"]![0]!["ground"] = "no-such-ground";
        policy["rectification"]!["days"] = 0;
        policy["ban"]!["years"]!["article"] = "";

        var exception = Assert.Throws<PolicyException>(() => Parse(policy.ToJsonString()));

        Assert.Equal(
            ["$.id", "$.version", "$.honours", "$.checks.opens[0].ground", "$.rectification.days", "$.ban.years.article"],
            exception.Failures.Select(failure => failure.Path));
        Assert.All(exception.Failures, failure => Assert.Contains(failure.ToString(), exception.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("factory")]
    [InlineData("product")]
    [InlineData("park")]
    [InlineData("supply-chain")]
    [InlineData("data-centre")]
    [InlineData("enterprise")]
    public void Kinds_that_documents_name_are_accepted(string kind) =>
        Assert.Equal(kind, Parse(Replaced("\"kind\": \"factory\"", $"\"kind\": \"{kind}\"")).Policy.Honours[0].Kind);

    private static LoadedPolicy Parse(string text) => PolicyFile.Parse(File, Encoding.UTF8.GetBytes(text));

    private static IReadOnlyList<PolicyFailure> FailuresOf(string text) => Assert.Throws<PolicyException>(() => Parse(text)).Failures;

    private static string Replaced(string good, string bad)
    {
        Assert.Contains(good, Good, StringComparison.Ordinal);
        var at = Good.IndexOf(good, StringComparison.Ordinal);
        return string.Concat(Good.AsSpan(0, at), bad, Good.AsSpan(at + good.Length));
    }
}
