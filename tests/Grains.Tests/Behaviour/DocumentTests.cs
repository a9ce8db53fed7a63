namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Documents that commands carry: which event names them, and what the grain remembers.</summary>
public sealed class DocumentTests
{
    private static readonly string[] Two = [new('1', 64), new('2', 64)];

    [Fact]
    public void The_first_event_that_a_command_brings_about_names_its_documents()
    {
        var scenario = Heard();

        var turn = scenario.Send(Ask.Decide("case-1", CaseOutcome.Remove) with { Documents = Two }, People.B);

        Assert.Equal(["case.decided", "title.removed"], turn.Target.Events.Select(acted => acted.Event.Type));
        Assert.Equal([Two, null], turn.Target.Events.Select(acted => acted.Event.Documents));
        Assert.All(turn.Others.SelectMany(change => change.Events), acted => Assert.Null(acted.Event.Documents));
    }

    [Fact]
    public void What_time_alone_brings_about_names_none()
    {
        var scenario = Scenario.Listed().Checked(CheckOutcome.Failed, "2026-06-15").Given(Ask.Serve("case-1", "2026-06-15"), People.A).On("2026-06-24");

        var turn = scenario.Send(Ask.Decide("case-1", CaseOutcome.Dismiss) with { Documents = Two }, People.B);

        Assert.Equal(["window.ended", "case.decided"], turn.Target.Events.Select(acted => acted.Event.Type));
        Assert.Equal([null, Two], turn.Target.Events.Select(acted => acted.Event.Documents));
    }

    [Fact]
    public void The_grain_remembers_which_event_names_a_document_and_what_it_is_about()
    {
        var scenario = Heard();
        var version = scenario.Known(Scenario.Factory).Version;

        scenario.Given(Ask.Decide("case-1", CaseOutcome.Remove) with { Documents = Two }, People.B);

        Assert.Equal(
            [new NamedDocument(Two[0], "case.decided", version + 1, "case-1"), new NamedDocument(Two[1], "case.decided", version + 1, "case-1")],
            scenario.Of(Scenario.Factory).Documents!);
    }

    [Fact]
    public void A_refused_command_leaves_none_behind()
    {
        var scenario = Heard();

        scenario.When(Ask.Decide("case-9", CaseOutcome.Remove) with { Documents = Two }, People.B).ThenRefused("case-not-found");

        Assert.Null(scenario.Of(Scenario.Factory).Documents);
    }

    [Fact]
    public void A_result_that_waits_and_its_confirmation_are_about_the_check()
    {
        var scenario = Scenario.Listed().On("2026-06-15");
        var check = scenario.Ordered();
        scenario.Given(Ask.Result(check, CheckOutcome.Clean, "2026-06-15") with { Documents = Two }, People.Inspector1)
            .Given(new GrainCommand.ConfirmResult(check), People.C);

        Assert.Equal([("result.recorded", check), ("result.recorded", check)], scenario.Of(Scenario.Factory).Documents!.Select(named => (named.Type, named.Of)));
    }

    [Fact]
    public void After_a_merge_the_entity_that_stays_has_the_documents_of_both_and_that_of_the_merge()
    {
        var scenario = Heard().Given(Ask.Register(), People.A, Scenario.Factory2);
        scenario.Given(Ask.State("case-1") with { Documents = [Two[0]] }, People.A);

        scenario.Given(Ask.Merge(Scenario.Factory2) with { Documents = [Two[1]] }, People.B);

        Assert.Equal(
            [(Two[0], "statement.received", "case-1"), (Two[1], "entity.merged", null)],
            scenario.Of(Scenario.Factory2).Documents!.Select(named => (named.Sha256, named.Type, named.Of)));
        Assert.All(scenario.Of(Scenario.Factory2).Documents!, named => Assert.Equal(scenario.Known(Scenario.Factory2).Version, named.Version));
    }

    [Fact]
    public void As_many_documents_as_there_are_go_along_with_a_merge()
    {
        var scenario = Scenario.Registered().On("2026-06-15").Given(Ask.Register(), People.A, Scenario.Factory2);
        for (var n = 0; n < 25; n++)
        {
            string[] some = [.. Enumerable.Range(n * 20, 20).Select(place => place.ToString("x64"))];
            scenario.Given(Ask.Alias($"湖南某某{n}") with { Documents = some }, People.A);
        }

        scenario.Given(Ask.Merge(Scenario.Factory2), People.B);

        Assert.Equal(Enumerable.Range(0, 500).Select(place => place.ToString("x64")), scenario.Of(Scenario.Factory2).Documents!.Select(named => named.Sha256));
        Assert.All(scenario.Recorded(Scenario.Factory2), recorded => Assert.True(LedgerJson.Write(recorded.Event).Length < 60_000));
    }

    /// <summary>A factory whose failed check has become a case that may be decided, by b or c.</summary>
    private static Scenario Heard()
    {
        var scenario = Scenario.Listed().Checked(CheckOutcome.Failed, "2026-06-15");
        scenario.Given(Ask.Serve("case-1", "2026-06-15"), People.A).On("2026-06-24").Given(new GrainCommand.WakeUp(), Actor.System);
        return scenario;
    }
}
