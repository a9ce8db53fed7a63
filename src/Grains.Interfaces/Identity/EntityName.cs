using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Supervision;

/// <summary>
/// Names as they are compared: the same name written with full-width or half-width characters, other brackets or
/// spaces is one name.
/// </summary>
public static class EntityName
{
    /// <summary>Most characters of a name; the longest in the published lists has 31.</summary>
    public const int LengthMax = 200;

    /// <summary>
    /// The compared form: Unicode compatibility composition (full-width to half-width), upper case, all white space
    /// and zero-width characters left out, every kind of bracket written as a round one, middle dots as one.
    /// </summary>
    public static string Normalise(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var result = new StringBuilder(name.Length);
        foreach (var character in name.Normalize(NormalizationForm.FormKC))
        {
            if (char.IsWhiteSpace(character) || char.GetUnicodeCategory(character) == UnicodeCategory.Format)
                continue;
            result.Append(character switch
            {
                '〔' or '【' or '[' or '{' => '(',
                '〕' or '】' or ']' or '}' => ')',
                '•' or '・' or '‧' or '∙' => '·',
                _ => char.ToUpperInvariant(character),
            });
        }

        return result.ToString();
    }

    /// <summary>
    /// The identity of an enterprise whose credit code is not known: <c>u-</c> and the first 16 hex digits of the
    /// SHA-256 of its normalised name in UTF-8.
    /// </summary>
    public static GrainId EnterpriseOf(string name)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(Normalise(name)));
        return GrainId.Of(GrainKind.Enterprise, "u-" + Convert.ToHexStringLower(hash.AsSpan(0, 8)));
    }
}
