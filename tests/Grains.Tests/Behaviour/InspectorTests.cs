using Supervision.Grains.Inspectors;

namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Who may inspect what, and who says so.</summary>
public sealed class InspectorTests
{
    private static readonly GrainId Inspector = GrainId.Of(GrainKind.Inspector, "I-9");

    private static readonly GrainId Successor = EntityName.EnterpriseOf("继承有限公司");

    [Theory]
    [InlineData("430000", "430100", null)]
    [InlineData("430100", "430000", "out-of-scope")]
    [InlineData("440000", "440300", "out-of-scope")]
    [InlineData("440300", "440304", null)]
    [InlineData("430000", null, "out-of-scope")]
    [InlineData(null, null, null)]
    [InlineData(null, "440300", null)]
    public void A_province_covers_what_lies_below_it_but_not_its_planning_cities(string? scope, string? region, string? reason) =>
        Assert.Equal(reason, InspectorFitness.Unfit(Entry(scope), region, Scenario.Enterprise, Ask.Day("2026-06-15")));

    [Theory]
    [InlineData("2026-12-31", null)]
    [InlineData("2027-01-01", "certificate-expired")]
    public void The_certificate_is_valid_up_to_its_last_day(string on, string? reason) =>
        Assert.Equal(reason, InspectorFitness.Unfit(Entry("430000"), "430000", Scenario.Enterprise, Ask.Day(on)));

    [Fact]
    public void Nobody_of_that_number_one_who_retired_and_one_with_a_conflict_are_unfit()
    {
        var day = Ask.Day("2026-06-15");

        Assert.Equal("unknown", InspectorFitness.Unfit(null, "430000", Scenario.Enterprise, day));
        Assert.Equal("retired", InspectorFitness.Unfit(Entry("430000") with { Retired = true }, "430000", Scenario.Enterprise, day));
        Assert.Equal("retired", InspectorFitness.Unfit(Entry("430000") with { Retired = true, RetiredOn = day }, "430000", Scenario.Enterprise, day));
        Assert.Null(InspectorFitness.Unfit(Entry("430000") with { Retired = true, RetiredOn = day }, "430000", Scenario.Enterprise, day.AddDays(-1)));
        Assert.Equal("conflict", InspectorFitness.Unfit(Entry("430000") with { Conflicts = [Scenario.Enterprise] }, "430000", Scenario.Enterprise, day));
    }

