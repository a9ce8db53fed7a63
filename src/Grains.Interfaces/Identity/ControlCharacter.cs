namespace Supervision;

/// <summary>Characters that texts of the register do not have, because what is shown would not be what is said.</summary>
public static class ControlCharacter
{
    /// <summary>Whether a character controls how text is shown, and is not seen itself: the controls of Unicode, and those that turn the direction in which others are read.</summary>
    public static bool Is(char character) =>
        char.IsControl(character) || character is '\u061c' or '\u200e' or '\u200f' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
