using FsCheck;
using FsCheck.Fluent;

namespace Supervision.Grains.Tests.Identity;

public sealed class EntityNameTests
{
    /// <summary>Characters that normalisation treats, and such as have more than one form.</summary>
    private static readonly char[] Troublesome =
        [.. "aAｚＺ1１ıſßÀé（）()〔〕【】[]{}［］｛｝·•・‧∙･ⅡⅷⅦ①㈱ﬁ京 \u3000\u00A0\t\u200B\u200D\uFEFF\u00AD\u0301\u0307\u0345\u0323\u1100\u1161\uD83C\uDF31"];

    [Theory]
    [InlineData("冠捷显示科技（中国）有限公司", "冠捷显示科技(中国)有限公司")]
    [InlineData("冠捷显示科技〔中国〕有限公司", "冠捷显示科技【中国】有限公司")]
    [InlineData("冠捷显示科技［中国］有限公司", "冠捷显示科技｛中国｝有限公司")]
    [InlineData("冠捷显示科技〖中国〗有限公司", "冠捷显示科技﹙中国﹚有限公司")]
    [InlineData(" 湖南　长沙 有限公司", "湖南长沙有限公司")]
    [InlineData("ＴＣＬ集团", "tcl集团")]
    [InlineData("一\u200B二\uFEFF三", "一二三")]
    [InlineData("A·B", "Ａ・Ｂ")]
    [InlineData("A•B", "A‧B")]
    [InlineData("生产线１－２", "生产线1-2")]
    [InlineData("冠捷显示科技「中国」有限公司", "冠捷显示科技《中国》有限公司")]
    [InlineData("第Ⅱ厂", "第ii厂")]
    [InlineData("第ⅻ厂", "第XII厂")]
    [InlineData("车间⑳", "车间20")]
    public void One_name_written_in_two_ways_is_one_name(string one, string other)
    {
        Assert.Equal(EntityName.Normalise(one), EntityName.Normalise(other));
        Assert.Equal(EntityName.EnterpriseOf(one), EntityName.EnterpriseOf(other));
    }

    [Theory]
    [InlineData("长沙一厂", "长沙二厂")]
    [InlineData("长沙(一)厂", "长沙一厂")]
    public void Two_names_stay_two(string one, string other) => Assert.NotEqual(EntityName.Normalise(one), EntityName.Normalise(other));

    [Fact]
    public void The_identity_of_an_enterprise_without_code_is_pinned() =>
        // The first digits of the SHA-256 of "冠捷显示科技(中国)有限公司" in UTF-8; an identity in the ledger must never move.
        Assert.Equal("enterprise/u-2d0c91baba245d54", EntityName.EnterpriseOf("冠捷显示科技（中国）有限公司").Value);

    [Fact]
    public void A_character_becomes_the_same_alone_and_beside_others() =>
        // Names of plain characters are left as they are without looking further.
        Assert.All(
            Enumerable.Range(0, char.MaxValue + 1).Select(value => (char)value).Where(character => !char.IsSurrogate(character)),
            character => Assert.Equal(EntityName.Normalise($"{character}ａ"), EntityName.Normalise(character.ToString()) + "A"));

    [Fact]
    public void Normalising_twice_changes_nothing()
    {
        Prop.ForAll(Texts(), IsNormalised).QuickCheckThrowOnFailure();
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text => IsNormalised(text.Get)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Width_and_space_never_make_another_name() =>
        Prop.ForAll(Texts(), name => string.Equals(
            EntityName.Normalise(name),
            EntityName.Normalise(string.Concat(name.Select(character => character is > ' ' and <= '~' ? (char)(character + 0xFEE0) : character).Append('\u3000'))),
            StringComparison.Ordinal)).QuickCheckThrowOnFailure();

    [Fact]
    public void Names_of_the_published_list_stay_apart()
    {
        var names = File.ReadLines(RepositoryFile.PathOf("data", "green_entities_national.csv")).Skip(1)
            .Select(line => line.Split(',')[10].Replace('（', '(').Replace('）', ')')).Distinct().ToList();

        Assert.Equal(names.Count, names.Select(EntityName.Normalise).Distinct().Count());
    }

    private static Arbitrary<string> Texts() =>
        Arb.From(Gen.Elements(Troublesome).ListOf().Select(characters => string.Concat(characters)));

    private static bool IsNormalised(string name)
    {
        var once = EntityName.Normalise(name);
        return string.Equals(EntityName.Normalise(once), once, StringComparison.Ordinal);
    }
}
