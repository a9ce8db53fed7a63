namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Ways to a national title in Shenzhen, from which a municipal one follows (深工信规〔2024〕9号, from 2024-07-19).</summary>
internal static class DerivedPaths
{
    public const string Shenzhen = "440300";

    public const string Policy = "shenzhen-2024";

    public const string FirstDay = "2024-07-19";

    public const string Article = "深圳市工业和信息化局关于公布深圳市绿色工厂名单的通知, of 2024-08-16";

    public static readonly TitleRef Source = new(Rules.Miit2024, "green-factory", Level.National);

    public static readonly TitleRef Derived = new(Policy, "green-factory", Level.Municipal);

    public static readonly Actor City = People.Of(Level.Provincial, Shenzhen);

    /// <summary>The factory in Shenzhen, without a title.</summary>
    public static Scenario Registered() => new Scenario().Given(Ask.Register(region: Shenzhen), People.A);

    /// <summary>Granted by a list of 2023 under the rules of before, and entered on a day.</summary>
    public static Scenario Listed(string on = "2026-06-15", string? batch = "8") =>
        Registered().On(on).Given(Ask.Grant("2023-08-23") with { Batch = batch }, People.A);

    /// <summary>The national title removed.</summary>
    public static Scenario Removed(string on = "2026-06-15") => Listed().Decided(CaseOutcome.Remove, on, policy: Rules.Miit2024);

    /// <summary>The title that follows.</summary>
    public static Title Of(Scenario scenario) => scenario.Title(Derived);
}
