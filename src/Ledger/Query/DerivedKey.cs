using System.Buffers;

namespace Supervision.Ledger.Query;

/// <summary>
/// Keys of enterprises known by name, as they are searched: <c>U-</c> and 16 hex digits of a hash. A part of one says nothing, so
/// they are found as a whole only.
/// </summary>
internal static class DerivedKey
{
    /// <summary>The beginning of a derived key.</summary>
    private const string Prefix = "U-";

    private const int Length = 18;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789ABCDEF");

    /// <summary>What a text is searched in when the part could stand in a derived key by chance.</summary>
    public const string Without = @"regexp_replace(search, '(^|\n)U-[0-9A-F]{16}(?=\n|$)', '\1', 'g')";

    /// <summary>Whether a text is a whole derived key.</summary>
    public static bool Is(ReadOnlySpan<char> text) =>
        text.Length == Length && text.StartsWith(Prefix, StringComparison.Ordinal) && IsHex(text[Prefix.Length..]);

    /// <summary>Whether a text could be a part of a derived key and is not the whole of one.</summary>
    public static bool MayHold(ReadOnlySpan<char> part)
    {
        if (part.Length >= Length)
            return false;
        // Its beginning, or what follows its first or second character.
        return IsHex(part) || part is "U" || (part.StartsWith(Prefix, StringComparison.Ordinal) && IsHex(part[Prefix.Length..])) || (part[0] == '-' && IsHex(part[1..]));
    }

    private static bool IsHex(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(HexDigits);
}
