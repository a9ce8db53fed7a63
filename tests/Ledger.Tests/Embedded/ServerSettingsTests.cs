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

    [Fact]
    public void A_path_with_quotes_and_backslashes_stays_one_value()
    {
        var options = new EmbeddedPostgresOptions { Directory = @"/tmp/o'clock\n" };
        var settings = ServerSettings.Write(options, new ServerDirectory(options.Directory), new ServerEndpoint("/tmp/socket", 5432, ""), hasLz4: false);

        Assert.Contains(@"data_directory = '/tmp/o''clock\\n/data'", settings, StringComparison.Ordinal);
        Assert.Contains("wal_compression = on", settings, StringComparison.Ordinal);
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
