using System.Globalization;
using System.Text;

namespace Supervision;

/// <summary>
/// Names as they are compared: the same name written with full-width or half-width characters, other brackets or
/// spaces is one name.
/// </summary>
public static class EntityName
{
    /// <summary>Most characters of a name; the longest in the published lists, a product with its models, has 373.</summary>
    public const int LengthMax = 400;

    /// <summary>Distance from a full-width character (U+FF01 to U+FF5E) to its half-width one.</summary>
    private const int FullWidthOffset = 0xFEE0;

    /// <summary>
    /// The compared form: full-width letters, digits and signs as half-width, upper case, all white space and
    /// zero-width characters left out, every kind of bracket written as a round one, middle dots as one, numerals that are
    /// one character (Ⅳ, ④) as letters and digits.
    /// </summary>
    /// <remarks>
    /// Written out and not left to Unicode normalisation, which does nothing under InvariantGlobalization and changes
    /// with its tables otherwise: identities are derived from this form and must never move.
    /// </remarks>
    public static string Normalise(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return IsPlain(name) ? name : Rewrite(name);
    }

    /// <summary>Whether a name has nothing but what stays as it is, which is so of most: Chinese characters, capital letters, digits, round brackets, hyphens.</summary>
    private static bool IsPlain(string name)
    {
        foreach (var character in name)
        {
            if (character is not ((>= '\u4E00' and <= '\u9FFF') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '(' or ')' or '-'))
                return false;
        }

        return true;
    }

    private static string Rewrite(string name)
    {
        var result = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format)
                continue;
            if (NumeralOf(rune.Value) is { } numeral)
            {
                result.Append(numeral);
                continue;
            }

            var narrow = rune.Value is >= 0xFF01 and <= 0xFF5E ? new Rune(rune.Value - FullWidthOffset) : rune;
            result.Append(narrow.Value switch
            {
                '〔' or '【' or '〖' or '﹙' or '﹝' or '﹛' or '「' or '『' or '〈' or '《' or '｟' or '[' or '{' => new Rune('('),
                '〕' or '】' or '〗' or '﹚' or '﹞' or '﹜' or '」' or '』' or '〉' or '》' or '｠' or ']' or '}' => new Rune(')'),
                '•' or '・' or '･' or '‧' or '∙' => new Rune('·'),
                _ => Rune.ToUpperInvariant(narrow),
            });
        }

        return result.ToString();
    }

    /// <summary>What a numeral of one character stands for: Ⅰ to Ⅻ in either case, ① to ⑳; null for anything else.</summary>
    private static string? NumeralOf(int character) => character switch
    {
        >= 0x2160 and <= 0x216B => RomanNumerals[character - 0x2160],
        >= 0x2170 and <= 0x217B => RomanNumerals[character - 0x2170],
        >= 0x2460 and <= 0x2473 => (character - 0x2460 + 1).ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    private static readonly string[] RomanNumerals = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

    /// <summary>
    /// The identity of an enterprise whose credit code is not known: <c>u-</c> and the first 16 hex digits of the
    /// SHA-256 of its normalised name in UTF-8.
    /// </summary>
    public static GrainId EnterpriseOf(string name)
    {
        // One command asks for the same name again and again.
        if (last is { } known && ReferenceEquals(known.Name, name))
            return known.Enterprise;
        Span<byte> hash = stackalloc byte[Sha256.Length];
        Sha256.HashData(Encoding.UTF8.GetBytes(Normalise(name)), hash);
        var enterprise = GrainId.FromStored($"{GrainKind.Enterprise.Name}/u-{Convert.ToHexStringLower(hash[..8])}");
        last = (name, enterprise);
        return enterprise;
    }

    [ThreadStatic]
    private static (string Name, GrainId Enterprise)? last;
}
