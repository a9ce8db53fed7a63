using Supervision.Grains.Calendars;
using Supervision.Hosting.Tests.Imports;

namespace Supervision.Hosting.Tests.Effects;

/// <summary>What follows on other grains from facts about an enterprise: once, whoever carries it out, and in both histories.</summary>
public sealed class EffectReaderTests
{
    private const string Name = "某某股份有限公司";

    private static readonly GrainId Enterprise = EntityName.EnterpriseOf(Name);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_determined_major_incident_opens_urgent_cases_on_every_entity_of_the_enterprise_once()
    {
        await using var register = await TestRegister.CreateAsync();
        var (silo, other) = (await register.StartSiloAsync(), await register.StartSiloAsync());
        GrainId[] factories = [await Given.CertifiedAsync(silo, "F-1"), await Given.CertifiedAsync(silo, "F-2")];
        var stranger = await Given.CertifiedAsync(silo, "F-3", "别的公司");
        await DetermineAsync(silo, new DateOnly(2017, 3, 1));
        Assert.All(factories, factory => Assert.Empty(Find(silo, factory).Cases));

        await Task.WhenAll(silo.Effects.RunAsync(Cancellation), other.Effects.RunAsync(Cancellation));
        await silo.Effects.RunAsync(Cancellation);
        await silo.Follower.CatchUpAsync(Cancellation);

        foreach (var factory in factories)
        {
            var opened = Assert.Single(Find(silo, factory).Cases);
            Assert.Equal((true, "major-accident", new FactRef(Enterprise, "incident-1")), (opened.Urgent, opened.Ground, opened.Fact));
        }

        Assert.Empty(Find(silo, stranger).Cases);
        Assert.Equal(factories, Assert.Single(Find(silo, Enterprise).Incidents).Applied.Select(applied => applied.Entity));
        var history = await silo.Register.HistoryAsync(Enterprise, HistoryOrder.Oldest, null, 10, Cancellation);
        Assert.Equal(
            ["entity.registered", "incident.reported", "incident.determined", "fact.applied", "fact.applied"], history!.Items.Select(entry => entry.Type));
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task A_determination_that_is_set_right_takes_the_cases_back_everywhere()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        GrainId[] factories = [await Given.CertifiedAsync(silo, "F-1"), await Given.CertifiedAsync(silo, "F-2")];
        await DetermineAsync(silo, new DateOnly(2017, 3, 1));
        await silo.Effects.RunAsync(Cancellation);

        var correct = new GrainCommand.CorrectDetermination("incident-1", "a contractor answers for it", ResponsibleUnit: "施工公司");
        Assert.Null((await silo.SendAsync(Enterprise, correct, Given.SecondOfficer)).Rejection);
        await silo.Effects.RunAsync(Cancellation);
        await silo.Effects.RunAsync(Cancellation);

        Assert.All(factories, factory => Assert.Equal(CaseStatus.Withdrawn, Assert.Single(Find(silo, factory).Cases).Status));
        Assert.Equal(2L, await register.QueryAsync<long>("SELECT count(*) FROM ledger WHERE type = 'fact.withdrawn'"));
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task Time_that_passes_carries_out_what_follows_at_each_instant()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        var factory = await Given.CertifiedAsync(silo, "F-1");
        await MissAsync(silo);

        await silo.Clock.MoveToAsync(CivilTime.AfterLastDay(new DateOnly(2018, 6, 30)), Cancellation);

        var opened = Assert.Single(Find(silo, factory).Cases);
        Assert.Equal(("energy-rectification-missed", new DateOnly(2017, 5, 1)), (opened.Ground, opened.OpenedOn));
        Assert.Equal([EnergyStatus.Missed, EnergyStatus.Listed], Find(silo, Enterprise).EnergyInspections.Select(entry => entry.Status));
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task The_plan_of_a_year_shows_what_is_open_first_and_what_waits_stands_in_its_worklist()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        await Given.CertifiedAsync(silo, "F-1");
        await Given.AcceptAsync(silo, Enterprise, new GrainCommand.ListEnergyInspection(2017, "reason", Given.Policy));
        await Given.AcceptAsync(silo, Enterprise, new GrainCommand.DelistEnergyInspection("energy-inspection-1", "mistake"));
        await Given.AcceptAsync(silo, Enterprise, new GrainCommand.ListEnergyInspection(2018, "reason", Given.Policy));
        await Given.AcceptAsync(silo, Enterprise, new GrainCommand.ListEnergyInspection(2017, "reason", Given.Policy));
        await Given.AcceptAsync(silo, Enterprise, new GrainCommand.ReportIncident(IncidentKind.Quality, new DateOnly(2017, 2, 1), "report"));

        var first = await silo.Worklists.EnergyInspectionsAsync(new WorkFilter { Regions = ["430000"] }, 2017, after: null, 1, Cancellation);
        var rest = await silo.Worklists.EnergyInspectionsAsync(new WorkFilter { Regions = ["430000"] }, 2017, first.Next, 5, Cancellation);

        Assert.Equal("energy-inspection-3", Assert.Single(first.Items).Inspection.Id);
        Assert.Equal((EnergyStatus.Delisted, "mistake"), (Assert.Single(rest.Items).Inspection.Status, rest.Items[0].Inspection.EndReason));
        Assert.Null(rest.Next);
        Assert.Equal(3, (await silo.Worklists.EnergyInspectionsAsync(new WorkFilter(), null, null, 5, Cancellation)).Items.Count);
        Assert.Empty((await silo.Worklists.EnergyInspectionsAsync(new WorkFilter { Regions = ["440000"] }, 2017, null, 5, Cancellation)).Items);
        Assert.Equal("incident-1", Assert.Single((await silo.Worklists.IncidentsAsync(new WorkFilter(), null, 5, Cancellation)).Items).Incident.Id);
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task A_list_of_vetoes_is_imported_by_credit_code_and_waits_for_an_officer()
    {
        const string code = "91350100M000100Y43";
        await using var register = await Importing.RegisterAsync();
        var silo = await register.StartSiloAsync();
        var coded = GrainId.Of(GrainKind.Enterprise, code);
        await Given.AcceptAsync(silo, coded, Given.Register());
        const string file = $"""
            credit_code,kind,on,source,reference
            {code},dishonest-judgment-debtor,2020-05-01,信用中国,（2020）湘01执1号
            {code},incident,2020-05-01,信用中国,
            91430000MA4L16JQ9A,tax-evasion,2020-05-01,信用中国,
            {code},tax,2020-13-01,,
            """;

        var job = await silo.ImportAsync(file, "vetoes");
        var again = await silo.ImportAsync(file, "vetoes");

        Assert.Equal((ImportStatus.Done, 1, 0, 3), job.Figures());
        Assert.Equal((ImportStatus.Done, 0, 1, 3), again.Figures());
        Assert.Equal(["veto-is-incident", "wrong-credit-code", "unknown-kind", "wrong-date", "source-missing"], (await silo.ErrorsAsync(job)).Select(error => error.Split(' ')[3]));
        var item = Assert.Single((await silo.Worklists.VetoesAsync(new WorkFilter(), null, 5, Cancellation)).Items);
        Assert.Equal((coded, VetoStatus.Matched, VetoKind.DishonestJudgmentDebtor), (item.Entity, item.Veto.Status, item.Veto.Kind));
        await register.AssertVerifiedAsync();
    }

    private static EntityView Find(TestSilo silo, GrainId grain)
    {
        var found = silo.Register.FindAsync(grain, Cancellation).AsTask();
        return found.GetAwaiter().GetResult()!.View;
    }

    private static async Task DetermineAsync(TestSilo silo, DateOnly on)
    {
        await Given.AcceptAsync(silo, Enterprise, new GrainCommand.ReportIncident(IncidentKind.Safety, on.AddDays(-1), "report"));
        await Given.AcceptAsync(
            silo, Enterprise, new GrainCommand.DetermineIncident("incident-1", on.AddDays(-1), "应急管理局", "应急〔2017〕1号", Name, IncidentLevel.Major));
    }

    /// <summary>Listed, inspected on suspicion, heard and ordered to rectify on 2017-03-01: the sixty days end on 2017-04-30.</summary>
    private static async Task MissAsync(TestSilo silo)
    {
        const string id = "energy-inspection-1";
        var day = new DateOnly(2017, 3, 1);
        await Given.AcceptAsync(silo, Enterprise, new GrainCommand.ListEnergyInspection(2017, "reason", Given.Policy));
        await Given.AcceptAsync(
            silo, Enterprise, new GrainCommand.RecordEnergyResult(id, EnergyOutcome.Violations, day, EnergyMethod.OnSite, ["i-1", "i-2"], [], EnergyWithoutNotice.Suspicion));
        await Given.AcceptAsync(silo, Enterprise, new GrainCommand.HearEnergyOpinion(id, day, PrivateText.Of("none", new byte[16])));
        await Given.AcceptAsync(silo, Enterprise, new GrainCommand.OrderEnergyRectification(id, day, "N-1"));
    }
}
