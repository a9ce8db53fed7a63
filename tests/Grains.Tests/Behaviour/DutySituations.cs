namespace Supervision.Grains.Tests.Behaviour;

/// <summary>The situations of the table of duties: a title granted on 2026-03-02 under a policy that asks for everything.</summary>
internal static class DutySituations
{
    private const string Day = "2026-04-15";

    public static readonly TitleRef Title = new(Rules.Duties, "green-factory", Level.National);

    public static IReadOnlyDictionary<string, Func<Scenario>> All { get; } = new Dictionary<string, Func<Scenario>>
    {
        ["expected"] = Expected,
        ["filed"] = Filed,
        ["returned"] = () => Filed().Given(new GrainCommand.ReturnDeclaration("declaration-1", "mistyped"), People.A),
        ["accepted"] = () => Filed().Given(new GrainCommand.AcceptDeclaration("declaration-1", Score: null), People.A),
        ["overdue"] = Overdue,
        ["demanded"] = Demanded,
        ["refused"] = () => Woken(Demanded(), "2026-05-18"),
        ["triggered"] = Triggered,
        ["reported"] = Reported,
        ["missed"] = () => Woken(Triggered(), "2026-05-18"),
        ["passed"] = () => Reported().Given(Ask.Conclude(ReEvaluationOutcome.Passed, Day), People.A),
        ["failed"] = () => Reported().Given(Ask.Conclude(ReEvaluationOutcome.Failed, Day), People.A),
        ["practice filed"] = PracticeFiled,
        ["practice approved"] = () => PracticeFiled().Given(new GrainCommand.ApproveGoodPractice("good-practice-1"), People.C),
        ["removed"] = () => Expected().Decided(CaseOutcome.Remove, Day, policy: Rules.Duties),
    };

    public static Scenario Expected() => Scenario.Registered().On("2026-03-02").Given(Ask.Grant("2026-03-02", Rules.Duties), People.A).On(Day);

    public static Scenario Filed() => Expected().Given(Ask.File(2025), People.A);

    public static Scenario Overdue() => Woken(Expected(), "2026-05-04");

    public static Scenario Demanded() => Overdue().Given(Ask.Demand("2026-05-04"), People.A);

    public static Scenario Triggered() => Expected().Given(Ask.Trigger(Day), People.A);

    public static Scenario Reported() => Triggered().Given(Ask.Report(Day), People.A);

    public static Scenario Woken(Scenario scenario, string day) => scenario.On(day).Given(new GrainCommand.WakeUp(), Actor.System);

    private static Scenario PracticeFiled() => Expected().Given(new GrainCommand.FileGoodPractice(new TitleChoice(Rules.Duties), "heat"), People.A);
}
