using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Supervision;

/// <summary>
/// A text that must be erasable: the event carries the SHA-256 of salt and text, the text itself lies beside the ledger.
/// </summary>
/// <param name="Sha256">SHA-256 of the 16 bytes of salt followed by the text in UTF-8, in lower-case hex.</param>
public sealed record PrivateText(string Sha256)
{
    private const int SaltBytes = 16;

    /// <summary>The salt, 16 bytes; null once the text was left behind.</summary>
    [JsonIgnore]
    public byte[]? Salt { get; init; }

    /// <summary>The text; null once it was left behind.</summary>
    [JsonIgnore]
    public string? Text { get; init; }

    /// <summary>Makes a private text with a salt of its own, which keeps anyone from guessing a short text by its hash.</summary>
    public static PrivateText Salted(string text) => Of(text, RandomNumberGenerator.GetBytes(SaltBytes));

    /// <summary>Makes a private text with the salt given (16 random bytes).</summary>
    public static PrivateText Of(string text, byte[] salt) => new(HashOf(text, salt)) { Salt = salt, Text = text };

    /// <summary>The hash that stands in the ledger for a text.</summary>
    public static string HashOf(string text, byte[] salt)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Convert.ToHexStringLower(SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(text)]));
    }
}
