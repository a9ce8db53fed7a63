using Supervision.Grains.Tests.Behaviour;
using Supervision.Grains.Views;

namespace Supervision.Grains.Tests.Schemes;

/// <summary>湖州绿色产品认证从试点迈向示范, 突出“质量管控”: what happens to a certified product.</summary>
public sealed class HuzhouSchemeTests
{
    [Fact]
    public void Certification_bodies_are_held_to_their_yearly_surveillance()
    {
        var scenario = CertificatePaths.Issued().On("2026-06-16").Woken();

        var overdue = Assert.Single(OpenWork.Of(scenario.Of(CertificatePaths.Product)));
        Assert.Equal((WorkColumns.Certificate, "surveillance", Ask.Day("2026-06-15")), (overdue.Item, overdue.Status, overdue.DueOn));
        Assert.Equal(TitleStatus.Listed, scenario.Held().Status);
    }

    [Fact]
    public void Certified_products_are_drawn_at_random_like_others() => CertificatePaths.Valid()
        .When(Ask.Random("2026-07-31", CertificatePaths.Policy), CertificatePaths.Huzhou, CertificatePaths.Product).ThenTypes("check.ordered");

    [Fact]
    public void Supervision_goes_on_after_certification()
    {
        var scenario = CertificatePaths.Valid().Sent(CertificatePaths.Surveillance(SurveillanceOutcome.Failed, "2026-06-10"));

        Assert.Equal(TitleStatus.Suspended, scenario.Held().Status);
    }
}
