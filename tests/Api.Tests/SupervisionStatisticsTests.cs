namespace Supervision.Api.Tests;

/// <summary>The counts of supervision over HTTP.</summary>
public sealed class SupervisionStatisticsTests(SharedApi shared) : IClassFixture<SharedApi>
{
    [Fact]
    public async Task Rows_have_the_values_and_the_counts_and_go_on_page_by_page()
    {
        var first = await (await shared.Api.SendAsync("GET", "/api/statistics/supervision?by=region&from=2026-01-01&to=2027-12-31&limit=1")).JsonAsync();

        Assert.Equal(
            """{"region":"110000","regionName":"北京","titles":5,"inForce":4,"removed":{"failed-spot-check":1},"checks":{"clean":2026},"exemptions":2,"overdue":{"check":3}}""",
            first.GetProperty("items")[0].GetRawText());
        var cursor = first.GetProperty("nextCursor").GetString();
        var second = await (await shared.Api.SendAsync("GET", $"/api/statistics/supervision?by=region&from=2026-01-01&to=2027-12-31&limit=1&cursor={cursor}")).JsonAsync();
        Assert.Equal(2027, second.GetProperty("items")[0].GetProperty("checks").GetProperty("clean").GetInt32());
        Assert.Null(second.GetProperty("nextCursor").GetString());
        await (await shared.Api.SendAsync("GET", $"/api/statistics/supervision?by=region&limit=1&cursor={cursor}")).ProblemAsync(400, "invalid-request");
    }

    [Theory]
    [InlineData("from=2026-02-01&to=2026-01-01", "to")]
    [InlineData("from=yesterday", "from")]
    [InlineData("by=colour", "by")]
    [InlineData("during=2026", "during")]
    public async Task What_is_wrong_is_named(string query, string member)
    {
        var problem = await (await shared.Api.SendAsync("GET", $"/api/statistics/supervision?{query}")).ProblemAsync(400, "invalid-request");

        Assert.Equal([member], problem.Members());
    }

    [Fact]
    public async Task The_counts_of_titles_take_no_period() =>
        await (await shared.Api.SendAsync("GET", "/api/statistics?from=2026-01-01")).ProblemAsync(400, "invalid-request");
}
