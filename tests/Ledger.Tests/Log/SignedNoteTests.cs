using Supervision.Ledger.Log;

namespace Supervision.Ledger.Tests.Log;

public sealed class SignedNoteTests
{
    // The key and note of the documentation of Go's note package; Ed25519 signs the same text alike every time.
    private const string Key = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";

    private const string VerifierKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    private const string Text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";

    private const string Note = Text + "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    [Fact]
    public void Notes_are_signed_as_Go_signs_them()
    {
        var signer = NoteSigner.Parse(Key);

        Assert.Equal(VerifierKey, signer.Verifier.ToString());
        Assert.Equal(Note, SignedNote.Sign(Text, [signer]).ToString());
        Assert.True(SignedNote.Parse(Note).IsSignedBy(NoteVerifier.Parse(VerifierKey)));
        Assert.Equal(Note, SignedNote.Parse(Note).ToString());
    }

    [Fact]
    public void A_note_is_signed_by_who_signed_it_and_by_nobody_else()
    {
        var (old, another) = (NoteSigner.Create("log.example"), NoteSigner.Create("log.example"));
        var note = SignedNote.Parse(SignedNote.Sign("log.example\n0\n", [old, another]).ToString());

        Assert.True(note.IsSignedBy(old.Verifier) && note.IsSignedBy(another.Verifier));
        Assert.False(note.IsSignedBy(NoteSigner.Create("log.example").Verifier));
        Assert.False((note with { Text = "log.example\n1\n" }).IsSignedBy(old.Verifier));
        // A key of another name is another key.
        Assert.False(SignedNote.Parse(note.ToString().Replace("— log.example", "— log.other", StringComparison.Ordinal)).IsSignedBy(old.Verifier));
    }

    [Theory]
    [InlineData("")]
    [InlineData("text\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n\n— name\n")]
    [InlineData("text\n\n- name x08go/ZJ\n")]
    [InlineData("text\n\n— name AAAA\n")]
    [InlineData("text\n\n— name x08go/ZJ")]
    [InlineData("text\u0007\n\n— name x08go/ZJ\n")]
    [InlineData("text\n\n— na+me x08go/ZJ\n")]
    [InlineData("text\n\n— name x08go/ZK=\n")]
    public void What_is_no_note_is_refused(string note) => Assert.Throws<FormatException>(() => SignedNote.Parse(note));

    [Theory]
    [InlineData("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumanN+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a3+AhpC2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a3")]
    [InlineData("")]
    public void What_is_no_key_is_refused(string key) => Assert.Throws<FormatException>(() => NoteVerifier.Parse(key));

    [Fact]
    public void A_key_that_signs_is_not_told_by_what_refuses_it() =>
        Assert.DoesNotContain("AYEKFALVFGyN", Assert.Throws<FormatException>(() => NoteSigner.Parse(Key.Replace("c74f20a3", "c74f20a4", StringComparison.Ordinal))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_checkpoint_is_three_lines()
    {
        var checkpoint = new Checkpoint("log.example/x", 20_852_163, Convert.FromHexString("09b0c7c2c4b10d8f0ee6f3d3b7c84bb8dc9d9d1a5f3ff2b5e3c0e1a8c0a5b7d1"));

        Assert.Equal("log.example/x\n20852163\nCbDHwsSxDY8O5vPTt8hLuNydnRpfP/K148DhqMClt9E=\n", checkpoint.ToText());
        var read = Checkpoint.Parse(checkpoint.ToText() + "an extension\n");
        Assert.Equal((checkpoint.Origin, checkpoint.Size), (read.Origin, read.Size));
        Assert.Equal(checkpoint.Root, read.Root);
    }

    [Theory]
    [InlineData("log.example\n01\nCbDHwsSxDY8O5vPTt8hLuNydnRpfP/K148DhqMClt9E=\n")]
    [InlineData("log.example\n-1\nCbDHwsSxDY8O5vPTt8hLuNydnRpfP/K148DhqMClt9E=\n")]
    [InlineData("log.example\n\nCbDHwsSxDY8O5vPTt8hLuNydnRpfP/K148DhqMClt9E=\n")]
    [InlineData("log.example\n1\nCbDHwsSxDY8O5vPTt8hLuNydnRpfP/K148DhqMClt9=\n")]
    [InlineData("log.example\n1\nAAAA\n")]
    [InlineData("\n1\nCbDHwsSxDY8O5vPTt8hLuNydnRpfP/K148DhqMClt9E=\n")]
    [InlineData("log.example\n1\n")]
    public void What_is_no_checkpoint_is_refused(string text) => Assert.Throws<FormatException>(() => Checkpoint.Parse(text));
}
