using System.Text;

namespace Supervision;

/// <summary>Texts as somebody gives them: in a request or on a command line.</summary>
public static class GivenText
{
    /// <summary>What is wrong with a text; null: nothing.</summary>
    /// <param name="text">The text.</param>
    /// <param name="lengthMax">Most characters, each counted once however it is stored.</param>
    /// <param name="free">Whether it is in sentences, with line breaks and tabs.</param>
    public static string? Refuse(string text, int lengthMax = EntityName.LengthMax, bool free = false)
    {
        if (string.IsNullOrWhiteSpace(text))
            return "Must not be blank; leave it out where that is allowed.";
        if (text.Length > lengthMax && text.EnumerateRunes().Count() > lengthMax)
            return $"Has at most {lengthMax} characters.";
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var length) != System.Buffers.OperationStatus.Done)
                return "Must not contain unpaired surrogates.";
            if (rune.IsBmp && ControlCharacter.Is((char)rune.Value) && !(free && rune.Value is '\n' or '\t'))
                return $"Must not contain control characters (U+{rune.Value:X4}).";
            rest = rest[length..];
        }

        return null;
    }
}
