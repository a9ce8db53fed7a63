using System.Security.Cryptography;

namespace Supervision.Grains.Draws;

/// <summary>The seed of a draw: what was committed to beforehand, what nobody controls, and the ledger that held the announcement.</summary>
public static class DrawSeed
{
    /// <summary>Bytes of the secret that the announcement commits to.</summary>
    public const int SecretLength = 32;

    private const string Tag = "draw-seed/v1";

    /// <summary>What the announcement says of the secret, in lower-case hex.</summary>
    public static string CommitmentTo(ReadOnlySpan<byte> secret) => Convert.ToHexStringLower(SHA256.HashData(secret));

    /// <summary>The seed, 32 bytes.</summary>
    /// <param name="secret">The secret, revealed.</param>
    /// <param name="publicValues">The public values, in order.</param>
    /// <param name="root">The root of the ledger up to the batch of the announcement, 32 bytes.</param>
    public static byte[] Of(ReadOnlySpan<byte> secret, IEnumerable<string> publicValues, ReadOnlySpan<byte> root)
    {
        ArgumentNullException.ThrowIfNull(publicValues);
        var hash = new DrawHash();
        hash.Begin(Tag).Part(secret);
        foreach (var value in publicValues)
            hash.Part(value);
        return hash.Part(root).ToArray();
    }
}
