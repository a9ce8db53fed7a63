namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Ways through energy-conservation inspection: on an enterprise that makes a listed product.</summary>
internal static class EnergyPaths
{
    public static readonly GrainId Product = GrainId.Of(GrainKind.Product, "N-1-D-0001");

    /// <summary>The factory, and a product of the same enterprise, both with a title.</summary>
    public static Scenario Making() => Scenario.Listed()
        .Given(Ask.Register("清洁剂") with { EnterpriseName = Scenario.Name }, People.A, Product)
        .Given(Ask.Grant("2023-08-23", honour: "green-design-product"), People.A, Product);

    public static Scenario ListedForEnergy(this Scenario scenario) => scenario.On("2026-05-25").Given(Ask.ListEnergy(2026), People.Hunan, Scenario.Enterprise);

    /// <summary>Told on Monday, 2026-06-01; the fifth working day is the 8th.</summary>
    public static Scenario NotifiedOfEnergy(this Scenario scenario) =>
        scenario.ListedForEnergy().On("2026-06-01").Given(Ask.NotifyEnergy("2026-06-01", "2026-06-10"), People.Hunan, Scenario.Enterprise);

    public static Scenario Inspected(this Scenario scenario, EnergyOutcome outcome) =>
        scenario.NotifiedOfEnergy().On("2026-06-10").Given(Ask.EnergyResult(outcome, "2026-06-10"), People.Hunan, Scenario.Enterprise);

    public static Scenario Heard(this Scenario scenario) =>
        scenario.Inspected(EnergyOutcome.Violations).On("2026-06-11").Given(Ask.HearEnergy("2026-06-11"), People.Hunan, Scenario.Enterprise);

    /// <summary>Served on 2026-06-12, so that the sixty days end on 2026-08-11.</summary>
    public static Scenario Rectifying(this Scenario scenario) =>
        scenario.Heard().On("2026-06-12").Given(Ask.OrderEnergy("2026-06-12"), People.Hunan, Scenario.Enterprise);

    public static Scenario Missed(this Scenario scenario) =>
        scenario.Rectifying().On("2026-08-12").Given(new GrainCommand.WakeUp(), Actor.System, Scenario.Enterprise);

    public static EnergyInspection Entry(this Scenario scenario, int place = 0) => scenario.Of(Scenario.Enterprise).EnergyInspections![place];
}