    [Theory]
    [InlineData("2025-01-02", null)]
    [InlineData("2025-01-03", "inspector-unfit")]
    public void From_the_day_of_the_policy_on_inspectors_have_to_be_registered(string on, string? code)
    {
        var scenario = Scenario.Listed().On(on);
        scenario.Inspectors.Remove("I-2");

        var turn = scenario.Send(Ask.Random("2025-06-30"), People.A);

        Assert.Equal((code, code is null ? null : "inspectors"), (turn.Rejection?.Code, turn.Rejection?.Field));
        if (code is not null)
            Assert.Contains("I-2 cannot make this check: unknown", turn.Rejection!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_result_names_inspectors_who_were_fit_on_the_day_of_the_check()
    {
        var scenario = Scenario.Listed().On("2026-06-15");
        var check = scenario.Ordered();
        scenario.Inspectors["I-2"] = scenario.Inspectors["I-2"] with { CertificateValidUntil = Ask.Day("2026-06-16") };
        scenario.On("2026-06-20");

        scenario.When(Ask.Result(check, CheckOutcome.Clean, "2026-06-17"), People.A).ThenRefused("inspector-unfit", "行政处罚法 第四十二条; the day is configuration: that of 国办发〔2024〕54号");
        scenario.When(Ask.Result(check, CheckOutcome.Clean, "2026-06-16"), People.A).ThenTypes("check.passed");
    }

    [Fact]
    public void An_inspector_keeps_away_from_an_enterprise_and_what_belongs_to_it_until_the_conflict_ends()
    {
        var scenario = Scenario.Listed().On("2026-06-15")
            .Given(Ask.RegisterInspector(), People.Hunan, Inspector)
            .Given(new GrainCommand.RecordConflict(Scenario.Enterprise, "worked there"), People.A, Inspector);
        var order = Ask.Random("2026-07-31") with { Inspectors = ["I-1", "I-9"] };

        scenario.When(order, People.A).ThenRefused("inspector-unfit", "行政处罚法 第四十三条");
        scenario.When(new GrainCommand.EndConflict("conflict-1", "over"), People.A, Inspector).ThenRefused("second-person-needed");
        scenario.Given(new GrainCommand.EndConflict("conflict-1", "over"), People.B, Inspector)
            .When(order, People.A).ThenTypes("check.ordered");
    }

    [Fact]
    public void A_conflict_holds_for_every_identity_of_an_enterprise()
    {
        var scenario = Scenario.Registered().On("2026-06-15")
            .Given(new GrainCommand.Register("继承有限公司", "430000", null, null, null), People.A, Successor)
            .Given(Ask.Merge(Successor), People.A, Scenario.Enterprise)
            .Given(Ask.RegisterInspector(conflicts: Scenario.Enterprise), People.A, Inspector);

        Assert.Equal([Successor, Scenario.Enterprise], scenario.Inspectors["I-9"].Conflicts);
        scenario.When(new GrainCommand.RecordConflict(Successor, "worked there"), People.A, Inspector).ThenRefused("conflict-already-recorded");
    }

    [Fact]
    public void A_conflict_goes_along_when_its_enterprise_is_merged_later()
    {
        var scenario = new Scenario().On("2026-06-15")
            .Given(Ask.RegisterInspector(conflicts: Scenario.Enterprise), People.A, Inspector)
            .Given(new GrainCommand.FollowMerge(Scenario.Enterprise, Successor), Actor.System, Inspector);

        Assert.Equal([Scenario.Enterprise, Successor], scenario.Inspectors["I-9"].Conflicts);
    }

    [Fact]
    public void An_inspector_is_registered_by_who_answers_for_all_of_its_regions()
    {
        var scenario = new Scenario().On("2026-06-15");

        scenario.When(Ask.RegisterInspector("440000"), People.Hunan, Inspector).ThenRefused("inspector-out-of-scope");
        scenario.When(Ask.RegisterInspector(region: null), People.Hunan, Inspector).ThenRefused("inspector-out-of-scope");
        scenario.Given(Ask.RegisterInspector(), People.Hunan, Inspector);
        scenario.When(Ask.ChangeInspector(region: null), People.Hunan, Inspector).ThenRefused("inspector-out-of-scope");
        scenario.When(new GrainCommand.RetireInspector("left"), People.Guangdong, Inspector).ThenRefused("inspector-out-of-scope");
    }

    [Fact]
    public void Who_answers_for_an_enterprise_keeps_inspectors_of_others_away_from_it()
    {
        var scenario = Scenario.Registered().On("2026-06-15").Given(Ask.RegisterInspector(region: null), People.A, Inspector);

        scenario.When(new GrainCommand.RecordConflict(Scenario.Enterprise, "worked there"), People.Guangdong, Inspector).ThenRefused("inspector-out-of-scope");
        scenario.When(new GrainCommand.RecordConflict(Scenario.Enterprise, "worked there"), People.Hunan, Inspector).ThenTypes("inspector.conflict-recorded");
    }

    [Fact]
    public void A_number_that_differs_from_a_registered_one_by_case_alone_is_refused() =>
        new Scenario().On("2026-06-15").Given(Ask.RegisterInspector(), People.A, Inspector)
            .When(Ask.RegisterInspector(), People.A, GrainId.Of(GrainKind.Inspector, "i-9")).ThenRefused("inspector-looks-alike");

    [Theory]
    [InlineData("I-9", true)]
    [InlineData("Ｉ-9", false)]
    [InlineData("І-9", false)]
    [InlineData("I-9\u200b", false)]
    [InlineData("I_9", false)]
    [InlineData("-9", false)]
    [InlineData("", false)]
    public void Numbers_are_of_ascii_letters_digits_and_hyphens(string id, bool isKey) => Assert.Equal(isKey, GrainKind.Inspector.IsKey(id));

    private static InspectorEntry Entry(string? region) => new("I-9", region is null ? [] : [region], Ask.Day("2026-12-31"), [], [], Retired: false);
}
