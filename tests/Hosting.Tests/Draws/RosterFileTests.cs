using System.Text.Json;
using Supervision.Grains.Draws;
using Supervision.Hosting.Draws;
using Supervision.Ledger.Draws;

namespace Supervision.Hosting.Tests.Draws;

public sealed class RosterFileTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(50_000, 1)]
    [InlineData(120_001, 3)]
    public void A_roster_is_read_as_it_was_written(int count, int parts)
    {
        var rows = Rows(count);

        var written = RosterFile.Write(rows);

        Assert.Equal(parts, written.Count);
        Assert.Equal(rows, RosterFile.Read(written));
    }

    [Fact]
    public void A_roster_of_an_earlier_version_is_one_list_cut_anywhere()
    {
        var rows = Rows(5_000);
        var content = DrawStore.Compress(stream => JsonSerializer.Serialize(stream, rows)).ToArray();

        Assert.Equal(rows, RosterFile.Read([content]));
        Assert.Equal(rows, RosterFile.Read([.. content.Chunk(10_000)]));
    }

    [Fact]
    public void Parts_of_an_earlier_version_are_lists()
    {
        var rows = Rows(5_000);

        Assert.Equal(rows, RosterFile.Read([.. rows.Chunk(2_000).Select(part => DrawStore.Compress(stream => JsonSerializer.Serialize(stream, part)).ToArray())]));
    }

    private static RosterRow[] Rows(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new RosterRow($"factory/F-{i}", i % 3 == 0 ? null : "A", $"enterprise/u-{i % 7}", "430000", i % 5 == 0 ? Drawable.OpenCheck : null))];
}
