namespace Supervision;

/// <summary>A point in both times of the register: what took effect, and what was known of it.</summary>
/// <param name="Day">What took effect by the end of this civil date.</param>
/// <param name="KnownAt">As it was known at this instant: events recorded later do not count.</param>
public sealed record AsOf(DateOnly Day, DateTimeOffset KnownAt);
