namespace Supervision;

/// <summary>An open check or case as officers work through it: follows from the state.</summary>
/// <param name="Item"><c>check</c> or <c>case</c>.</param>
/// <param name="Id">Its id on the grain.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Policy">The policy of its title.</param>
/// <param name="Level">The level of its title.</param>
/// <param name="DueOn">Last day of a check, or of the window for the holder's statement; null before the notice is served.</param>
/// <param name="Inspectors">The inspectors of a check, one a line; null for a case.</param>
public sealed record WorkColumns(string Item, string Id, string Status, string Policy, string Level, DateOnly? DueOn, string? Inspectors)
{
    /// <summary>An open check.</summary>
    public const string Check = "check";

    /// <summary>An open case.</summary>
    public const string Case = "case";
}
