using Supervision.Hosting.Webhooks;

namespace Supervision.Hosting.Tests.Webhooks;

/// <summary>Whatever the spread, a receiver that is away for three days is asked once more after it is back.</summary>
public sealed class RetryScheduleTests
{
    private static readonly TimeSpan Away = TimeSpan.FromDays(3);

    [Fact]
    public void The_last_attempt_lies_behind_three_days_and_before_four()
    {
        for (var i = 0; i < 10_000; i++)
        {
            var last = Enumerable.Range(1, RetrySchedule.Delays.Count).Aggregate(TimeSpan.Zero, (sum, attempts) => sum + RetrySchedule.After(attempts)!.Value);
            Assert.InRange(last, Away, Away + TimeSpan.FromDays(1));
        }

        Assert.Null(RetrySchedule.After(RetrySchedule.AttemptsMax));
    }
}
