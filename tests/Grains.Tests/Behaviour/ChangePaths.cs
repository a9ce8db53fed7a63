namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Ways through changes: on a factory in Changsha with a provincial title under the rule of 2024.</summary>
internal static class ChangePaths
{
    public const string Changsha = "430100";

    public const string Zhuzhou = "430200";

    public const string FilingArticle = "configuration: not stated in the source; Shandong (2023) and Sichuan (2022) have 30 working days";

    public const string VerifyingArticle = "configuration: not stated in the source; 黑龙江实施细则 第三十一条 has the city verify";

    public const string DecidingArticle = "configuration: not stated in the source; 黑龙江实施细则 第三十一条 has them reported with the recommendation";

    public static readonly GrainId Successor = EntityName.EnterpriseOf("湖南存续股份有限公司");

    public static readonly GrainId Successor2 = EntityName.EnterpriseOf("湖南新设股份有限公司");

    public static readonly Actor City = People.Of(Level.Municipal, Changsha);

    public static readonly Actor OtherCity = People.Of(Level.Municipal, Zhuzhou);

    /// <summary>The factory, and the enterprises of the two other names.</summary>
    public static Scenario Held() => new Scenario().Given(Ask.Register(region: Changsha), People.A)
        .Given(Ask.Register("湖南存续股份有限公司", Changsha), People.A, Successor)
        .Given(Ask.Register("湖南新设股份有限公司", Changsha), People.A, Successor2)
        .On("2026-05-06").Given(Ask.Grant("2025-06-15", Rules.Miit2024, Level.Provincial), People.Hunan);

    /// <summary>Completed on Monday, 2026-06-01; the thirtieth working day is Tuesday, 2026-07-14.</summary>
    public static Scenario Filed(this Scenario scenario, ChangeKind kind = ChangeKind.Restructuring, string on = "2026-06-10", string? region = null, params GrainId[] successors) =>
        scenario.On(on).Given(Ask.FileChange(kind, "2026-06-01", region, successors), People.A);

    public static Scenario Verified(this Scenario scenario, string on = "2026-06-15", bool confirmed = true) =>
        scenario.On(on).Given(Ask.VerifyChange(on, confirmed), City);

    public static Scenario Accepted(this Scenario scenario, string on = "2026-06-22") => scenario.On(on).Given(Ask.DecideChange(), People.Hunan);

    /// <summary>Merged into the successor; the title waits for the province's decision.</summary>
    public static Scenario Merged() => Held().Filed(ChangeKind.Merger, successors: Successor).Verified().Accepted();

    public static Change Change(this Scenario scenario, GrainId? grain = null) => scenario.Of(grain ?? Scenario.Factory).Changes![0];
}
