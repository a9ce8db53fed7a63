using System.Text;
using Supervision.Ledger.Draws;

namespace Supervision.Ledger.Tests.Draws;

public sealed class IdentityOrderTests
{
    [Theory]
    [InlineData()]
    [InlineData("factory/N-1")]
    // One is the beginning of another, and what tells them apart lies behind eight letters.
    [InlineData("factory/N-1", "factory/N-10", "factory/N-1-F-0001-a", "factory/N-1-F-0001-b", "factory/N-1-F-0001", "factory/")]
    // Bytes beyond ASCII, and what comes in another order by code units.
    [InlineData("factory/甲a", "factory/甲", "factory/z", "factory/é", "factory/\uff21", "factory/\ud83d\ude00", "factory/甲\0", "factory/乙")]
    public void ItIsThatOfTheirBytes(params string[] identities) =>
        AssertInOrder(identities);

    [Fact]
    public void ItIsThatOfTheirBytesForMany()
    {
        var chance = new Random(1);
        var letters = "-./019Aaz\x7f\u0080\u4e2d\uffff";
        var identities = Enumerable.Range(0, 20_000)
            .Select(_ => "factory/" + string.Concat(Enumerable.Range(0, chance.Next(12)).Select(_ => letters[chance.Next(letters.Length)]))).Distinct().ToArray();
        AssertInOrder(identities);
    }

    private static void AssertInOrder(string[] identities) =>
        Assert.Equal(
            identities.OrderBy(identity => Convert.ToHexString(Encoding.UTF8.GetBytes(identity)), StringComparer.Ordinal),
            IdentityOrder.Sort(identities, identity => identity));
}
