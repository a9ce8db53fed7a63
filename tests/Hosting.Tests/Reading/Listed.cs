namespace Supervision.Hosting.Tests.Reading;

/// <summary>Rows of lists, as an import enters them.</summary>
internal static class Listed
{
    public static readonly DateOnly FirstBatch = new(2017, 2, 1);

    /// <summary>Enters an entity with its title, as a row of a published list.</summary>
    public static async Task<GrainId> AsListedAsync(
        this TestSilo silo, GrainKind kind, string key, string name, string? region = "430000", string batch = "1", string? riskClass = "B", string? evaluator = null,
        string? certificate = null, string? enterpriseName = null)
    {
        var grain = GrainId.Of(kind, key);
        await Given.AcceptAsync(silo, grain, new GrainCommand.ImportListing(
            new GrainCommand.Register(name, region, "机械", riskClass, Enterprise: null, enterpriseName),
            new GrainCommand.GrantTitle(Given.Policy, null, Level.National, certificate, FirstBatch, evaluator, batch)));
        return grain;
    }

    /// <summary>Takes the title away by a case that another officer decides.</summary>
    public static async Task RemovedAsync(this TestSilo silo, GrainId grain, DateOnly on)
    {
        await Given.AcceptAsync(silo, grain, new GrainCommand.OpenCase(Given.Title, "false-declaration", null, "evidence", Urgent: false));
        var opened = (await silo.Register.FindAsync(grain, TestContext.Current.CancellationToken))!.View.Cases[^1].Id;
        await Given.AcceptAsync(silo, grain, new GrainCommand.ServeCase(opened, on, "post"));
        await Given.AcceptAsync(silo, grain, new GrainCommand.RecordStatement(opened, PrivateText.Of("statement", new byte[16])));
        var decided = await silo.SendAsync(grain, new GrainCommand.DecideCase(opened, CaseOutcome.Remove, "no grounds against it", "N-1"), Given.SecondOfficer);
        Assert.Null(decided.Rejection);
    }

    public static async Task<IReadOnlyList<string>> ListAsync(this TestSilo silo, EntityFilter filter) =>
        [.. (await silo.Register.ListAsync(filter, after: null, 100, TestContext.Current.CancellationToken)).Items.Select(item => item.View.Id.Value)];
}
