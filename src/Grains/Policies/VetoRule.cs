namespace Supervision.Grains.Policies;

/// <summary>A fact about an enterprise that keeps it off the lists, or takes it from them.</summary>
/// <param name="Kind">The fact.</param>
/// <param name="Original">The words of the source.</param>
/// <param name="CheckedAt">The moments at which it is looked for.</param>
/// <param name="Article">The article.</param>
/// <param name="Years">For how many years back it counts, from the day on which it happened; none: as long as it lasts.</param>
/// <param name="Months">How many months it has to last without a break before it counts.</param>
/// <param name="Ground">The ground of the case on titles that are held; none where it only keeps from being granted.</param>
public sealed record VetoRule(
    VetoKind Kind, string Original, IReadOnlyList<VetoMoment> CheckedAt, string Article,
    Figure<int>? Years = null, Figure<int>? Months = null, string? Ground = null);
