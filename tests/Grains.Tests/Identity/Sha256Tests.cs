using System.Security.Cryptography;

namespace Supervision.Grains.Tests.Identity;

/// <summary>The short way to a hash gives what the platform gives.</summary>
public sealed class Sha256Tests
{
    [Fact]
    public void Inputs_of_every_length_have_the_hash_that_the_platform_gives()
    {
        var input = Enumerable.Range(0, 5_000).Select(i => (byte)(i * 31)).ToArray();
        for (var length = 0; length < input.Length; length += length < 300 ? 1 : 97)
            Assert.Equal(SHA256.HashData(input.AsSpan(0, length)), Sha256.HashData(input.AsSpan(0, length)));
    }

    [Fact]
    public void A_hash_needs_room() => Assert.Throws<ArgumentException>(() => Sha256.HashData([1], new byte[Sha256.Length - 1]));

    [Fact]
    public void Several_threads_hash_at_once() =>
        Parallel.For(0, 20_000, i => Assert.Equal(SHA256.HashData(BitConverter.GetBytes(i)), Sha256.HashData(BitConverter.GetBytes(i))));
}
