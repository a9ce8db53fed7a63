namespace Supervision.Grains.Tests.Identity;

public sealed class CreditCodeTests
{
    [Theory]
    // The example of GB 32100-2015.
    [InlineData("91350100M000100Y43")]
    public void A_code_with_its_check_character_is_valid(string code) => Assert.True(CreditCode.IsValid(code));

    [Theory]
    [InlineData("91350100M000100Y44")]
    [InlineData("91350100M000100Y34")]
    [InlineData("91350100m000100y43")]
    [InlineData("91350100M000100Y4")]
    [InlineData("91350100M000100Y433")]
    [InlineData("91350100I000100Y43")]
    [InlineData("９1350100M000100Y43")]
    [InlineData(" 91350100M000100Y4")]
    [InlineData("")]
    public void Another_check_character_length_or_letter_is_not(string code) => Assert.False(CreditCode.IsValid(code));

    [Fact]
    public void Any_single_character_changed_is_noticed()
    {
        const string good = "91350100M000100Y43";
        const string alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        foreach (var (place, original) in good.Index())
        {
            foreach (var other in alphabet.Where(other => other != original))
                Assert.False(CreditCode.IsValid(good[..place] + other + good[(place + 1)..]), $"{other} at {place}");
        }
    }
}
