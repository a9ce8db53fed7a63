namespace Supervision.Grains.Policies;

/// <summary>Titles of another policy that come under this one on a day, with all that belongs to them.</summary>
/// <param name="From">The other policy.</param>
/// <param name="Honours">The honours whose titles do; both policies have them.</param>
/// <param name="Level">The level whose titles do.</param>
/// <param name="On">The day.</param>
public sealed record TransferRule(string From, IReadOnlyList<string> Honours, Level Level, Figure<DateOnly> On);

/// <summary>Titles that follow from titles of another policy by themselves, as long as those are in force.</summary>
/// <param name="From">The other policies.</param>
/// <param name="FromLevel">The level of those titles.</param>
/// <param name="Honours">The honours, which those policies and this one have.</param>
/// <param name="Level">The level at which this policy then holds them granted.</param>
/// <param name="BatchMax">The last batch of those titles that counts; none: every one.</param>
/// <param name="Article">The article.</param>
public sealed record RecognitionRule(
    IReadOnlyList<string> From, Level FromLevel, IReadOnlyList<string> Honours, Level Level, string Article, Figure<int>? BatchMax = null);
