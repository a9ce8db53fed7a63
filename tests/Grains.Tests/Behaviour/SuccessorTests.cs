namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Enterprises that go on in others, and the bans that follow them there.</summary>
public sealed class SuccessorTests
{
    private static readonly string Article = Rules.Book[Rules.Miit].Ban!.Years.Article;

    private static readonly GrainId Heir = EntityName.EnterpriseOf("继承有限公司");

    private static readonly GrainId Heir2 = EntityName.EnterpriseOf("再继承有限公司");

    private static readonly GrainId Product = EnergyPaths.Product;

    [Fact]
    public void A_ban_in_force_binds_the_successor_across_kinds()
    {
        var scenario = Banned();

        scenario.When(Record(Heir, "2026-06-20"), People.Hunan, Scenario.Enterprise)
            .ThenOn(Scenario.Enterprise, new GrainEvent.SuccessorRecorded(Ask.Day("2026-06-20"), Heir, ChangeKind.Merger, "N-7"))
            .ThenOn(
                Heir,
                new GrainEvent.PredecessorRecorded(Ask.Day("2026-06-20"), Scenario.Enterprise, ChangeKind.Merger, "N-7"),
                new GrainEvent.BanImposed(
                    Ask.Day("2026-06-20"), "ban-1", Rules.Miit, Article, Scenario.Factory, "case-1", Ask.Day("2029-06-14"), Scenario.Enterprise, Ask.Day("2026-06-15")));
        scenario.When(Ask.Grant("2026-06-20", "hunan-product", Level.Provincial), People.Hunan, Product).ThenRefused("banned", Article);
    }

    [Fact]
    public void A_case_that_was_open_binds_the_successor_when_it_is_decided()
    {
        var scenario = Enterprises();
        var id = scenario.Heard("2026-06-15");
        scenario.On("2026-06-16").Given(Record(Heir, "2026-06-16"), People.Hunan, Scenario.Enterprise)
            .Given(Record(Heir2, "2026-06-16"), People.Hunan, Heir);

        scenario.Given(Ask.Decide(id, CaseOutcome.Remove), People.B);

        Assert.Equal([Scenario.Enterprise, Heir], new[] { Heir, Heir2 }.Select(grain => Assert.Single(scenario.Of(grain).Bans).Of!.Value));
        scenario.Given(Ask.Reinstate(id), People.C);
        Assert.All(new[] { Scenario.Enterprise, Heir, Heir2 }, grain => Assert.Equal(BanStatus.Lifted, scenario.Of(grain).Bans.Single().Status));
    }

    [Fact]
    public void A_case_that_was_opened_later_does_not_bind_the_successor()
    {
        var scenario = Enterprises().On("2026-06-14").Given(Record(Heir, "2026-06-14"), People.Hunan, Scenario.Enterprise).Decided(CaseOutcome.Remove, "2026-06-15");

        Assert.Single(scenario.Of(Scenario.Enterprise).Bans);
        Assert.Empty(scenario.Of(Heir).Bans);
    }

    [Fact]
    public void Neither_does_one_that_was_opened_after_the_day_of_a_succession_recorded_late()
    {
        var scenario = Banned().Given(Record(Heir, "2026-06-14"), People.Hunan, Scenario.Enterprise);

        Assert.Empty(scenario.Of(Heir).Bans);
    }

    [Fact]
    public void A_ban_ends_at_the_successor_with_its_last_day()
    {
        var scenario = Banned().Given(Record(Heir, "2026-06-20"), People.Hunan, Scenario.Enterprise).On("2029-06-15");

        scenario.When(new GrainCommand.WakeUp(), Actor.System, Heir).Then(new GrainEvent.BanEnded(Ask.Day("2029-06-15"), "ban-1"));
    }

    [Fact]
    public void A_succession_that_was_none_is_taken_back_by_another_person_with_what_it_bound()
    {
        var scenario = Banned().Given(Record(Heir, "2026-06-20"), People.Hunan, Scenario.Enterprise).Given(Record(Heir2, "2026-06-20"), People.A, Heir);
        var retract = new GrainCommand.RetractSuccessor(Heir, "mistake");
        Assert.Single(scenario.Of(Heir2).Bans);

        scenario.When(retract, People.Hunan, Scenario.Enterprise).ThenRefused("second-person-needed");
        scenario.When(new GrainCommand.RetractSuccessor(Heir2, "mistake"), People.A, Scenario.Enterprise).ThenRefused("successor-not-found");
        scenario.Given(retract, People.A, Scenario.Enterprise);

        Assert.All(new[] { Heir, Heir2 }, grain => Assert.Equal(BanStatus.Lifted, Assert.Single(scenario.Of(grain).Bans).Status));
        Assert.Equal(BanStatus.InForce, scenario.Of(Scenario.Enterprise).Bans.Single().Status);
        Assert.Equal((null, null), (scenario.Of(Scenario.Enterprise).Successors, scenario.Of(Heir).Predecessors));
        scenario.Given(Record(Heir, "2026-06-20"), People.Hunan, Scenario.Enterprise);
        Assert.Equal([BanStatus.Lifted, BanStatus.InForce], scenario.Of(Heir).Bans.Select(ban => ban.Status));
    }

