using Supervision.Grains.Behaviour;
using Supervision.Grains.Views;

namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Two entities of the register that turn out to be one.</summary>
public sealed class MergeTests
{
    private static readonly GrainId Coded = GrainId.Of(GrainKind.Enterprise, "91350100M000100Y43");

    [Fact]
    public void An_enterprise_is_merged_into_its_credit_code_which_need_not_be_registered()
    {
        var scenario = Scenario.Listed().On("2026-06-15");
        var outcome = scenario.When(Ask.Merge(Coded), People.Hunan, Scenario.Enterprise);

        outcome.ThenOn(Scenario.Enterprise, new GrainEvent.EntityMerged(Ask.Day("2026-06-15"), Coded, "certificate"))
            .ThenOn(
                Coded,
                new GrainEvent.EntityRegistered(Ask.Day("2026-06-15"), Scenario.Name, "430000", null, null, []),
                new GrainEvent.EntityAbsorbed(Ask.Day("2026-06-15"), Scenario.Enterprise, "certificate", null, null, null, null, null, null, null, null));
        var (old, now) = (View(scenario, Scenario.Enterprise), View(scenario, Coded));
        Assert.Equal((Coded, Scenario.Enterprise), (old.MergedInto, Assert.Single(now.Absorbed)));
        Assert.Null(RegisterColumns.Of(Scenario.Enterprise, scenario.Of(Scenario.Enterprise)).Search);
        Assert.Equal([Scenario.Name, Coded.Key, Scenario.Enterprise.Key.ToUpperInvariant()], RegisterColumns.Of(Coded, scenario.Of(Coded)).Search!.Split('\n'));
    }

    [Fact]
    public void Names_that_differ_are_kept_as_aliases_with_who_decided()
    {
        var scenario = Scenario.Registered().Given(Ask.Register("湖南某某（集团）有限公司"), People.A, Coded)
            .Given(Ask.Rename("2023-09-01"), People.A, Scenario.Enterprise).Given(Ask.Merge(Coded), People.B, Scenario.Enterprise);

        Assert.Equal(
            [
                new OtherName("湖南新名制造有限公司", NameStatus.Alias, Ask.Day("2023-09-01"), null, "certificate", "p-b"),
                new OtherName(Scenario.Name, NameStatus.Former, null, Ask.Day("2023-09-01"), null, "p-a"),
            ],
            scenario.Of(Coded).Names!);
    }

    [Fact]
    public void Bans_of_the_absorbed_follow_and_are_found_from_whatever_pointed_to_it()
    {
        var scenario = Scenario.Listed().Given(Ask.Register(), People.A, Scenario.Factory2).On("2023-10-09").Given(Ask.Register(), People.A, Coded)
            .Decided(CaseOutcome.Remove, "2023-10-09").Given(Ask.Merge(Coded), People.B, Scenario.Enterprise);

        Assert.Equal(["ban-1"], scenario.Of(Coded).Bans.Select(ban => ban.Id));
        Assert.Empty(scenario.Of(Scenario.Enterprise).Bans);
        Assert.Null(GrainBehaviour.NextWakeUp(scenario.Known(Scenario.Enterprise).State));
        // Both still name the enterprise by its old identity.
        scenario.When(Ask.Grant("2023-10-01"), People.A, Scenario.Factory2).ThenRefused("banned");
        scenario.When(new GrainCommand.ImportListing(Ask.Register(), Ask.Grant("2023-10-09")), People.Bootstrap, GrainId.Of(GrainKind.Factory, "N-2-F-0001")).ThenRefused("banned");
        scenario.When(Ask.Register() with { EnterpriseName = "乙公司" }, People.A, Scenario.Factory2).ThenRefused("enterprise-banned");

        scenario.When(Ask.Reinstate("case-1"), People.C).ThenOn(Coded, new GrainEvent.BanLifted(Ask.Day("2023-10-09"), "ban-1", "quashed"));
        scenario.When(Ask.Grant("2023-10-01"), People.A, Scenario.Factory2).ThenTypes("title.granted");
    }

