using System.Security.Cryptography;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Supervision.Ledger.Log;

/// <summary>A key that signs notes, as Go's note package writes it: <c>PRIVATE+KEY+name+id+base64(1, seed)</c>, Ed25519.</summary>
public sealed class NoteSigner
{
    private const string Prefix = "PRIVATE+KEY+";

    private readonly byte[] _seed;

    private NoteSigner(string name, byte[] seed)
    {
        var key = new byte[Ed25519.PublicKeySize];
        Ed25519.GeneratePublicKey(seed, 0, key, 0);
        (_seed, Verifier) = (seed, new NoteVerifier(name, key));
    }

    /// <summary>The public key.</summary>
    public NoteVerifier Verifier { get; }

    /// <summary>Makes a key.</summary>
    public static NoteSigner Create(string name) => new(name, RandomNumberGenerator.GetBytes(Ed25519.SecretKeySize));

    /// <summary>Reads a key as it is written.</summary>
    /// <exception cref="FormatException">It is none; the message does not tell what it is.</exception>
    public static NoteSigner Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.StartsWith(Prefix, StringComparison.Ordinal) && text[Prefix.Length..].Split('+', 3) is [var name, var id, var seed]
            && NoteVerifier.IsName(name) && NoteVerifier.TryBase64(seed, out var bytes) && bytes is [NoteVerifier.Ed25519Type, ..] && bytes.Length == 1 + Ed25519.SecretKeySize)
        {
            var signer = new NoteSigner(name, bytes[1..]);
            if (signer.Verifier.IdText == id)
                return signer;
        }

        throw new FormatException($"A line is not a key that signs; it has the form {Prefix}name+id+base64.");
    }

    /// <summary>Signs a text.</summary>
    public byte[] Sign(ReadOnlySpan<byte> text)
    {
        var (message, signature) = (text.ToArray(), new byte[Ed25519.SignatureSize]);
        Ed25519.Sign(_seed, 0, message, 0, message.Length, signature, 0);
        return signature;
    }

    /// <summary>The key as it is kept.</summary>
    internal string ToText() => $"{Prefix}{Verifier.Name}+{Verifier.IdText}+{Convert.ToBase64String([NoteVerifier.Ed25519Type, .. _seed])}";
}
