using Supervision.Hosting.Webhooks;
using Supervision.Ledger.Webhooks;

namespace Supervision.Hosting.Tests.Webhooks;

/// <summary>What waits for a receiver is bounded, and nothing falls between what is read for all and what is read for it alone.</summary>
public sealed class LaneTests
{
    private static readonly DateTimeOffset At = TestRegister.Start;

    [Fact]
    public void A_new_lane_reads_by_itself_until_it_has_come_as_far_as_the_others()
    {
        var lane = New(position: 10);
        lane.Take(Page(11, 20));
        Assert.Empty(lane.Waiting);

        lane.CatchUp(Page(11, 15), end: 20);
        Assert.Equal((5, true, 15), (lane.Waiting.Count, lane.IsBehind, lane.ReadTo));
        lane.CatchUp(Page(16, 20), end: 20);
        Assert.False(lane.IsBehind);
        lane.Take(Page(18, 22));

        Assert.Equal(Enumerable.Range(11, 12).Select(seq => (long)seq), Begun(lane));
    }

    [Fact]
    public void One_that_is_full_goes_on_behind_what_it_holds()
    {
        var lane = New(position: 0);
        lane.CatchUp(new FeedPage([], 0), end: 0);

        lane.Take(Page(1, Lane.WaitingMax + 50));
        Assert.Equal((Lane.WaitingMax, true, Lane.WaitingMax), (lane.Waiting.Count, lane.IsBehind, lane.ReadTo));
        lane.Take(Page(Lane.WaitingMax + 51, Lane.WaitingMax + 60));
        Assert.Equal(Lane.WaitingMax, lane.Waiting.Count);
    }

    [Fact]
    public void An_attempt_that_did_not_come_about_is_not_passed_over()
    {
        var lane = New(position: 0);
        lane.CatchUp(Page(1, 3), end: 3);
        lane.Sent(lane.Begin()!);
        lane.Begin();

        lane.TakeBack();
        lane.Pass();

        Assert.Equal((1, 1, true), (lane.Position, lane.ReadTo, lane.IsBehind));
        lane.CatchUp(Page(2, 3), end: 3);
        Assert.Equal([2, 3], Begun(lane));
    }

    [Fact]
    public void What_is_under_way_when_a_subscription_changes_is_not_sent_twice()
    {
        var lane = New(position: 0);
        lane.CatchUp(Page(1, 3), end: 3);
        lane.Begin();

        lane.Change(Stored(0), [new byte[32]]);

        Assert.Equal((1, true, 0), (lane.ReadTo, lane.IsBehind, lane.Waiting.Count));
    }

    [Fact]
    public void A_receiver_that_fails_is_paused_longer_and_longer_and_comes_back()
    {
        var lane = New(position: 0);
        List<double> pauses = [];
        for (var failure = 1; failure <= 12; failure++)
        {
            lane.Failed(At, retryAfter: null);
            pauses.Add(lane.PausedUntil == default ? 0 : (lane.PausedUntil - At).TotalSeconds);
        }

        Assert.Equal([0, 0, 5, 10, 20, 40, 80, 160, 300, 300, 300, 300], pauses);
        Assert.False(lane.MaySendAt(At));
        Assert.True(lane.MayRetryAt(At));
        Assert.True(lane.Succeeded(At));
        Assert.True(lane.MaySendAt(At));
        lane.Failed(At, retryAfter: null);
        Assert.False(lane.Succeeded(At));
    }

    private static Lane New(long position) => new(Stored(position), [new byte[32]]);

    private static StoredSubscription Stored(long position) => new(
        new SubscriptionView(
            "sub-1", "p-1", "https://receiver.example.com/", ["title.removed"], new SubscriptionFilter(), SubscriptionStatus.Active, null, position, null, 0, null, null, null, At, At),
        1, [], null, null);

    private static FeedPage Page(int from, int to) => new(
        [
            .. Enumerable.Range(from, to - from + 1).Select(seq => new FeedItem(
                seq, "title.removed", EventClass.Decision, Given.Factory("N-1-F-0001"), At, new FeedScope(null, [], [], []), ReadOnlyMemory<byte>.Empty)),
        ], to);

    private static List<long> Begun(Lane lane)
    {
        List<long> seqs = [];
        while (lane.Begin() is { } item)
            seqs.Add(item.Seq);
        return seqs;
    }
}
