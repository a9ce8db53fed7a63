namespace Supervision.Grains.Draws;

/// <summary>Why a holder takes no part in a draw, or a winner is skipped.</summary>
public static class Exclusions
{
    /// <summary>免于抽查: exempt after consecutive clean checks.</summary>
    public const string Exempt = "exempt";

    /// <summary>A random check of the title is open.</summary>
    public const string OpenCheck = "open-check";

    /// <summary>It was checked within the policy's interval.</summary>
    public const string CheckedWithinInterval = "checked-within-interval";

    /// <summary>Its enterprise has had as many visits this year as it may have (年度检查频次上限).</summary>
    public const string CapReached = "cap-reached";

    /// <summary>The title is not in force.</summary>
    public const string NotInForce = "not-in-force";

    /// <summary>Every reason for which a holder is left out of a roster, in the order in which they are looked for.</summary>
    public static IReadOnlyList<string> All { get; } = [NotInForce, Exempt, OpenCheck, CheckedWithinInterval, CapReached];
}
