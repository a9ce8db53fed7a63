using System.Text;

namespace Supervision.Grains.Tests.Identity;

public sealed class Utf8IdentityTests
{
    private static readonly byte[] Text = Encoding.UTF8.GetBytes("..factory/N-1factory/N-1factory/N-10");

    [Fact]
    public void TheSameBytesElsewhereAreTheSameIdentity()
    {
        var (first, second, longer) = (new Utf8Identity(Text, 2, 11), new Utf8Identity(Text, 13, 11), new Utf8Identity(Text, 24, 12));
        Assert.Equal(first, second);
        Assert.Equal(first.GetHashCode(), second.GetHashCode());
        Assert.Equal("factory/N-1", first);
        Assert.Equal("factory/N-1", first.ToString());
        Assert.NotEqual(first, longer);
        Assert.True(first < longer && longer > second && first <= second && first >= second);
    }

    [Fact]
    public void APartLiesWithinItsText() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Utf8Identity(Text, Text.Length - 3, 4));

    [Fact]
    public void NothingIsTheEmptyIdentity() => Assert.Equal(default, Utf8Identity.FromString(""));
}
