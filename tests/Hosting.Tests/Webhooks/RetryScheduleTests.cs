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
    }

    [Fact]
    public void Ten_attempts_are_made_each_up_to_a_fifth_later_than_the_schedule_says()
    {
        Assert.Equal(10, RetrySchedule.AttemptsMax);
        Assert.Equal(75.6, RetrySchedule.Delays.Sum(delay => delay.TotalHours), 1);
        for (var attempts = 1; attempts < RetrySchedule.AttemptsMax; attempts++)
        {
            var delays = Enumerable.Range(0, 200).Select(_ => RetrySchedule.After(attempts)!.Value / RetrySchedule.Delays[attempts - 1]).ToList();
            Assert.All(delays, share => Assert.InRange(share, 1, 1.2));
            Assert.True(delays.Max() - delays.Min() > 0.1);
        }

        Assert.Null(RetrySchedule.After(RetrySchedule.AttemptsMax));
    }
}