    [Fact]
    public void A_removal_after_the_merge_bans_the_one_that_stays_and_new_subjects_name_it()
    {
        var scenario = Scenario.Listed().Given(Ask.Merge(Coded), People.B, Scenario.Enterprise).Given(Ask.Register(), People.A, Scenario.Factory2);
        Assert.Equal(Coded, scenario.Of(Scenario.Factory2).Enterprise);

        scenario.Decided(CaseOutcome.Remove, "2023-10-09");
        Assert.Equal((Coded, BanStatus.InForce), (scenario.Title().Removal!.Banned, Assert.Single(scenario.Of(Coded).Bans).Status));
        scenario.Given(Ask.Register(industry: "机械"), People.A);
        Assert.Equal(Coded, scenario.Of(Scenario.Factory).Enterprise);
    }

    [Fact]
    public void Bans_of_both_are_numbered_anew_and_lifted_each_for_itself()
    {
        var scenario = Scenario.Listed().Decided(CaseOutcome.Remove, "2023-10-09")
            .Given(Ask.Register(), People.A, Coded).Given(Ask.Register(enterprise: Coded), People.A, Scenario.Factory2)
            .Given(Ask.Grant("2023-08-23", Rules.Trial), People.A, Scenario.Factory2)
            .Decided(CaseOutcome.Remove, "2023-10-10", policy: Rules.Trial, to: Scenario.Factory2).Given(Ask.Merge(Coded), People.B, Scenario.Enterprise);
        Assert.Equal([("ban-1", Scenario.Factory2), ("ban-2", Scenario.Factory)], scenario.Of(Coded).Bans.Select(ban => (ban.Id, ban.Cause)));

        scenario.Given(Ask.Reinstate("case-1"), People.C);
        Assert.Equal([BanStatus.InForce, BanStatus.Lifted], scenario.Of(Coded).Bans.Select(ban => ban.Status));
    }

    [Fact]
    public void Titles_checks_and_cases_of_the_absorbed_go_on()
    {
        var scenario = Scenario.Registered().Given(Ask.Grant("2023-08-23", Rules.Trial, Level.Provincial, honour: "green-enterprise"), People.Hunan, Scenario.Enterprise);
        scenario.Checked(CheckOutcome.Clean, "2023-10-09", policy: Rules.Trial, to: Scenario.Enterprise);
        scenario.Given(Ask.Open(policy: Rules.Trial), People.Hunan, Scenario.Enterprise);
        var before = scenario.Of(Scenario.Enterprise);

        scenario.When(Ask.Merge(Coded), People.A, Scenario.Enterprise).ThenRefused("not-issuing-authority");
        scenario.Given(Ask.Merge(Coded), People.Hunan, Scenario.Enterprise);

        var (old, now) = (scenario.Of(Scenario.Enterprise), scenario.Of(Coded));
        Assert.Empty(old.Titles);
        Assert.Equal(Assert.Single(before.Titles) with { GrantVersion = 3 }, Assert.Single(now.Titles));
        Assert.Equal((4, 1), (Assert.Single(now.Checks).Result!.Version, now.Titles[0].CleanChecks));
        Assert.Equal(before.Cases, now.Cases);
        scenario.When(Ask.Correct(4, CheckOutcome.Minor), People.C, Coded).ThenTypes("result.corrected");
        Assert.Equal(0, scenario.Of(Coded).Titles[0].CleanChecks);
        scenario.Checked(CheckOutcome.Clean, "2023-10-16", policy: Rules.Trial, to: Coded);
        Assert.Equal("check-2", scenario.Of(Coded).Checks[^1].Id);
    }

    [Fact]
    public void A_removed_title_of_the_absorbed_can_still_be_reinstated()
    {
        var scenario = Scenario.Registered().Given(Ask.Grant("2023-08-23", Rules.Trial, Level.Provincial, honour: "green-enterprise"), People.Hunan, Scenario.Enterprise);
        var id = scenario.On("2023-10-09").Heard("2023-10-09", policy: Rules.Trial, to: Scenario.Enterprise);
        scenario.Given(Ask.Decide(id, CaseOutcome.Remove), People.Hunan, Scenario.Enterprise).Given(Ask.Merge(Coded), People.Hunan, Scenario.Enterprise);
        Assert.Equal((Coded, Coded), (scenario.Of(Coded).Bans[0].Cause, scenario.Of(Coded).Titles[0].Removal!.Banned));

        scenario.When(Ask.Reinstate(id, Rules.Trial), People.Hunan, Coded).ThenTypes("title.reinstated", "ban.lifted");
    }

