using System.Buffers;

namespace Supervision;

/// <summary>The name of a document: the SHA-256 of its content, 64 hex digits in lower case.</summary>
public static class DocumentHash
{
    /// <summary>Characters of a name.</summary>
    public const int Length = 64;

    /// <summary>Most documents that one command names.</summary>
    public const int CountMax = 20;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <summary>What a name looks like, for a message.</summary>
    public const string Form = "Has to be the SHA-256 of a stored document: 64 hex digits in lower case.";

    /// <summary>Whether a text has the form of a name.</summary>
    public static bool IsValid(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == Length && !text.AsSpan().ContainsAnyExcept(Digits);
    }
}
