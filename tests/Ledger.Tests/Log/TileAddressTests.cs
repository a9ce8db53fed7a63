namespace Supervision.Ledger.Tests.Log;

public sealed class TileAddressTests
{
    [Theory]
    [InlineData(0, 0, 256, "0/000")]
    [InlineData(0, 1_234_067, 256, "0/x001/x234/067")]
    [InlineData(1, 5, 112, "1/005.p/112")]
    [InlineData(7, 1000, 1, "7/x001/000.p/1")]
    [InlineData(3, 999, 256, "3/999")]
    public void Addresses_are_written_as_C2SP_writes_them(int level, long index, int width, string text)
    {
        var tile = new TileAddress(level, index, width);

        Assert.Equal(text, tile.ToString());
        Assert.True(TileAddress.TryParse(text[..1], text[2..], out var read));
        Assert.Equal(tile, read);
    }

    [Theory]
    [InlineData("8", "000")]
    [InlineData("-1", "000")]
    [InlineData("00", "000")]
    [InlineData("entries", "000")]
    [InlineData("0", "")]
    [InlineData("0", "0")]
    [InlineData("0", "0000")]
    [InlineData("0", "x000")]
    [InlineData("0", "x000/001")]
    [InlineData("0", "001/002")]
    [InlineData("0", "x001/x002")]
    [InlineData("0", "xx01/002")]
    [InlineData("0", "x001//002")]
    [InlineData("0", "00a")]
    [InlineData("0", "٠٠٠")]
    [InlineData("0", "000.p/0")]
    [InlineData("0", "000.p/01")]
    [InlineData("0", "000.p/256")]
    [InlineData("0", "000.p/")]
    [InlineData("0", "000.p/1/2")]
    [InlineData("0", "000.p")]
    [InlineData("0", "x001/x001/x001/x001/x001/x001/001")]
    public void Whatever_else_is_refused(string level, string index) => Assert.False(TileAddress.TryParse(level, index, out _));

    [Fact]
    public void A_tree_has_full_tiles_and_a_partial_one_at_most_on_each_level()
    {
        Assert.Empty(TileAddress.Of(0, 0));
        Assert.Equal(["0/000.p/1"], TileAddress.Of(0, 1).Select(tile => tile.ToString()));
        // The example of the specification.
        Assert.Equal(274, TileAddress.Of(0, 70_000).Count());
        Assert.Equal(("0/273.p/112", "1/000", "1/001.p/17", "2/000.p/1"), (
            TileAddress.Of(0, 70_000).Last().ToString(), TileAddress.Of(1, 70_000).First().ToString(), TileAddress.Of(1, 70_000).Last().ToString(),
            Assert.Single(TileAddress.Of(2, 70_000)).ToString()));
        Assert.Empty(TileAddress.Of(3, 70_000));
    }
}