    [Fact]
    public void Two_enterprises_that_both_hold_titles_are_not_merged()
    {
        var grant = Ask.Grant("2023-08-23", Rules.Trial, Level.Provincial, honour: "green-enterprise");
        var scenario = Scenario.Registered().Given(grant, People.Hunan, Scenario.Enterprise).Given(Ask.Register(), People.A, Coded).Given(grant, People.Hunan, Coded);

        scenario.When(Ask.Merge(Coded), People.Hunan, Scenario.Enterprise).ThenRefused("both-hold-titles");
    }

    [Fact]
    public void What_cannot_be_merged_is_refused()
    {
        var other = EntityName.EnterpriseOf("别的公司");
        var third = EntityName.EnterpriseOf("第三公司");
        var scenario = Scenario.Registered().Given(Ask.Register("别的公司"), People.A, other);

        scenario.When(Ask.Merge(Scenario.Enterprise), People.A, Scenario.Enterprise).ThenRefused("merge-into-itself");
        scenario.When(Ask.Merge(Scenario.Factory), People.A, Scenario.Enterprise).ThenRefused("merge-across-kinds");
        scenario.When(Ask.Merge(third), People.A, Scenario.Enterprise).ThenRefused("not-registered");
        scenario.When(Ask.Merge(other), People.Guangdong, Scenario.Enterprise).ThenRefused("out-of-scope");
        scenario.Given(Ask.Merge(other), People.A, Scenario.Enterprise);

        // Once merged, twice, in a circle, and from a credit code.
        scenario.When(Ask.Merge(other), People.A, Scenario.Enterprise).ThenRefused("merged");
        scenario.When(Ask.Merge(Scenario.Enterprise), People.A, other).ThenRefused("merged");
        scenario.When(Ask.Rename("2023-09-01"), People.A, Scenario.Enterprise).ThenRefused("merged");
        scenario.Given(Ask.Merge(Coded), People.A, other).When(Ask.Merge(other), People.A, Coded).ThenRefused("credit-code-stays", "GB 32100");
        Assert.Equal([other, Scenario.Enterprise], scenario.Of(Coded).Absorbed!);
        scenario.Given(Ask.Register(), People.A, Scenario.Factory2);
        Assert.Equal(Coded, scenario.Of(Scenario.Factory2).Enterprise);
    }

    [Fact]
    public void Entities_of_other_kinds_are_merged_too_and_their_old_row_changes_nothing()
    {
        var (listed, noticed) = (GrainId.Of(GrainKind.Park, "N-1-P-0001"), GrainId.Of(GrainKind.Park, "X-1"));
        var row = new GrainCommand.ImportListing(Ask.Register("江苏省泰兴经济开发区", "320000"), Ask.Grant("2017-08-23"));
        var scenario = Scenario.Registered().Given(row, People.Bootstrap, listed)
            .Given(Ask.Register("泰兴经济技术开发区", "320000") with { Relations = [new(Relation.MemberType, Scenario.Factory)] }, People.A, noticed)
            .Given(Ask.Merge(listed), People.A, noticed);

        Assert.Equal("泰兴经济技术开发区", Assert.Single(scenario.Of(listed).Names!).Name);
        Assert.Contains(new Relation(Relation.MemberType, Scenario.Factory), scenario.Of(listed).Relations);
        scenario.When(row, People.Bootstrap, noticed).Then();
        scenario.When(new GrainCommand.ImportListing(row.Entity, Ask.Grant("2023-08-23", Rules.Trial)), People.Bootstrap, noticed).ThenRefused("honour-not-granted");
    }

    [Fact]
    public void A_host_that_did_not_follow_a_merge_is_told_and_decides_nothing()
    {
        var scenario = Scenario.Listed().Given(Ask.Merge(Coded), People.A, Scenario.Enterprise);
        var context = new DecisionContext(scenario.Now, People.A, Rules.Book, new Dictionary<GrainId, KnownGrain> { [Scenario.Enterprise] = scenario.Known(Scenario.Enterprise) });

        var turn = GrainBehaviour.Decide(Scenario.Factory, scenario.Known(Scenario.Factory), Ask.Grant("2023-08-30", Rules.Trial), null, context);

        Assert.Equal("merged", turn.Rejection?.Code);
        Assert.Empty(turn.Target.Events);
    }

    private static EntityView View(Scenario scenario, GrainId grain) => EntityViews.Of(grain, scenario.Of(grain), 1);
}
