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
    public void What_several_commands_are_refused_with_is_said_for_all_of_them()
    {
        Assert.Equal("Only the national authority acts where no region is given.", new Rejection.OutOfScope(null).Detail);
        Assert.Equal("A reason is needed: for a directed check or visit, and for a record that was not signed.", new Rejection.ReasonNeeded().Detail);
    }

    /// <summary>Whatever a title is under, no article of another document is read: the policy's own comes with the rejection, general laws hold for all.</summary>
    [Fact]
    public void An_article_that_does_not_come_with_the_rejection_is_of_no_policy() => Assert.All(
        // Vetoes and incidents are facts about enterprises, which the national rule has, whatever titles they have.
        All.Where(rejection => rejection.Article != Given && !rejection.Code.StartsWith("veto-", StringComparison.Ordinal)
            && !rejection.Code.StartsWith("incident-", StringComparison.Ordinal) && rejection.Code != "determination-without-document"),
        rejection =>
        {
            Assert.DoesNotMatch("^[一二三四五六七八九十第]", rejection.Article);
            Assert.All(Rules.Book.Policies, policy => Assert.DoesNotContain(policy.Document[Math.Max(0, policy.Document.IndexOf('〔'))..], rejection.Article, StringComparison.Ordinal));
        });

    [Fact]
    public void The_codes_are_those_of_the_golden_file() => GoldenFile.Matches(
        "rejections.golden.txt",
        All.OrderBy(rejection => rejection.Code, StringComparer.Ordinal)
            .Select(rejection => $"{rejection.Code} {KebabCase<RejectionClass>.Word(rejection.Class)} {rejection.Field ?? "-"} {(rejection.Article == Given ? "(given)" : rejection.Article)}"),
        "UPDATE_GOLDEN");

    /// <summary>Every text that an example is made with, so also the article where it comes with the rejection.</summary>
    private const string Given = "x";

    private static Rejection Example(Type type)
    {
        var constructor = type.GetConstructors().Single();
        return (Rejection)constructor.Invoke([.. constructor.GetParameters().Select(Value)]);
    }

    private static object? Value(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(string) ? Given
        : parameter.ParameterType == typeof(GrainKind) ? GrainKind.Factory
        : parameter.ParameterType == typeof(TitleRef) ? Scenario.MiitTitle
        : parameter.ParameterType == typeof(TitleChoice) ? new TitleChoice("miit-2016")
        : RuntimeHelpers.GetUninitializedObject(Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType);
}
