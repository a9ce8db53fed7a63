using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Supervision.Ledger.Log;

/// <summary>The public key of signed notes (C2SP signed-note): <c>name+id+base64(1, key)</c>, Ed25519.</summary>
public sealed class NoteVerifier
{
    /// <summary>The algorithm that stands before a key: Ed25519.</summary>
    internal const byte Ed25519Type = 1;

    private readonly byte[] _key;

    internal NoteVerifier(string name, byte[] key)
    {
        (Name, _key) = (name, key);
        Id = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', Ed25519Type, .. key]));
    }

    /// <summary>The name of who signs.</summary>
    public string Name { get; }

    /// <summary>The first four bytes of the hash of name and key, which tell keys of one name apart.</summary>
    public uint Id { get; }

    /// <summary>Reads a key as it is written.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static NoteVerifier Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Trim().Split('+', 3);
        if (parts.Length == 3 && IsName(parts[0]) && TryBase64(parts[2], out var key) && key is [Ed25519Type, ..] && key.Length == 1 + Ed25519.PublicKeySize)
        {
            var verifier = new NoteVerifier(parts[0], key[1..]);
            if (parts[1] == verifier.IdText)
                return verifier;
        }

        throw new FormatException($"'{text}' is not the key of a log; it has the form name+id+base64.");
    }

    /// <summary>Whether a text can be a name: not empty, without white space and plus.</summary>
    public static bool IsName(string name) => !string.IsNullOrEmpty(name) && !name.Any(character => char.IsWhiteSpace(character) || character == '+' || char.IsControl(character));

    /// <summary>Whether a signature is this key's over a text.</summary>
    public bool Verifies(ReadOnlySpan<byte> text, byte[] signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        var message = text.ToArray();
        return signature.Length == Ed25519.SignatureSize && Ed25519.Verify(signature, 0, _key, 0, message, 0, message.Length);
    }

    /// <summary>The key as it is written.</summary>
    public override string ToString() => $"{Name}+{IdText}+{Convert.ToBase64String([Ed25519Type, .. _key])}";

    /// <summary>The id as it is written: eight hex digits.</summary>
    public string IdText => Id.ToString("x8", CultureInfo.InvariantCulture);

    internal static bool TryBase64(string text, out byte[] bytes)
    {
        bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length))
            return false;
        bytes = bytes[..length];
        // Only one text stands for the same bytes.
        return Convert.ToBase64String(bytes) == text;
    }
}
