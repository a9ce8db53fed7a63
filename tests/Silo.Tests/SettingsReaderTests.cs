using Microsoft.Extensions.Configuration;
using Supervision.Silo.Configuration;

namespace Supervision.Silo.Tests;

public sealed class SettingsReaderTests
{
    private const string Connection = "ConnectionStrings:Supervision=Host=db;Database=supervision";

    [Fact]
    public void Without_any_setting_everything_has_its_default()
    {
        var settings = Read();

        Assert.Null(settings.ConnectionString);
        Assert.Null(settings.Auth.BootstrapAdminKey);
        Assert.NotEmpty(settings.Data.Directory);
        Assert.True(settings.Sample.Load);
        Assert.Equal((ClockMode.Real, null, false), (settings.Clock.Mode, settings.Clock.Start, settings.Clock.AllowManual));
        Assert.Equal((4096, true), (settings.Embedded.SharedBuffersMegabytes, settings.Embedded.HugePages));
    }

    [Fact]
    public void Every_section_is_read_whatever_the_case_of_its_letters()
    {
        var settings = Read(
            Connection, "ConnectionStrings:Migration=Host=db;Database=supervision;Username=owner", "data:directory=/x", "Sample:Load=false",
            "Auth:BootstrapAdminKey=0123456789abcdef", "Clock:Mode=manual", "Clock:Start=2026-05-01T01:00:00Z", "Clock:AllowManual=true",
            "Embedded:SharedBuffersMegabytes=16", "Embedded:HugePages=false", "Ledger:BatchAppendsMax=1", "Ledger:QueueAppendsMax=2", "Ledger:FollowIntervalMilliseconds=3", "Activations:GrainsMax=4");

        Assert.Equal("Host=db;Database=supervision", settings.ConnectionString);
        Assert.Equal("Host=db;Database=supervision;Username=owner", settings.MigrationConnectionString);
        Assert.Equal(("/x", false, "0123456789abcdef"), (settings.Data.Directory, settings.Sample.Load, settings.Auth.BootstrapAdminKey));
        Assert.Equal((ClockMode.Manual, true), (settings.Clock.Mode, settings.Clock.AllowManual));
        Assert.Equal(new DateTimeOffset(2026, 5, 1, 1, 0, 0, TimeSpan.Zero), settings.Clock.Start);
        Assert.False(settings.Embedded.HugePages);
        Assert.Equal(
            (16, 1, 2, 3, 4),
            (settings.Embedded.SharedBuffersMegabytes, settings.Ledger.BatchAppendsMax, settings.Ledger.QueueAppendsMax, settings.Ledger.FollowIntervalMilliseconds, settings.Activations.GrainsMax));
    }