    [Fact]
    public void A_successor_that_is_merged_into_its_credit_code_stays_bound()
    {
        var coded = GrainId.Of(GrainKind.Enterprise, "91350100M000100Y43");
        var scenario = Enterprises();
        var id = scenario.Heard("2026-06-15");
        scenario.Given(Record(Heir, "2026-06-15"), People.Hunan, Scenario.Enterprise).Given(Ask.Merge(coded), People.A, Heir).Given(Ask.Decide(id, CaseOutcome.Remove), People.B);

        Assert.Single(scenario.Of(coded).Bans);
        Assert.Single(scenario.Of(coded).Predecessors!);
        scenario.Given(Ask.Reinstate(id), People.C);
        Assert.Equal(BanStatus.Lifted, scenario.Of(coded).Bans.Single().Status);
    }

    [Fact]
    public void A_predecessor_that_is_merged_into_its_credit_code_keeps_its_successors()
    {
        var coded = GrainId.Of(GrainKind.Enterprise, "91350100M000100Y43");
        var scenario = Enterprises();
        var id = scenario.Heard("2026-06-15");
        scenario.Given(Record(Heir, "2026-06-15"), People.Hunan, Scenario.Enterprise).Given(Ask.Merge(coded), People.A, Scenario.Enterprise).Given(Ask.Decide(id, CaseOutcome.Remove), People.B);

        Assert.Equal(coded, Assert.Single(scenario.Of(Heir).Bans).Of);
    }

    [Fact]
    public void What_names_no_successor_is_refused()
    {
        var scenario = Enterprises().On("2026-06-15");

        scenario.When(Record(Heir, "2026-06-15"), People.A).ThenRefused("not-an-enterprise");
        scenario.When(Record(Scenario.Factory, "2026-06-15"), People.A, Scenario.Enterprise).ThenRefused("not-an-enterprise");
        scenario.When(Record(Heir, "2026-06-15") with { Change = ChangeKind.Rename }, People.A, Scenario.Enterprise).ThenRefused("change-has-no-successor");
        scenario.When(Record(Heir, "2026-06-16"), People.A, Scenario.Enterprise).ThenRefused("date-in-future");
        scenario.When(Record(Scenario.Enterprise, "2026-06-15"), People.A, Scenario.Enterprise).ThenRefused("succeeds-itself");
        scenario.When(Record(EntityName.EnterpriseOf("无"), "2026-06-15"), People.A, Scenario.Enterprise).ThenRefused("enterprise-not-registered");
        scenario.When(Record(Heir, "2026-06-15"), People.Guangdong, Scenario.Enterprise).ThenRefused("out-of-scope");
        scenario.Given(Record(Heir, "2026-06-15"), People.A, Scenario.Enterprise).When(Record(Heir, "2026-06-15"), People.A, Scenario.Enterprise).ThenRefused("successor-already-recorded");
    }

    [Fact]
    public void Enterprises_that_succeed_each_other_are_bound_once()
    {
        var scenario = Enterprises().On("2026-06-15").Given(Record(Heir, "2026-06-15"), People.A, Scenario.Enterprise).Given(Record(Scenario.Enterprise, "2026-06-15"), People.A, Heir)
            .Decided(CaseOutcome.Remove, "2026-06-15");

        Assert.Single(scenario.Of(Heir).Bans);
        Assert.Single(scenario.Of(Scenario.Enterprise).Bans);
    }

    /// <summary>The factory with its title, two more enterprises, and a product of the first of them without a title.</summary>
    private static Scenario Enterprises() => Scenario.Listed()
        .Given(Ask.Register("继承有限公司"), People.A, Heir)
        .Given(Ask.Register("再继承有限公司"), People.A, Heir2)
        .Given(Ask.Register("清洁剂") with { EnterpriseName = "继承有限公司" }, People.A, Product);

    private static Scenario Banned() => Enterprises().Decided(CaseOutcome.Remove, "2026-06-15").On("2026-06-20");

    private static GrainCommand.RecordSuccessor Record(GrainId successor, string on) => new(successor, ChangeKind.Merger, Ask.Day(on), "N-7");
}
