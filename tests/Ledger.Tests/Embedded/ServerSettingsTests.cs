using Supervision.Ledger.Embedded;

namespace Supervision.Ledger.Tests.Embedded;

public sealed class ServerSettingsTests
{
    [Theory]
    [InlineData(1024, 16L << 30, 1024)]
    [InlineData(1024, 2L << 30, 512)]
    [InlineData(1024, 1L << 20, 16)]
    public void Shared_buffers_take_at_most_a_quarter_of_memory(int asked, long memoryBytes, int expected) =>
        Assert.Equal(expected, ServerSettings.SharedBuffers(asked, memoryBytes));

    [Theory]
    [InlineData(true, "huge_pages = try")]
    [InlineData(false, "huge_pages = off")]
    public void Huge_pages_are_asked_for_unless_they_are_not_wanted(bool wanted, string expected)
    {
        var options = new EmbeddedPostgresOptions { Directory = "/tmp/data", HugePages = wanted };
        Assert.Contains(expected, ServerSettings.Write(options, new ServerDirectory(options.Directory), new ServerEndpoint("/tmp/socket", 5432, "")), StringComparison.Ordinal);
    }

    /// <summary>A server with 4,096 MB of buffers was seen to take 2,109 pages.</summary>
    [Fact]
    public void So_many_huge_pages_are_allowed_that_the_server_has_room() => Assert.InRange(HugePages.PagesFor(4096), 2109, 2300);

    [Fact]
    public void A_path_with_quotes_and_backslashes_stays_one_value()
    {
        var options = new EmbeddedPostgresOptions { Directory = @"/tmp/o'clock\n" };
        var settings = ServerSettings.Write(options, new ServerDirectory(options.Directory), new ServerEndpoint("/tmp/socket", 5432, ""));

        Assert.Contains(@"data_directory = '/tmp/o''clock\\n/data'", settings, StringComparison.Ordinal);
        Assert.Contains("fsync = on", settings, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_out_of_range_are_all_reported_at_once()
    {
        var options = new EmbeddedPostgresOptions { Directory = " ", SharedBuffersMegabytes = 1, MaxConnections = 0 };

        var exception = Assert.Throws<ArgumentException>(options.Validate);

        Assert.Contains("Directory", exception.Message, StringComparison.Ordinal);
        Assert.Contains("SharedBuffersMegabytes is 1", exception.Message, StringComparison.Ordinal);
        Assert.Contains("MaxConnections is 0", exception.Message, StringComparison.Ordinal);
    }
}
