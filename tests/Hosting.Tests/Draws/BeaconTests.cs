using Microsoft.Extensions.Options;
using Supervision.Hosting.Draws;
using Supervision.Testing;

namespace Supervision.Hosting.Tests.Draws;

/// <summary>The value of a public source: its own round and nothing else.</summary>
public sealed class BeaconTests
{
    private const long Genesis = 1_000_000;

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(3_000, 2)]
    [InlineData(3_001, 3)]
    [InlineData(-5_000, 1)]
    public void The_round_of_an_instant_is_the_first_that_is_made_then_or_after_it(long milliseconds, long round)
    {
        using var beacon = new StandInBeacon();
        Assert.Equal(round, Of(beacon).RoundAt(At(milliseconds)));
    }

    [Fact]
    public async Task The_randomness_of_the_round_is_taken_as_it_is_and_announced_so_that_anybody_finds_it()
    {
        using var beacon = new StandInBeacon();
        beacon.Answer(3, StandInBeacon.Round(3));
        Assert.Equal(StandInBeacon.RandomnessOf("a1b2"), await ValueAsync(beacon));
        Assert.Equal($"{beacon.Url.ToString().TrimEnd('/')}/public/3, member randomness", Of(beacon).SourceAt(At(6_000)));
    }

    [Theory]
    [InlineData("another round", 200)]
    [InlineData("not the hash of its signature", 200)]
    [InlineData("no signature", 200)]
    [InlineData("<html>", 200)]
    [InlineData("", 200)]
    [InlineData("null", 200)]
    [InlineData("right", 500)]
    [InlineData("right", 404)]
    public async Task Anything_else_is_no_value(string answer, int status)
    {
        using var beacon = new StandInBeacon();
        beacon.Answer(
            3,
            answer switch
            {
                "another round" => StandInBeacon.Round(4),
                "not the hash of its signature" => StandInBeacon.Round(3).Replace("a1b2", "a1b3", StringComparison.Ordinal),
                "no signature" => """{"round":3,"randomness":"00"}""",
                "right" => StandInBeacon.Round(3),
                _ => answer,
            },
            status);
        Assert.Null(await ValueAsync(beacon));
    }

    [Fact]
    public async Task A_source_that_is_not_there_has_no_value()
    {
        var beacon = new StandInBeacon();
        beacon.Dispose();
        Assert.Null(await ValueAsync(beacon));
    }

    [Fact]
    public async Task A_planned_draw_waits_for_its_round_and_is_made_with_it()
    {
        using var source = new StandInBeacon();
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync(beacon: new BeaconOptions { Url = source.Url, Genesis = 0, Period = 60 });
        await Given.AcceptAsync(silo, GrainId.Of(GrainKind.Policy, Given.Policy), new GrainCommand.AdoptRules(1, new string('0', 64)));
        for (var i = 1; i <= 40; i++)
            await Given.CertifiedAsync(silo, $"F-{i:00}", $"第{i}有限公司");

        // Announced on 2017-05-08 at midnight, to be made a week later at ten; the round is not there yet.
        await silo.Clock.MoveToAsync(new DateTimeOffset(2017, 5, 15, 2, 5, 0, TimeSpan.Zero), TestContext.Current.CancellationToken);
        var draw = await SpotChecksAsync(silo);
        Assert.Equal(DrawStatus.Announced, draw.Status);
        var round = draw.Announcement.PublicAt.ToUnixTimeSeconds() / 60 + 1;
        Assert.Contains($"/public/{round}, member randomness", draw.Announcement.PublicSource, StringComparison.Ordinal);
        Assert.Equal([round], source.Asked.Distinct());

        source.Answer(round, StandInBeacon.Round(round + 1));
        await silo.DrawPlans.RunDueAsync(register.Time.GetUtcNow(), TestContext.Current.CancellationToken);
        Assert.Equal(DrawStatus.Announced, (await SpotChecksAsync(silo)).Status);

        source.Answer(round, StandInBeacon.Round(round));
        await silo.DrawPlans.RunDueAsync(register.Time.GetUtcNow(), TestContext.Current.CancellationToken);
        draw = await SpotChecksAsync(silo);
        Assert.Equal(DrawStatus.Completed, draw.Status);
        Assert.Equal([StandInBeacon.RandomnessOf("a1b2")], draw.Execution!.PublicValues);
        await register.AssertVerifiedAsync();
    }

    private static async Task<DrawView> SpotChecksAsync(TestSilo silo) => (await silo.Draws.FindAsync("miit-2016-annual-2017", TestContext.Current.CancellationToken))!;

    private static Task<string?> ValueAsync(StandInBeacon beacon) => Of(beacon).ValueAsync(At(6_000), TestContext.Current.CancellationToken);

    private static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeSeconds(Genesis).AddMilliseconds(milliseconds);

    private static Beacon Of(StandInBeacon beacon) => new(Options.Create(new BeaconOptions { Url = beacon.Url, Genesis = Genesis, Period = 3 }), Http);

    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(15) };
}
