namespace Supervision.Grains.Policies;

/// <summary>Withdrawal (放弃): the holder gives a title up.</summary>
/// <param name="ByLetter">Whether a letter (书面函件) is needed.</param>
/// <param name="BansDuringCase">Whether the ban is imposed all the same when a case is open that ends with removal.</param>
public sealed record WithdrawalRules(Figure<bool> ByLetter, Figure<bool> BansDuringCase);

/// <summary>The ban (禁报期) on the enterprise after a removal.</summary>
/// <param name="Years">How long, from the day of the removal.</param>
/// <param name="FollowsSuccessors">Whether it follows to the enterprises that succeed it.</param>
public sealed record BanRules(Figure<int> Years, Figure<bool> FollowsSuccessors);
