using Supervision.Grains.Behaviour;
using Supervision.Grains.Policies;

namespace Supervision.Grains.Tests.Behaviour;

/// <summary>What a refusal cites is of the policy that the title is under, not of another document.</summary>
public sealed class PolicyArticleTests
{
    private const string Day = "2026-06-15";

    [Theory]
    [InlineData("miit-2016", "product", Level.National, null, "2023-06-15", "四(二)", "failed-spot-check", "五(五)", "工信厅节函〔2016〕586号")]
    [InlineData("miit-2024", "factory", Level.Provincial, "430000", "2025-06-15", "第七条、第十一条、第十二条", "report-refused", "第十六条", "工信部节〔2024〕13号")]
    [InlineData("hunan-2017", "factory", Level.Provincial, "430000", "2018-11-01", "三.4", "failed-re-evaluation", "湘工信节能〔2020〕454号, by which the titles of 2017 to 2019 were reviewed in 2022", "湘经信节能〔2017〕15号")]
    [InlineData("hunan-product", "product", Level.Provincial, "430000", "2021-03-01", "制定说明 三.1", "failed-re-evaluation", "制定说明 三.5", "湘工信节能〔2020〕93号")]
    [InlineData("shenzhen-2022", "factory", Level.Municipal, "440300", "2023-03-01", "第七条", "failed-re-evaluation", "第二十一条至第二十四条, as 起草说明 三(五) has them", "深工信规〔2022〕3号")]
    [InlineData("shenzhen-2024", "factory", Level.Municipal, "440300", "2024-08-16", "第二条", "report-refused", "inherited from miit-2024: 第十六条", "深工信规〔2024〕9号")]
    [InlineData("huzhou-product", "product", Level.Municipal, "330500", "2025-06-15", "湖州绿色产品认证从试点迈向示范, milestone of 2018.11", "not-conforming", "认证认可条例 第二十六条", "湖州绿色产品认证试点实施规则, of August 2018")]
    public void A_refusal_cites_the_policy_of_the_title(
        string policy, string kind, Level level, string? region, string on, string grantArticle, string ground, string groundArticle, string document)
    {
        var grain = GrainId.Of(GrainKind.Of(kind), "L-0001");
        var issuing = region is null ? People.A : People.Of(level, region);
        var second = issuing with { Id = "p-second", Person = "second" };
        var scenario = new Scenario().On(Day)
            .Given(Ask.Register(region: region ?? "430000") with { EnterpriseName = kind == "product" ? "甲公司" : null }, People.A, grain);

        scenario.When(Ask.Grant(on, policy, level, honour: "no-such"), issuing, grain).ThenRefused("honour-not-granted", document);
        scenario.When(Ask.Grant(on, policy, level), level == Level.National ? People.Hunan : People.A, grain).ThenRefused("not-issuing-authority", grantArticle);
        scenario.Given(Ask.Grant(on, policy, level), issuing, grain).Checked(CheckOutcome.Clean, Day, policy: policy, to: grain);
        scenario.When(Ask.Result("check-1", CheckOutcome.Clean, Day), People.A, grain).ThenRefused("result-already-recorded", "contract");

        scenario.Given(Ask.Open(ground, policy), issuing, grain).Given(Ask.Serve("case-1", Day), issuing, grain).Given(Ask.State("case-1"), issuing, grain)
            .Given(Ask.Decide("case-1", CaseOutcome.Remove), second, grain);
        scenario.When(Ask.Random("2026-07-31", policy), issuing, grain).ThenRefused("title-not-in-force", groundArticle);
    }

    [Fact]
    public void A_suspended_title_is_not_in_force_by_what_suspended_it() => CertificatePaths.Suspended()
        .When(Ask.Random("2026-07-31", CertificatePaths.Policy), CertificatePaths.Huzhou, CertificatePaths.Product)
        .ThenRefused("title-not-in-force", "configuration: not stated in the source; as of compulsory certification (CCC)");

    [Fact]
    public void A_title_that_was_given_up_is_not_in_force_by_the_rule_of_giving_up() => Scenario.Listed().On("2023-10-09")
        .Given(new GrainCommand.WithdrawTitle(new TitleChoice(Rules.Miit), Ask.Day("2023-10-09"), "N-1"), People.A)
        .When(Ask.Random("2023-11-30"), People.A)
        .ThenRefused("title-not-in-force", "configuration: not stated in the source; Shenzhen's district of Luohu asked for a letter in 2025");

    [Fact]
    public void A_title_that_lapsed_is_not_in_force_by_the_document_of_its_policy() => ChangePaths.Merged()
        .Given(Ask.Succession(SuccessionOutcome.Ends), People.Hunan)
        .When(Ask.Random("2026-07-31", Rules.Miit2024), People.A)
        .ThenRefused("title-not-in-force", "工信部节〔2024〕13号");

    [Fact]
    public void A_transferred_title_is_exempt_by_the_policy_under_which_it_earned_that()
    {
        var silent = Rules.Book[Rules.Miit2024] with { Transfers = null };
        silent = silent with { Checks = silent.Checks with { Exemption = null } };
        var rules = new RuleBook([Rules.Book[Rules.Miit], silent], Rules.Book.Calendar);
        var exempt = Scenario.Listed().Exempted().Title();

        Assert.Equal("五(五)", Exemptions.ArticleOf(exempt with { Ref = new TitleRef(Rules.Miit2024, "green-factory", Level.National), Formerly = [new FormerTitle(Scenario.MiitTitle, Ask.Day(Day))] }, rules));
    }
}
