using Supervision.Grains.Behaviour;
using Supervision.Grains.Views;
using static Supervision.Grains.Tests.Behaviour.CertificatePaths;

namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Certificates of Huzhou from issue to the end, and what may be relied on meanwhile.</summary>
public sealed class CertificateTests
{
    [Fact]
    public void A_certificate_is_valid_for_five_years_and_looked_at_within_twelve_months()
    {
        var scenario = Issued();

        var certificate = scenario.Held().Certified!;
        Assert.Equal((Ask.Day("2030-06-14"), Ask.Day("2026-06-15")), (certificate.ValidUntil, certificate.SurveillanceBy));
        Assert.Equal(Standing.Valid, EntityViews.StandingOf(scenario.Of(Product)));
        Assert.Equal(
            ["certificate-validity holder 2030-06-14", "surveillance body 2026-06-15"],
            GrainBehaviour.DeadlinesOf(scenario.Of(Product), Rules.Book)
                .Select(due => $"{KebabCase<DeadlineKind>.Word(due.Kind)} {KebabCase<DeadlineOwner>.Word(due.Owner!.Value)} {due.DueOn:yyyy-MM-dd}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_was_due_before_the_title_was_supervised_is_not_asked_for() => Assert.Equal(
        Ask.Day("2026-06-15"),
        new Scenario().On("2026-01-10")
            .Given(Ask.Register("清洁剂", "330522") with { EnterpriseName = Scenario.Name }, People.A, Product)
            .Given(new GrainCommand.GrantTitle(Policy, null, Level.Municipal, "C-1", Ask.Day("2024-06-15"), BodyName), Huzhou, Product)
            .Held().Certified!.SurveillanceBy);

    [Fact]
    public void The_bodys_delay_costs_the_holder_nothing_and_stands_in_its_worklist()
    {
        var scenario = Issued().On("2026-06-16").Woken();

        Assert.Equal((TitleStatus.Listed, true), (scenario.Held().Status, scenario.Held().Certified!.IsOverdue(CertificateDuty.Surveillance)));
        Assert.Equal(
            new WorkColumns(
                WorkColumns.Certificate, "huzhou-product/green-product-certification/municipal/surveillance", "surveillance", Policy, "municipal", Ask.Day("2026-06-15"), BodyName),
            Assert.Single(OpenWork.Of(scenario.Of(Product))));
        var before = scenario.Of(Product);
        scenario.Sent(Surveillance(SurveillanceOutcome.Passed, "2026-06-16"));
        Assert.Equal((null, Ask.Day("2027-06-16")), (scenario.Held().Certified!.Overdue, scenario.Held().Certified!.SurveillanceBy));
        Assert.NotNull(OpenWork.Changes(before, scenario.Of(Product)));
    }

    [Fact]
    public void A_failed_surveillance_suspends_and_then_nobody_may_rely_on_it()
    {
        var scenario = Valid();

        scenario.When(Surveillance(SurveillanceOutcome.Failed, "2026-06-10"), Body, Product).Then(
            new GrainEvent.SurveillanceRecorded(Ask.Day("2026-06-10"), CertificatePaths.Title, SurveillanceOutcome.Failed, "report", Ask.Day("2027-06-10")),
            new GrainEvent.CertificateSuspended(
                Ask.Day("2026-06-10"), CertificatePaths.Title, "failed-surveillance", "认证认可条例 第二十六条", "report", null, Ask.Day("2027-06-09"), Ask.Day("2026-07-09")));
        Assert.Equal((TitleStatus.Suspended, Standing.Suspended), (scenario.Held().Status, EntityViews.StandingOf(scenario.Of(Product))));
        scenario.When(new GrainCommand.GrantTitle(Policy, null, Level.Municipal, "C-2", Ask.Day("2026-06-10"), BodyName), Huzhou, Product).ThenRefused("title-already-held");
    }

    [Fact]
    public void What_is_corrected_is_valid_again_and_a_surveillance_that_fell_into_the_suspension_is_due_at_once()
    {
        var scenario = Suspended().On("2026-09-01").Woken();
        Assert.Equal([CertificateDuty.Publication], scenario.Held().Certified!.Overdue!);

        scenario.Sent(new GrainCommand.RestoreCertificate(Choice, Ask.Day("2026-09-01"), "evidence"));

        Assert.Equal((TitleStatus.Listed, Ask.Day("2026-09-01")), (scenario.Held().Status, scenario.Held().Since));
        Assert.Equal((null, Ask.Day("2026-09-01")), (scenario.Held().Certified!.State, scenario.Held().Certified!.SurveillanceBy));
    }

    [Fact]
    public void What_is_not_corrected_in_time_is_for_the_body_to_revoke_and_to_publish()
    {
        var scenario = Suspended().On("2027-06-10").Woken();
        Assert.Equal([CertificateDuty.Publication, CertificateDuty.Revocation], scenario.Held().Certified!.Overdue!);
        Assert.Equal(TitleStatus.Suspended, scenario.Held().Status);

        scenario.Sent(Change(CertificateState.Revoked, "not-corrected", "2027-06-10"));

        Assert.Equal((TitleStatus.Revoked, Standing.Revoked), (scenario.Held().Status, EntityViews.StandingOf(scenario.Of(Product))));
        Assert.Equal(["publication"], OpenWork.Of(scenario.Of(Product)).Select(work => work.Status));
        scenario.Sent(new GrainCommand.PublishCertificate(Choice, Ask.Day("2027-06-10"), "https://example.org/1"));
        Assert.Empty(OpenWork.Of(scenario.Of(Product)));
        Assert.Null(scenario.NextWakeUp(Product));
    }

    [Fact]
    public void A_suspension_is_asked_for_a_month_before_the_surveillance()
    {
        Valid().When(Change(CertificateState.Suspended, "suspension-asked", "2026-06-10"), Body, Product)
            .ThenRefused("suspension-asked-too-late", "configuration: not stated in the source; CQC (2010)");
        Issued().On("2026-05-15").When(Change(CertificateState.Suspended, "suspension-asked", "2026-05-15"), Body, Product).ThenTypes("certificate.suspended");
    }

    [Theory]
    [InlineData(CertificateState.Suspended, "serious-defect")]
    [InlineData(CertificateState.Revoked, "misused-certificate")]
    [InlineData(CertificateState.Cancelled, "nothing")]
    [InlineData(CertificateState.Expired, "not-renewed")]
    public void Each_state_has_triggers_of_its_own(CertificateState state, string trigger) =>
        Valid().When(Change(state, trigger, "2026-06-10"), Body, Product).ThenRefused("unknown-trigger", "认证认可条例 第二十六条");

    [Fact]
    public void A_body_acts_on_what_it_certified_and_on_nothing_else()
    {
        foreach (var other in new[] { BodyOf("另一认证中心"), Body with { Role = Role.Evaluator }, Holder })
            Valid().When(Surveillance(SurveillanceOutcome.Passed, "2026-06-10"), other, Product).ThenRefused("not-your-certificate", "认证认可条例 第二十六条");
        Valid().When(Surveillance(SurveillanceOutcome.Passed, "2026-06-10"), Huzhou, Product).ThenTypes("surveillance.recorded");
        Valid().When(Surveillance(SurveillanceOutcome.Passed, "2026-06-10"), People.A, Product).ThenRefused("not-issuing-authority");
    }

    [Fact]
    public void Elsewhere_nothing_is_suspended() =>
        Scenario.Listed().On("2026-06-10")
            .When(new GrainCommand.ChangeCertificate(new TitleChoice(Rules.Miit), CertificateState.Suspended, "misused-certificate", Ask.Day("2026-06-10"), "x", null), People.A)
            .ThenRefused("certificates-not-provided");

    [Fact]
    public void Renewal_is_applied_for_from_ninety_days_before_the_end()
    {
        Issued().On("2030-03-15").When(new GrainCommand.ApplyForRenewal(Choice, Ask.Day("2030-03-15")), Holder, Product).ThenRefused("renewal-too-early", "绿色产品认证实施规则");
        Issued().On("2030-03-16").Woken().When(new GrainCommand.ApplyForRenewal(Choice, Ask.Day("2030-03-16")), Holder, Product).ThenTypes("renewal.applied");
        Issued().On("2030-03-16").When(new GrainCommand.ApplyForRenewal(Choice, Ask.Day("2030-03-16")), Holder with { Own = [] }, Product).ThenRefused("not-your-entity");
    }

    [Fact]
    public void Who_applied_in_time_does_not_lose_the_certificate_to_the_bodys_delay()
    {
        var scenario = Applied().On("2030-08-01").Woken();
        Assert.Equal(TitleStatus.Listed, scenario.Held().Status);

        scenario.Sent(new GrainCommand.RenewCertificate(Choice, Ask.Day("2030-08-01"), "C-2"));

        Assert.Equal(("C-2", Ask.Day("2035-06-14"), Ask.Day("2031-08-01")), (scenario.Held().Certificate, scenario.Held().Certified!.ValidUntil, scenario.Held().Certified!.SurveillanceBy));
    }

    [Fact]
    public void An_application_that_is_refused_lets_it_end_with_the_day_of_the_answer()
    {
        var scenario = Applied().On("2030-08-01").Sent(new GrainCommand.DeclineRenewal(Choice, Ask.Day("2030-08-01"), "reason")).On("2030-09-01");

        scenario.When(new GrainCommand.WakeUp(), Actor.System, Product)
            .Then(new GrainEvent.CertificateExpired(Ask.Day("2030-08-02"), CertificatePaths.Title, "not-renewed", "绿色产品认证实施规则"));
        Assert.Equal(Standing.Expired, EntityViews.StandingOf(scenario.Of(Product)));
    }

    [Fact]
    public void An_application_in_time_that_is_recorded_late_came_in_time()
    {
        var scenario = Issued().On("2030-07-01").Woken();
        Assert.Equal(TitleStatus.Expired, scenario.Held().Status);
        scenario.When(new GrainCommand.ApplyForRenewal(Choice, Ask.Day("2030-06-14")), Holder, Product).ThenRefused("certificate-not-valid");

        scenario.Given(new GrainCommand.ApplyForRenewal(Choice, Ask.Day("2030-06-14")), Huzhou, Product);

        Assert.Equal((TitleStatus.Listed, null), (scenario.Held().Status, scenario.Held().Certified!.State));
    }

    [Fact]
    public void What_expired_is_granted_anew_with_another_certificate()
    {
        var scenario = Issued().On("2030-07-01").Given(new GrainCommand.GrantTitle(Policy, null, Level.Municipal, "C-2", Ask.Day("2030-07-01"), BodyName), Huzhou, Product);

        Assert.Equal((TitleStatus.Listed, Ask.Day("2035-06-30")), (scenario.Held().Status, scenario.Held().Certified!.ValidUntil));
    }

    [Fact]
    public void A_grant_that_is_set_right_has_a_certificate_of_the_right_days()
    {
        var scenario = Issued().On("2025-07-01");
        scenario.Given(Ask.CorrectGrant(scenario.Held().GrantVersion, grantedOn: "2025-05-15"), People.OtherKeyOf(People.C), Product);

        Assert.Equal((Ask.Day("2030-05-14"), Ask.Day("2026-05-15")), (scenario.Held().Certified!.ValidUntil, scenario.Held().Certified!.SurveillanceBy));
    }

    [Fact]
    public void A_suspended_certificate_loses_its_title_by_decision_all_the_same()
    {
        var (second, third) = (Huzhou with { Id = "p-2", Person = "2" }, Huzhou with { Id = "p-3", Person = "3" });
        var scenario = Suspended().Given(Ask.Open("not-conforming", Policy), Huzhou, Product).Given(Ask.Serve("case-1", "2026-06-10"), Huzhou, Product)
            .Given(Ask.State("case-1"), Huzhou, Product).Given(Ask.Decide("case-1", CaseOutcome.Remove), second, Product);
        Assert.Equal((TitleStatus.Removed, Standing.Removed), (scenario.Held().Status, EntityViews.StandingOf(scenario.Of(Product))));

        scenario.Given(Ask.Reinstate("case-1", Policy), third, Product);

        Assert.Equal(TitleStatus.Suspended, scenario.Held().Status);
    }

    [Fact]
    public void What_a_check_finds_of_a_suspended_title_opens_its_case_which_a_mistyped_result_ends()
    {
        var scenario = Valid();
        var check = scenario.Ordered(policy: Policy, to: Product);
        scenario.Sent(Change(CertificateState.Suspended, "misused-certificate", "2026-06-10"))
            .When(Ask.Result(check, CheckOutcome.Failed, "2026-06-10"), People.A, Product).ThenTypes("check.failed", "case.opened");

        scenario.When(Ask.Correct(scenario.Of(Product).Checks[0].Result!.Version, CheckOutcome.Clean), People.C, Product).ThenTypes("result.corrected", "case.withdrawn");
        Assert.Equal(TitleStatus.Suspended, scenario.Held().Status);
    }

    [Fact]
    public void The_past_shows_what_could_be_relied_on_then()
    {
        var scenario = Suspended().On("2026-09-01").Sent(new GrainCommand.RestoreCertificate(Choice, Ask.Day("2026-09-01"), "evidence"));

        Assert.Equal(
            [Standing.Valid, Standing.Suspended, Standing.Valid],
            new[] { "2026-06-09", "2026-06-10", "2026-09-01" }.Select(day => EntityViews.StandingOf(
                (GrainState.Subject)Retrospect.Of(Product, scenario.Recorded(Product), new AsOf(Ask.Day(day), scenario.Now), Rules.Book).State!)));
    }

    [Fact]
    public void A_merge_takes_the_certificate_along()
    {
        var other = GrainId.Of(GrainKind.Product, "H-1-D-0002");
        var scenario = Suspended().Given(Ask.Register("清洁剂", "330522") with { EnterpriseName = Scenario.Name }, People.A, other).Given(Ask.Merge(other), Huzhou, Product);

        Assert.Equal((TitleStatus.Suspended, Ask.Day("2030-06-14")), (scenario.Of(other).Titles.Single().Status, scenario.Of(other).Titles.Single().Certified!.ValidUntil));
        scenario.Given(new GrainCommand.RestoreCertificate(Choice, Ask.Day("2026-06-10"), "evidence"), Body, other);
    }
}
