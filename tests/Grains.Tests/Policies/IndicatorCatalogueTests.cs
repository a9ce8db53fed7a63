using System.Text;
using Supervision.Grains.Indicators;
using Supervision.Grains.Policies;

namespace Supervision.Grains.Tests.Policies;

/// <summary>The catalogue of what can be declared.</summary>
public sealed class IndicatorCatalogueTests
{
    private const string Good = """{"name":"energy-use","original":"综合能耗","unit":"tce","article":"x"}""";

    [Fact]
    public void The_catalogue_of_the_repository_is_good_and_invents_nothing()
    {
        var catalogue = IndicatorCatalogue.Parse("indicators-1.json", RepositoryFile.Bytes("data", "indicators-1.json"));

        Assert.All(catalogue.Sets, set => Assert.Equal((0, true), (set.Indicators.Count, set.Missing is not null)));
        Assert.Equal("动态管理表", Assert.Single(catalogue.Of(GrainKind.Factory, 2025)).Standard);
        Assert.Equal("自我声明", Assert.Single(catalogue.Of(GrainKind.Product, 2022)).Standard);
        Assert.Empty(catalogue.Of(GrainKind.Product, 2023));
    }

    [Theory]
    [InlineData("""{"id":"x","version":0,"sets":[]}""", "$.version")]
    [InlineData("""{"id":"x","version":1,"sets":[null]}""", "$.sets[0]")]
    [InlineData("""{"id":"x","version":1,"sets":[{"kind":"ship","standard":"s","fromYear":2020,"article":"a","indicators":[],"missing":"m"}]}""", "$.sets[0].kind")]
    [InlineData("""{"id":"x","version":1,"sets":[{"kind":"park","standard":"s","fromYear":2020,"article":"a","indicators":[]}]}""", "$.sets[0].missing")]
    [InlineData("""{"id":"x","version":1,"sets":[{"kind":"park","standard":"s","fromYear":2020,"toYear":2019,"article":"a","indicators":[],"missing":"m"}]}""", "$.sets[0].fromYear")]
    [InlineData("""{"id":"x","version":1,"sets":[{"kind":"park","standard":"s","fromYear":2020,"article":"a","indicators":[""" + Good + "," + Good + "]}]}", "$.sets[0].indicators[1]")]
    [InlineData("""{"id":"x","version":1,"sets":[],"extra":1}""", "$.extra")]
    public void A_broken_catalogue_is_refused_with_the_path(string json, string path)
    {
        var exception = Assert.Throws<PolicyException>(() => IndicatorCatalogue.Parse("indicators-1.json", Encoding.UTF8.GetBytes(json)));

        Assert.Contains(exception.Failures, failure => failure.Path == path);
    }

    [Fact]
    public void Two_sets_of_a_kind_and_standard_are_not_for_the_same_year()
    {
        const string set = """{"kind":"park","standard":"s","fromYear":2020,"article":"a","indicators":[],"missing":"m"}""";

        var exception = Assert.Throws<PolicyException>(() => IndicatorCatalogue.Parse("indicators-1.json", Encoding.UTF8.GetBytes($$"""{"id":"x","version":1,"sets":[{{set}},{{set}}]}""")));

        Assert.Contains(exception.Failures, failure => failure.Path == "$.sets[1]");
    }
}
