namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Results and removals that are published, and withdrawn from publication when they do not hold.</summary>
public sealed class PublicationTests
{
    // Twenty working days from Monday 2026-06-15, the Dragon Boat Festival among the days between.
    private const string LastDay = "2026-07-14";

    [Fact]
    public void A_result_is_published_within_twenty_working_days_of_its_confirmation()
    {
        var scenario = Checked();
        Assert.Equal(Ask.Day(LastDay), PublicationOf(scenario)!.DueBy);

        scenario.On(LastDay).When(new GrainCommand.WakeUp(), Actor.System).Then();
        scenario.On("2026-07-20").When(new GrainCommand.WakeUp(), Actor.System).Then(new GrainEvent.PublicationOverdue(Ask.Day("2026-07-15"), "check-1", null));
        // Late is better than never.
        scenario.When(Ask.Publish("check-1", "2026-07-20"), People.A).Then(new GrainEvent.ResultPublished(Ask.Day("2026-07-20"), "check-1", null, "https://example.org/1"));
        Assert.Equal((false, null), (PublicationOf(scenario)!.Overdue, PublicationOf(scenario)!.NextBy()));
    }

    [Fact]
    public void A_removal_is_published_and_nothing_else_that_is_decided()
    {
        Assert.Equal(Ask.Day(LastDay), Decided(CaseOutcome.Remove).Of(Scenario.Factory).Cases[0].Publication!.DueBy);
        Assert.Null(Decided(CaseOutcome.Dismiss).Of(Scenario.Factory).Cases[0].Publication);
    }

    [Fact]
    public void A_quashed_removal_is_withdrawn_within_three_working_days_by_an_event_that_corrects_its_publication()
    {
        var scenario = Decided(CaseOutcome.Remove).On("2026-06-16").Given(Ask.Publish("case-1", "2026-06-16"), People.A);
        scenario.Given(Ask.ServeDecision("case-1", "2026-06-16"), People.A);
        var published = scenario.Of(Scenario.Factory).Cases[0].Publication!.Version;

        // Wednesday; Friday is a holiday, and the weekend after it.
        scenario.On("2026-06-17").Given(Ask.Reinstate("case-1"), People.C);
        Assert.Equal(Ask.Day("2026-06-23"), scenario.Of(Scenario.Factory).Cases[0].Publication!.WithdrawBy);
        scenario.On("2026-06-24").When(Ask.Unpublish("case-1", "2026-06-24"), People.A).Then(
            new GrainEvent.PublicationOverdue(Ask.Day("2026-06-24"), null, "case-1"),
            new GrainEvent.PublicationWithdrawn(Ask.Day("2026-06-24"), null, "case-1", published, "set right", null));
        Assert.Equal(Ask.Day("2026-06-24"), scenario.Of(Scenario.Factory).Cases[0].Publication!.WithdrawnOn);
        scenario.When(Ask.Publish("case-1", "2026-06-24"), People.A).ThenRefused("publication-closed");
        scenario.When(Ask.Unpublish("case-1", "2026-06-24"), People.A).ThenRefused("publication-closed");
    }

    [Fact]
    public void A_removal_that_was_quashed_before_it_was_published_never_is()
    {
        var scenario = Decided(CaseOutcome.Remove).Given(Ask.Reinstate("case-1"), People.C);

        Assert.Null(scenario.Of(Scenario.Factory).Cases[0].Publication);
        scenario.When(Ask.Publish("case-1", "2026-06-15"), People.A).ThenRefused("nothing-to-publish");
    }

    [Fact]
    public void A_published_result_that_was_set_right_is_withdrawn_and_published_anew()
    {
        var scenario = Checked().Given(Ask.Publish("check-1", "2026-06-15"), People.A);
        var published = PublicationOf(scenario)!.Version;

        scenario.Given(Ask.Correct(scenario.Of(Scenario.Factory).Checks[0].Result!.Version, CheckOutcome.Minor), People.C);
        Assert.Equal(Ask.Day("2026-06-18"), PublicationOf(scenario)!.WithdrawBy);
        scenario.When(Ask.Unpublish("check-1", "2026-06-15"), People.A)
            .Then(new GrainEvent.PublicationWithdrawn(Ask.Day("2026-06-15"), "check-1", null, published, "set right", Ask.Day(LastDay)));
        Assert.Equal((Ask.Day(LastDay), null), (PublicationOf(scenario)!.DueBy, PublicationOf(scenario)!.On));
    }

