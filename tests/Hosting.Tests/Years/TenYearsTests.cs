namespace Supervision.Hosting.Tests.Years;

/// <summary>Ten years of the real register under policies that change meanwhile.</summary>
public sealed class TenYearsTests
{
    // Everything of an event but its place: what befalls different grains at one instant has no order.
    private const string EventsSql = """
        SELECT array_agg(concat_ws(' ', grain, version, type, at, effective_on, actor, data) ORDER BY grain, version) FROM ledger
        """;

    [Fact]
    public async Task Lived_through_twice_they_are_the_same_to_the_last_event()
    {
        var lives = await Task.WhenAll(LivedAsync(), LivedAsync());
        await using var once = lives[0];
        await using var again = lives[1];

        var (first, second) = (await once.QueryAsync<string[]>(EventsSql), await again.QueryAsync<string[]>(EventsSql));
        Assert.Null(first.Zip(second).FirstOrDefault(pair => !string.Equals(pair.First, pair.Second, StringComparison.Ordinal)).First);
        Assert.Equal(first.Length, second.Length);
        // Nothing was left out of these years that the rules know.
        Assert.Subset(
            new HashSet<string>(await once.QueryAsync<string[]>("SELECT array_agg(DISTINCT type) FROM ledger")),
            new HashSet<string>
            {
                "check.failed", "check.overdue", "exemption.granted", "exemption.ended", "title.transferred", "title.removed", "rectification.ordered",
                "rectification.overdue", "declaration.overdue", "declaration.refused", "title.graded", "energy-rectification.missed", "incident.determined",
                "ban.imposed", "ban.ended", "entity.renamed", "decision.served", "service.overdue", "result.published", "publication.overdue",
            });
        await once.AssertVerifiedAsync();
    }

    private static async Task<TestRegister> LivedAsync()
    {
        var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync(rules: TestSilo.RealBook);
        await new SupervisedYears(register, silo).LiveAsync();
        return register;
    }
}
