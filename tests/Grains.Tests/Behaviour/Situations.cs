namespace Supervision.Grains.Tests.Behaviour;

/// <summary>
/// The situations of the table of outcomes. Each ends at noon of the day on which the command is sent, most on
/// 2026-06-15, with nothing due.
/// </summary>
internal static class Situations
{
    private const string Day = "2026-06-15";

    public static IReadOnlyDictionary<string, Func<Scenario>> All { get; } = new Dictionary<string, Func<Scenario>>
    {
        ["absent"] = () => new Scenario().On(Day),
        ["registered"] = () => Scenario.Registered().On(Day),
        ["listed"] = Listed,
        ["restricted"] = () => Listed().Given(new GrainCommand.Restrict("defence"), People.A),
        ["planned"] = Planned,
        ["approved"] = Approved,
        ["notified"] = () => Approved().Given(new GrainCommand.NotifyCheck("check-1", Ask.Day(Day), "letter"), People.A),
        ["recorded"] = () => Approved().Given(Ask.Result("check-1", CheckOutcome.Clean, Day), People.Inspector1),
        ["confirmed"] = () => Approved().Given(Ask.Result("check-1", CheckOutcome.Clean, Day), People.A),
        ["cancelled"] = () => Approved().Given(new GrainCommand.CancelCheck("check-1", "mistake"), People.A),
        ["exempt"] = () => Scenario.Listed(Rules.Trial).Exempted(Rules.Trial).On(Day),
        ["case opened"] = CaseOpened,
        ["case served"] = CaseServed,
        // Five working days from Monday, the Dragon Boat Festival on Friday among them.
        ["window ended"] = () => CaseServed().On("2026-06-24").Given(new GrainCommand.WakeUp(), Actor.System),
        ["statement"] = () => CaseServed().Given(Ask.State("case-1"), People.A),
        ["rectifying"] = Rectifying,
        ["removed"] = Removed,
        ["ban ended"] = () => Removed().On("2029-06-15").Given(new GrainCommand.WakeUp(), Actor.System, Scenario.Enterprise),
        ["reinstated"] = () => Removed().Given(Ask.Reinstate("case-1", Rules.Trial), People.C),
        ["dismissed"] = () => Listed().Decided(CaseOutcome.Dismiss, Day, policy: Rules.Trial),
        ["case withdrawn"] = CaseWithdrawn,
        ["rectified"] = () => Rectifying().Given(Ask.Complete(Day), People.A),
        ["rectification overdue"] = () => Rectifying().On("2026-07-16").Given(new GrainCommand.WakeUp(), Actor.System),
        ["check overdue"] = () => Approved().On("2026-08-01").Given(new GrainCommand.WakeUp(), Actor.System),
        // What was ordered before the title was lost is over with the next one.
        ["granted anew"] = () => Rectifying().Decided(CaseOutcome.Remove, Day, policy: Rules.Trial)
            .On("2029-06-15").Given(new GrainCommand.WakeUp(), Actor.System, Scenario.Enterprise).Given(Ask.Grant("2029-06-15", Rules.Trial), People.A),
        ["enterprise banned"] = () => Scenario.Registered()
            .Given(Ask.Register(), People.A, Scenario.Factory2)
            .Given(Ask.Grant("2023-08-23", Rules.Trial), People.A, Scenario.Factory2)
            .Decided(CaseOutcome.Remove, Day, policy: Rules.Trial, to: Scenario.Factory2),
    };

    private static Scenario Listed() => Scenario.Listed(Rules.Trial).On(Day);

    private static Scenario Planned() => Listed().Given(Ask.Random("2026-07-31", Rules.Trial), People.A);

    private static Scenario Approved() => Planned().Given(new GrainCommand.ApproveCheck("check-1"), People.C);

    private static Scenario CaseOpened() => Listed().Given(Ask.Open(policy: Rules.Trial), People.A);

    private static Scenario CaseServed() => CaseOpened().Given(Ask.Serve("case-1", Day), People.A);

    private static Scenario Rectifying() => Listed().Decided(CaseOutcome.Rectify, Day, policy: Rules.Trial);

    /// <summary>A refused check opened it, which turned out to have been clean.</summary>
    private static Scenario CaseWithdrawn()
    {
        var refused = Listed().Checked(CheckOutcome.Refused, Day, policy: Rules.Trial);
        return refused.Given(Ask.Correct(refused.Of(Scenario.Factory).Checks[0].Result!.Version, CheckOutcome.Clean), People.B);
    }

    private static Scenario Removed() => Listed().Decided(CaseOutcome.Remove, Day, policy: Rules.Trial);
}
