using System.Buffers.Binary;
using System.Text;

namespace Supervision.Ledger.Log;

/// <summary>A line below a note.</summary>
/// <param name="Name">Who signed.</param>
/// <param name="KeyId">With which key.</param>
/// <param name="Signature">The signature.</param>
public sealed record NoteSignature(string Name, uint KeyId, byte[] Signature);

/// <summary>A text with signatures below it (C2SP signed-note).</summary>
/// <param name="Text">The text that is signed; it ends with a line feed.</param>
/// <param name="Signatures">The signatures.</param>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    private const string LinePrefix = "— ";

    // Checkpoints are a few hundred bytes; whatever is longer is none.
    private const int LengthMax = 65_536;

    private const int KeyIdLength = 4;

    /// <summary>Signs a text.</summary>
    public static SignedNote Sign(string text, IEnumerable<NoteSigner> signers)
    {
        ArgumentNullException.ThrowIfNull(signers);
        var bytes = Encoding.UTF8.GetBytes(text);
        return new SignedNote(text, [.. signers.Select(signer => new NoteSignature(signer.Verifier.Name, signer.Verifier.Id, signer.Sign(bytes)))]);
    }

    /// <summary>Reads a note.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static SignedNote Parse(string note)
    {
        ArgumentNullException.ThrowIfNull(note);
        // The text ends with the last empty line.
        var end = note.Length > LengthMax ? -1 : note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0 || end + 2 >= note.Length || !note.EndsWith('\n') || note.Any(character => character < ' ' && character != '\n'))
            throw new FormatException("This is not a signed note: a text, an empty line, and lines of signatures.");
        var signatures = note[(end + 2)..^1].Split('\n').Select(ReadLine).ToList();
        return new SignedNote(note[..(end + 1)], signatures);
    }

    /// <summary>Whether a key has signed the note. A wrong signature of the key is none.</summary>
    public bool IsSignedBy(NoteVerifier verifier)
    {
        ArgumentNullException.ThrowIfNull(verifier);
        var text = Encoding.UTF8.GetBytes(Text);
        return Signatures.Any(signature => signature.KeyId == verifier.Id && signature.Name == verifier.Name && verifier.Verifies(text, signature.Signature));
    }

    /// <summary>The note as it is written.</summary>
    public override string ToString()
    {
        var note = new StringBuilder(Text).Append('\n');
        var id = new byte[KeyIdLength];
        foreach (var signature in Signatures)
        {
            BinaryPrimitives.WriteUInt32BigEndian(id, signature.KeyId);
            note.Append(LinePrefix).Append(signature.Name).Append(' ').Append(Convert.ToBase64String([.. id, .. signature.Signature])).Append('\n');
        }

        return note.ToString();
    }

    private static NoteSignature ReadLine(string line)
    {
        if (line.StartsWith(LinePrefix, StringComparison.Ordinal) && line[LinePrefix.Length..].Split(' ') is [var name, var text]
            && NoteVerifier.IsName(name) && NoteVerifier.TryBase64(text, out var bytes) && bytes.Length > KeyIdLength)
            return new NoteSignature(name, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes[KeyIdLength..]);
        throw new FormatException($"'{line}' is not the signature of a note: {LinePrefix}name base64.");
    }
}