    [Theory]
    [InlineData("Clock:Modus", "Clock:Modus=manual")]
    [InlineData("ConnectionStrings:Supervison", "ConnectionStrings:Supervison=Host=db;Database=x")]
    [InlineData("ConnectionStrings:Supervision", "ConnectionStrings:Supervision=Host=db")]
    [InlineData("ConnectionStrings:Supervision", "ConnectionStrings:Supervision=Hostess=db;Database=x")]
    [InlineData("ConnectionStrings:Migration", "ConnectionStrings:Migration=Host=db;Database=x")]
    [InlineData("Data:Directory", "Data:Directory= ")]
    [InlineData("Sample:Load", "Sample:Load=perhaps")]
    [InlineData("Auth:BootstrapAdminKey", "Auth:BootstrapAdminKey=0123456789abcde")]
    [InlineData("Auth:BootstrapAdminKey", "Auth:BootstrapAdminKey=0123456789 abcdef")]
    [InlineData("real or manual", "Clock:Mode=lunar")]
    [InlineData("Clock:Mode", "Clock:Mode=7")]
    [InlineData("Clock:Start", "Clock:Mode=manual", "Clock:Start=soon")]
    [InlineData("Clock:Start", "Clock:Start=2026-05-01T01:00:00Z")]
    [InlineData("Clock:AllowManual", "Clock:Mode=manual", Connection)]
    [InlineData("Embedded:SharedBuffersMegabytes", "Embedded:SharedBuffersMegabytes=15")]
    [InlineData("Embedded:HugePages", "Embedded:HugePages=some")]
    [InlineData("Ledger:BatchAppendsMax", "Ledger:BatchAppendsMax=10001")]
    [InlineData("Ledger:QueueAppendsMax", "Ledger:QueueAppendsMax=many")]
    [InlineData("Ledger:FollowIntervalMilliseconds", "Ledger:FollowIntervalMilliseconds=-1")]
    [InlineData("Activations:GrainsMax", "Activations:GrainsMax=0")]
    [InlineData("Documents:DocumentMegabytesMax", "Documents:DocumentMegabytesMax=0")]
    [InlineData("Documents:DayMegabytesMax", "Documents:DayMegabytesMax=none")]
    [InlineData("Documents:FreeMegabytesMin", "Documents:FreeMegabytesMin=-1")]
    [InlineData("Documents:Megabytes", "Documents:Megabytes=1")]
    [InlineData("Clok", "Clok:Mode=manual")]
    [InlineData("RateLimits:KeyRequests", "RateLimits:KeyRequests=0")]
    [InlineData("RateLimits:Keys", "RateLimits:Keys=1")]
    [InlineData("RateLimits:Period", "RateLimits:Period=often")]
    [InlineData("Api:RequestTimeMax", "Api:RequestTimeMax=00:00:00")]
    [InlineData("Api:TrustedProxies", "Api:TrustedProxies:0=10.0.0.1/8/9")]
    [InlineData("'nonsense'", "urls=nonsense")]
    [InlineData("'ftp://127.0.0.1:21'", "urls=http://127.0.0.1:5080; ftp://127.0.0.1:21")]
    [InlineData("'http://127.0.0.1:port'", "urls=http://127.0.0.1:port")]
    public void What_is_unknown_or_invalid_is_named(string named, params string[] given) =>
        Assert.Contains(named, Assert.Single(Assert.Throws<SettingsException>(() => Read(given)).Failures), StringComparison.Ordinal);

    [Fact]
    public void A_setting_without_a_value_is_named() => Assert.Contains(
        "--Clock:Mode", Assert.Single(Assert.Throws<SettingsException>(() => SettingsReader.Read(new ConfigurationBuilder().Build(), ["--Clock:Mode"])).Failures), StringComparison.Ordinal);

    [Fact]
    public void Everything_that_is_wrong_is_named_at_once()
    {
        var exception = Assert.Throws<SettingsException>(() => Read("Clock:Modus=x", "Ledger:BatchAppendsMax=0", "Sample:Load=perhaps"));

        Assert.Equal(3, exception.Failures.Count);
        Assert.All(exception.Failures, failure => Assert.Contains(failure, exception.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_host_that_the_build_does_not_have_is_refused_with_the_way_to_get_it()
    {
        Assert.Equal(HostKind.Default, Read().Host.Kind);
        Assert.Contains("-p:Orleans=true", Assert.Single(Assert.Throws<SettingsException>(() => Read("Host:Kind=orleans")).Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void Addresses_to_listen_at_are_those_of_the_platform() =>
        Assert.NotNull(Read("urls=http://127.0.0.1:0;https://[::1]:5443;http://*:80;http://unix:/tmp/silo.sock"));

    [Fact]
    public void An_address_is_a_value() =>
        Assert.Equal("https://beacon.example/", Read("Beacon:Url=https://beacon.example/", "Beacon:Genesis=1600000000", "Beacon:Period=3600").Beacon.Url?.ToString());

    private static SiloSettings Read(params string[] given) => SettingsReader.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(given.Select(setting => setting.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], (string?)pair[1])))
        .Build(), [.. given.Select(setting => $"--{setting}")]);
}
