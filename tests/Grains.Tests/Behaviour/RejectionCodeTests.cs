using System.Reflection;
using System.Runtime.CompilerServices;

namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Codes of rejections are public: never reused, never renamed.</summary>
public sealed class RejectionCodeTests
{
    private static readonly IReadOnlyList<Rejection> All =
        [.. typeof(Rejection).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(Rejection)) && type != typeof(Rejection.Recorded)).Select(Example)];

    [Fact]
    public void No_code_is_used_twice() => Assert.Equal(All.Count, All.Select(rejection => rejection.Code).Distinct().Count());

    [Fact]
    public void Every_code_is_a_slug_and_has_an_article_and_words() => Assert.All(All, rejection =>
    {
        Assert.Matches("^[a-z]+(-[a-z]+)*$", rejection.Code);
        Assert.NotEmpty(rejection.Article);
        Assert.NotEmpty(rejection.Detail);
    });

    [Fact]
    public void The_codes_are_those_of_the_golden_file() => GoldenFile.Matches(
        "rejections.golden.txt",
        All.OrderBy(rejection => rejection.Code, StringComparer.Ordinal)
            .Select(rejection => $"{rejection.Code} {KebabCase<RejectionClass>.Word(rejection.Class)} {rejection.Field ?? "-"}"),
        "UPDATE_GOLDEN");

    private static Rejection Example(Type type)
    {
        var constructor = type.GetConstructors().Single();
        return (Rejection)constructor.Invoke([.. constructor.GetParameters().Select(Value)]);
    }

    private static object? Value(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(string) ? "x"
        : parameter.ParameterType == typeof(GrainKind) ? GrainKind.Factory
        : parameter.ParameterType == typeof(TitleRef) ? Scenario.MiitTitle
        : parameter.ParameterType == typeof(TitleChoice) ? new TitleChoice("miit-2016")
        : RuntimeHelpers.GetUninitializedObject(Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType);
}