    [Fact]
    public void A_result_that_was_set_right_before_it_was_published_is_published_as_it_is_then()
    {
        var scenario = Checked();

        scenario.Given(Ask.Correct(scenario.Of(Scenario.Factory).Checks[0].Result!.Version, CheckOutcome.Minor), People.C);

        Assert.Equal((Ask.Day(LastDay), null), (PublicationOf(scenario)!.NextBy(), PublicationOf(scenario)!.WithdrawBy));
    }

    [Fact]
    public void That_something_is_not_published_is_recorded_with_the_reason()
    {
        var scenario = Checked();

        scenario.When(Ask.Unpublish("check-1", "2026-06-15"), People.A).Then(new GrainEvent.PublicationWithdrawn(Ask.Day("2026-06-15"), "check-1", null, null, "set right", null));

        scenario.On("2026-08-03").When(new GrainCommand.WakeUp(), Actor.System).Then();
    }

    [Fact]
    public void A_publication_is_recorded_once_of_something_that_stands_and_not_for_tomorrow()
    {
        var scenario = Checked().On("2026-06-16");

        scenario.When(Ask.Publish("check-9", "2026-06-16"), People.A).ThenRefused("nothing-to-publish");
        scenario.When(Ask.Publish("check-1", "2026-06-17"), People.A).ThenRefused("date-in-future");
        scenario.When(Ask.Publish("check-1", "2026-06-14"), People.A).ThenRefused("date-too-early");
        scenario.When(Ask.Unpublish("check-1", "2026-06-17"), People.A).ThenRefused("date-in-future");
        scenario.When(Ask.Unpublish("check-1", "2026-06-14"), People.A).ThenRefused("date-too-early");
        scenario.Given(Ask.Publish("check-1", "2026-06-16"), People.A);
        scenario.When(Ask.Publish("check-1", "2026-06-16"), People.A).ThenRefused("already-published");
        scenario.When(Ask.Unpublish("check-1", "2026-06-15"), People.A).ThenRefused("date-too-early");
    }

    [Fact]
    public void Nothing_of_what_is_restricted_is_published()
    {
        var before = Checked().Given(new GrainCommand.Restrict("defence"), People.A);
        Assert.Null(PublicationOf(before));
        before.When(Ask.Publish("check-1", "2026-06-15"), People.A).ThenRefused("nothing-to-publish");
        Assert.Null(PublicationOf(Scenario.Listed().Given(new GrainCommand.Restrict("defence"), People.A).Checked(CheckOutcome.Clean, "2026-06-15")));

        Checked().Given(new GrainCommand.Restrict("defence"), People.A, Scenario.Enterprise)
            .When(Ask.Publish("check-1", "2026-06-15"), People.A).ThenRefused("restricted-not-published", Restriction.Article);
    }

    [Fact]
    public void A_merge_takes_publications_along()
    {
        var scenario = Checked().Given(Ask.Register(), People.A, Scenario.Factory2).Given(Ask.Publish("check-1", "2026-06-15"), People.A);

        scenario.Given(Ask.Merge(Scenario.Factory2), People.A);

        var taken = scenario.Of(Scenario.Factory2).Checks[0].Publication!;
        Assert.Equal("check-1", ((GrainEvent.EntityAbsorbed)scenario.Log(Scenario.Factory2)[(int)taken.Version! - 1].Read()).Check?.Id);
    }

    private static Scenario Checked()
    {
        var scenario = Scenario.Listed().On("2026-06-15");
        return scenario.Given(Ask.Result(scenario.Ordered(), CheckOutcome.Clean, "2026-06-15"), People.A);
    }

    private static Scenario Decided(CaseOutcome outcome)
    {
        var scenario = Scenario.Listed();
        return scenario.Given(Ask.Decide(scenario.Heard("2026-06-15"), outcome), People.B);
    }

    private static Publication? PublicationOf(Scenario scenario) => scenario.Of(Scenario.Factory).Checks[0].Publication;
}
