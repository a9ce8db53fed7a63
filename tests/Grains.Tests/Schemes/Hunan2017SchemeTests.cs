using Supervision.Grains.Tests.Behaviour;

namespace Supervision.Grains.Tests.Schemes;

/// <summary>《湖南省绿色制造体系建设实施方案》(湘经信节能〔2017〕15号): what it asks for after a unit was listed.</summary>
public sealed class Hunan2017SchemeTests
{
    private const string Policy = "hunan-2017";

    [Fact]
    public void Enterprises_answer_for_what_they_declare_themselves() => Listed()
        .When(new GrainCommand.OpenCase(new TitleChoice(Policy), "false-declaration", Article: null, "meters", Urgent: false), People.Hunan).ThenTypes("case.opened");

    [Fact]
    public void Cities_supervise_day_by_day()
    {
        Listed().When(Ask.Directed("2018-12-31", Policy), People.Of(Level.Municipal, "430100")).ThenTypes("check.ordered");
        Listed().When(Ask.Directed("2018-12-31", Policy), People.Of(Level.Municipal, "430200")).ThenRefused("out-of-scope");
    }

    private static Scenario Listed() => new Scenario().On("2018-11-01").Given(Ask.Register(region: "430100"), People.A)
        .Given(Ask.Grant("2018-11-01", Policy, Level.Provincial), People.Hunan);
}
