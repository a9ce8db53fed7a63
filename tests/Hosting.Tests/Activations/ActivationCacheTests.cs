using Supervision.Hosting.Activations;

namespace Supervision.Hosting.Tests.Activations;

/// <summary>A grain rests as the text of its state until it is asked for, and is kept with its state from then on.</summary>
public sealed class ActivationCacheTests
{
    private static readonly GrainId Factory = Given.Factory("F-1");

    private readonly ActivationCache _cache = new(capacity: 2);

    [Fact]
    public void A_grain_is_read_when_it_is_asked_for_and_kept_then()
    {
        _cache.Put(Resting(Factory, "甲", 1));

        Assert.True(_cache.TryGet(Factory, out var first));
        Assert.True(_cache.TryGet(Factory, out var second));

        Assert.Equal(("甲", 1, 10), (((GrainState.Subject)first.State!).Name, first.Version, first.LastSeq));
        Assert.Same(first, second);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_newer_of_two_stays_whether_it_was_asked_for_or_not(bool asked)
    {
        _cache.Put(Resting(Factory, "乙", 2));
        if (asked)
            _cache.TryGet(Factory, out _);

        _cache.Put(Resting(Factory, "甲", 1));
        Assert.True(_cache.TryGet(Factory, out var known));
        Assert.Equal(2, known.Version);

        _cache.Put(Resting(Factory, "丙", 3));
        Assert.True(_cache.TryGet(Factory, out known));
        Assert.Equal((3, "丙"), (known.Version, ((GrainState.Subject)known.State!).Name));
    }

    [Fact]
    public void Whoever_is_older_is_dropped_and_whoever_was_used_stays_longest()
    {
        var others = new[] { Given.Factory("F-2"), Given.Factory("F-3") };
        _cache.Put(Resting(Factory, "甲", 1));
        _cache.Put(Resting(others[0], "乙", 1));
        _cache.TryGet(Factory, out _);

        _cache.Put(Resting(others[1], "丙", 1));
        Assert.Equal((true, false, true), (_cache.Contains(Factory), _cache.Contains(others[0]), _cache.Contains(others[1])));

        _cache.DropOlder(Factory, 1);
        Assert.True(_cache.Contains(Factory));
        _cache.DropOlder(Factory, 2);
        Assert.False(_cache.Contains(Factory));
    }

    private static Activation Resting(GrainId grain, string name, long version) =>
        Activation.Resting(grain, LedgerJson.Write(new GrainState.Subject { Name = name, Region = "430100", Industry = "机械" }), version, lastSeq: version * 10);
}
