namespace Supervision.Grains.Tests.Behaviour;

/// <summary>The determination of an incident is set right by a second person, with everything undecided that followed from it.</summary>
public sealed class DeterminationTests
{
    private static readonly FactRef Incident = new(Scenario.Enterprise, "incident-1");

    [Fact]
    public void Another_person_sets_it_right_and_the_undecided_case_comes_to_nothing()
    {
        var scenario = Opened();

        scenario.When(Correct(unit: "施工公司"), People.B, Scenario.Enterprise).ThenRefused("second-person-needed");
        scenario.When(Correct(unit: "施工公司"), People.C, Scenario.Enterprise).Then(new GrainEvent.DeterminationCorrected(
            Ask.Day("2026-06-16"), "incident-1", Ask.Day("2026-06-15"), "应急管理局", "应急〔2026〕1号", "施工公司", IncidentLevel.Major, Attributed: false, "mistyped"));
        scenario.When(Apply(), Actor.System).ThenTypes("case.withdrawn");
        scenario.When(Apply(), Actor.System).Then();
        Assert.Equal("fact.withdrawn", scenario.Log(Scenario.Enterprise)[^1].Type);
    }

    [Fact]
    public void Another_level_is_another_ground_and_back_again()
    {
        var scenario = Opened();

        scenario.Given(Correct(level: IncidentLevel.General), People.C, Scenario.Enterprise).When(Apply(), Actor.System).ThenTypes("case.withdrawn", "case.opened");
        Assert.Equal(("accident", CaseStatus.Opened), (scenario.Of(Scenario.Factory).Cases[1].Ground, scenario.Of(Scenario.Factory).Cases[1].Status));
        scenario.When(Apply(), Actor.System).Then();

        scenario.Given(Correct(level: IncidentLevel.Major), People.A, Scenario.Enterprise).When(Apply(), Actor.System).ThenTypes("case.withdrawn", "case.opened");
        Assert.Equal([CaseStatus.Withdrawn, CaseStatus.Withdrawn, CaseStatus.Opened], scenario.Of(Scenario.Factory).Cases.Select(found => found.Status));
        scenario.When(Apply(), Actor.System).Then();
    }

    [Fact]
    public void The_number_of_the_document_changes_no_case() =>
        Opened().Given(Correct(document: "应急〔2026〕2号"), People.C, Scenario.Enterprise).When(Apply(), Actor.System).Then();

    [Fact]
    public void What_was_decided_on_it_has_to_be_quashed_first()
    {
        var scenario = Opened().Given(Ask.Serve("case-1", "2026-06-16"), People.C).Given(Ask.State("case-1"), People.C).Given(Ask.Decide("case-1", CaseOutcome.Remove), People.C);

        scenario.When(Correct(level: IncidentLevel.General), People.C, Scenario.Enterprise).ThenRefused("determination-was-decided-on", "行政处罚法 第四十八条");
        scenario.When(Correct(document: "应急〔2026〕2号"), People.C, Scenario.Enterprise).ThenTypes("determination.corrected");
        scenario.Given(Ask.Reinstate("case-1", Rules.Miit2024), People.A);
        scenario.When(Correct(level: IncidentLevel.General), People.A, Scenario.Enterprise).ThenTypes("determination.corrected");
    }

    [Theory]
    [InlineData("incident-2", "incident-not-found")]
    [InlineData("incident-1", "incident-not-determined")]
    public void Only_what_was_determined_is_set_right(string incident, string code) => Scenario.Registered().On("2026-06-16")
        .Given(Ask.Incident("2026-06-14"), People.A, Scenario.Enterprise).When(Correct(level: IncidentLevel.General) with { Incident = incident }, People.C, Scenario.Enterprise).ThenRefused(code);

    [Fact]
    public void Nothing_new_a_day_to_come_and_no_document_are_refused()
    {
        var scenario = Opened();

        scenario.When(Correct(level: IncidentLevel.Major), People.C, Scenario.Enterprise).ThenRefused("correction-changes-nothing");
        scenario.When(Correct(document: " "), People.C, Scenario.Enterprise).ThenRefused("determination-without-document");
        scenario.When(Correct() with { On = Ask.Day("2026-06-17") }, People.C, Scenario.Enterprise).ThenRefused("date-in-future");
        scenario.When(Correct() with { On = Ask.Day("2026-06-13") }, People.C, Scenario.Enterprise).ThenRefused("date-too-early");
    }

    /// <summary>A major incident, determined by officer b, that opened a case.</summary>
    private static Scenario Opened() => Scenario.Registered().On("2026-06-16").Given(Ask.Grant("2025-06-15", Rules.Miit2024), People.A)
        .On("2026-06-16").Given(Ask.Incident("2026-06-14"), People.A, Scenario.Enterprise).Given(Ask.Determine("2026-06-15"), People.B, Scenario.Enterprise)
        .Given(Apply(), Actor.System);

    private static GrainCommand.ApplyFact Apply() => new(Incident, Ask.Day("2026-06-16"));

    private static GrainCommand.CorrectDetermination Correct(string? unit = null, IncidentLevel? level = null, string? document = null) =>
        new("incident-1", "mistyped", On: null, Department: null, document, unit, level);
}
