namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Vetoes and incidents: what is established about an enterprise, and what follows for its titles.</summary>
public sealed class EnterpriseFactsTests
{
    private static readonly FactRef Incident = new(Scenario.Enterprise, "incident-1");

    private static readonly FactRef Veto = new(Scenario.Enterprise, "veto-1");

    [Fact]
    public void A_report_changes_nothing()
    {
        var scenario = Scenario.Listed().On("2026-06-15").Given(Ask.Incident("2026-06-14"), People.A, Scenario.Enterprise);

        scenario.When(new GrainCommand.ApplyFact(Incident, Ask.Day("2026-06-15")), Actor.System).Then();
        scenario.When(Ask.Open("major-accident", urgent: true), People.A).ThenRefused("fact-not-established", "configuration: not stated in the source");
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void A_determination_without_document_is_refused_with_the_article(string? document) => Scenario.Listed().On("2026-06-15")
        .Given(Ask.Incident("2026-06-14"), People.A, Scenario.Enterprise)
        .When(Ask.Determine("2026-06-15", document: document), People.B, Scenario.Enterprise).ThenRefused("determination-without-document", "〔2024〕13号 第十五条(二)");

    [Fact]
    public void A_determined_major_incident_opens_the_urgent_case_over_every_level_at_once()
    {
        var scenario = Scenario.Registered().On("2026-06-15");
        foreach (var (level, by) in new[] { (Level.National, People.A), (Level.Provincial, People.Hunan), (Level.Municipal, People.Bootstrap) })
            scenario.Given(Ask.Grant("2025-06-15", Rules.Miit2024, level), by);
        scenario.Given(Ask.Incident("2026-06-14"), People.A, Scenario.Enterprise).Given(Ask.Determine("2026-06-15"), People.B, Scenario.Enterprise);

        scenario.Given(new GrainCommand.ApplyFact(Incident, Ask.Day("2026-06-15")), Actor.System);

        var cases = scenario.Of(Scenario.Factory).Cases;
        Assert.Equal([Level.National, Level.Provincial, Level.Municipal], cases.Select(opened => opened.Title.Level));
        Assert.All(cases, opened => Assert.Equal((true, "major-accident", "应急管理局 应急〔2026〕1号"), (opened.Urgent, opened.Ground, opened.Evidence)));
        Assert.Equal(["case-1", "case-2", "case-3"], Assert.Single(scenario.Of(Scenario.Enterprise).Incidents![0].Applied!).Cases);
    }

    [Fact]
    public void A_lesser_incident_opens_a_case_that_is_not_urgent_where_the_policy_has_it()
    {
        var scenario = Scenario.Registered().On("2026-06-15").Given(Ask.Grant("2025-06-15", Rules.Miit2024), People.A)
            .Given(Ask.Incident("2026-06-14"), People.A, Scenario.Enterprise)
            .Given(Ask.Determine("2026-06-15", IncidentLevel.General), People.B, Scenario.Enterprise)
            .Given(new GrainCommand.ApplyFact(Incident, Ask.Day("2026-06-15")), Actor.System);

        Assert.Equal((false, "accident"), (scenario.Of(Scenario.Factory).Cases[0].Urgent, scenario.Of(Scenario.Factory).Cases[0].Ground));
    }

    [Fact]
    public void An_incident_for_which_another_unit_answers_opens_nothing()
    {
        var scenario = Scenario.Listed().On("2026-06-15").Given(Ask.Incident("2026-06-14"), People.A, Scenario.Enterprise)
            .Given(Ask.Determine("2026-06-15", unit: "施工公司"), People.B, Scenario.Enterprise);

        scenario.When(new GrainCommand.ApplyFact(Incident, Ask.Day("2026-06-15")), Actor.System).Then();
        scenario.When(Ask.Determine("2026-06-15"), People.B, Scenario.Enterprise).ThenRefused("incident-closed");
    }

    [Fact]
    public void An_incident_is_not_entered_as_a_veto() =>
        Scenario.Listed().When(Ask.Veto(VetoKind.Incident, "2023-09-01"), People.A, Scenario.Enterprise).ThenRefused("veto-is-incident", "〔2024〕13号 第十五条(二)");

    [Fact]
    public void A_match_counts_once_another_person_has_confirmed_it()
    {
        var scenario = Recorded(VetoKind.TaxEvasion, "2026-06-01");

        scenario.When(Ask.Open("tax-evasion", Rules.Miit2024), People.B).ThenRefused("veto-not-confirmed", "第十五条(二)");
        scenario.When(Ask.Grant("2026-06-15", Rules.Miit2024, Level.Provincial), People.Hunan).ThenTypes("title.granted");
        scenario.When(new GrainCommand.ConfirmVeto("veto-1"), People.A, Scenario.Enterprise).ThenRefused("second-person-needed");
        scenario.Given(new GrainCommand.ConfirmVeto("veto-1"), People.B, Scenario.Enterprise);
        scenario.When(Ask.Grant("2026-06-15", Rules.Miit2024, Level.Municipal), People.Bootstrap).ThenRefused("vetoed", "第十五条(二)");
        scenario.Given(Ask.Open("tax-evasion", Rules.Miit2024) with { Title = new TitleChoice(Rules.Miit2024, Level: Level.National) }, People.C);
        Assert.Equal(Veto, scenario.Of(Scenario.Factory).Cases[0].Fact);
    }

    [Fact]
    public void What_is_looked_back_to_counts_for_its_years_and_no_longer()
    {
        var scenario = Recorded(VetoKind.TaxEvasion, "2026-06-01").Given(new GrainCommand.ConfirmVeto("veto-1"), People.B, Scenario.Enterprise);

        scenario.On("2029-05-31").When(Ask.Grant("2029-05-31", Rules.Miit2024, Level.Provincial), People.Hunan).ThenRefused("vetoed");
        scenario.On("2029-06-01").When(Ask.Grant("2029-06-01", Rules.Miit2024, Level.Provincial), People.Hunan).ThenTypes("title.granted");
    }

    [Fact]
    public void What_lasts_counts_until_it_is_over()
    {
        var scenario = Recorded(VetoKind.AbnormalOperation, "2026-06-01").Given(new GrainCommand.ConfirmVeto("veto-1"), People.B, Scenario.Enterprise);
        scenario.When(Ask.Grant("2026-06-15", Rules.Miit2024, Level.Provincial), People.Hunan).ThenRefused("vetoed", "第十五条(一)");

        scenario.Given(new GrainCommand.EndVeto("veto-1", Ask.Day("2026-06-10"), "taken off the list"), People.B, Scenario.Enterprise)
            .When(Ask.Grant("2026-06-15", Rules.Miit2024, Level.Provincial), People.Hunan).ThenTypes("title.granted");
        Assert.Null(scenario.NextWakeUp(Scenario.Enterprise));
    }

    [Fact]
    public void A_stop_counts_from_twelve_months_on()
    {
        var scenario = Recorded(VetoKind.Stopped, "2025-07-01").Given(new GrainCommand.ConfirmVeto("veto-1"), People.B, Scenario.Enterprise);

        scenario.On("2026-06-30").When(Ask.Grant("2026-06-30", Rules.Miit2024, Level.Provincial), People.Hunan).ThenTypes("title.granted");
        scenario.On("2026-07-01").When(Ask.Grant("2026-07-01", Rules.Miit2024, Level.Municipal), People.Bootstrap).ThenRefused("vetoed");
    }

    [Fact]
    public void Listed_titles_are_gone_through_once_a_year_when_the_declarations_are_due()
    {
        var scenario = Recorded(VetoKind.TaxEvasion, "2026-06-01").Given(new GrainCommand.ConfirmVeto("veto-1"), People.B, Scenario.Enterprise);
        Assert.Equal(Ask.Day("2027-04-15"), scenario.Of(Scenario.Enterprise).Vetoes![0].CheckAfter);
        scenario.When(new GrainCommand.ApplyFact(Veto, scenario.Today), Actor.System).Then();

        scenario.On("2027-04-16").When(new GrainCommand.WakeUp(), Actor.System, Scenario.Enterprise)
            .Then(new GrainEvent.VetoChecked(Ask.Day("2027-04-16"), "veto-1", [Rules.Miit2024, "shenzhen-2024"], Ask.Day("2028-04-15")));
        scenario.Given(new GrainCommand.ApplyFact(Veto, Ask.Day("2027-04-16")), Actor.System);

        var opened = Assert.Single(scenario.Of(Scenario.Factory).Cases);
        Assert.Equal(("tax-evasion", Veto, "信用中国 X-1"), (opened.Ground, opened.Fact, opened.Evidence));
        Assert.Equal(["p-a", "p-b"], opened.FoundBy!);

        scenario.Given(new GrainCommand.RejectVeto("veto-1", "another enterprise"), People.B, Scenario.Enterprise)
            .When(new GrainCommand.ApplyFact(Veto, Ask.Day("2027-04-16")), Actor.System)
            .ThenOn(Scenario.Factory, new GrainEvent.CaseWithdrawn(Ask.Day("2027-04-16"), "case-1", "fact-withdrawn"));
    }

    [Fact]
    public void The_same_entry_of_a_list_is_recorded_once()
    {
        var scenario = Recorded(VetoKind.TaxEvasion, "2026-06-01").Given(new GrainCommand.RejectVeto("veto-1", "another enterprise"), People.B, Scenario.Enterprise);

        scenario.When(Ask.Veto(VetoKind.TaxEvasion, "2026-06-01"), People.A, Scenario.Enterprise).Then();
        scenario.When(new GrainCommand.ConfirmVeto("veto-1"), People.C, Scenario.Enterprise).ThenRefused("veto-closed");
    }

    [Fact]
    public void Titles_that_were_not_supervised_yet_are_left_alone()
    {
        var scenario = Scenario.Registered().Given(Ask.Incident("2023-09-01"), People.A, Scenario.Enterprise)
            .Given(Ask.Determine("2023-09-01"), People.B, Scenario.Enterprise).On("2023-10-09").Given(Ask.Grant("2023-08-23"), People.A);

        scenario.When(new GrainCommand.ApplyFact(Incident, Ask.Day("2023-09-01")), Actor.System).Then();
    }

    /// <summary>A national title under the rule of 2024, and a veto that officer a recorded.</summary>
    private static Scenario Recorded(VetoKind kind, string on) => Scenario.Registered().On("2026-06-15").Given(Ask.Grant("2025-06-15", Rules.Miit2024), People.A)
        .Given(Ask.Veto(kind, on), People.A, Scenario.Enterprise);
}
