using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using Supervision.Ledger.Merkle;

namespace Supervision.Ledger.Tests.Merkle;

public sealed class MerkleProofTests
{
    private const int SizeMax = 600;

    private readonly NaiveTree _tree = new();

    // The leaves and proofs of the Certificate Transparency reference implementations.
    private static readonly byte[][] Leaves =
        [.. new[] { "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f" }.Select(leaf => SHA256.HashData([0, .. Convert.FromHexString(leaf)]))];

    [Theory]
    [InlineData(0, 8, "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e 6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4")]
    [InlineData(2, 3, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    public void Proofs_of_inclusion_are_those_of_RFC_6962(int index, int size, string path) =>
        Assert.Equal(path.Split(' '), MerkleProof.Inclusion(index, size).Select(HashOf));

    [Theory]
    [InlineData(1, 8, "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e 6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4")]
    [InlineData(6, 8, "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0 d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(2, 5, "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b")]
    public void Proofs_of_consistency_are_those_of_RFC_6962(int from, int to, string path) =>
        Assert.Equal(path.Split(' '), MerkleProof.Consistency(from, to).Select(HashOf));

    [Fact]
    public void Every_size_has_its_root_and_proofs_of_every_leaf_and_every_earlier_size()
    {
        // Every pair up to 70, and beyond it those around what divides trees.
        int[] places = [0, 1, 63, 64, 127, 128, 255, 256, 257, 511, 512, 513];
        for (var size = 1; size <= SizeMax; size++)
        {
            var root = _tree.Hash(0, size);
            Assert.Equal(root, Read(new TreeRange(0, size)));
            foreach (var place in size <= 70 ? Enumerable.Range(0, size) : places.Append(size - 1).Where(place => place < size))
            {
                AssertIncluded(place, size, root);
                AssertConsistent(place, size, root);
            }
        }
    }

    [Fact]
    public void Any_leaf_and_any_earlier_size_of_any_tree_are_proven() =>
        Prop.ForAll(
            Gen.Choose(1, 200_000).SelectMany(size => Gen.Choose(0, size - 1).Select(place => (size, place))).ToArbitrary(),
            pair =>
            {
                var root = _tree.Hash(0, pair.size);
                AssertIncluded(pair.place, pair.size, root);
                AssertConsistent(pair.place, pair.size, root);
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public void No_changed_proof_holds() =>
        Prop.ForAll(
            Gen.Choose(2, 300).SelectMany(size => Gen.Choose(1, size - 1).SelectMany(place => Gen.Choose(0, 999).Select(change => (size, place, change)))).ToArbitrary(),
            one =>
            {
                var (size, place, change) = one;
                var (root, path) = (_tree.Hash(0, size), _tree.Path(place, 0, size));
                var changed = Change(path, change);
                Assert.False(MerkleProof.RootOf(NaiveTree.Leaf(place), place, size, changed) is { } other && other.AsSpan().SequenceEqual(root));
                Assert.False(MerkleProof.RootOf(NaiveTree.Leaf(place - 1), place, size, path) is { } wrong && wrong.AsSpan().SequenceEqual(root));
                var (earlier, proof) = (_tree.Hash(0, place), _tree.Proof(place, 0, size));
                Assert.False(MerkleProof.IsConsistent(place, earlier, size, root, Change(proof, change)));
                Assert.False(MerkleProof.IsConsistent(place, _tree.Hash(0, place - 1), size, root, proof));
                Assert.False(MerkleProof.IsConsistent(place, earlier, size, _tree.Hash(0, size + 1), proof));
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Trees_that_shrink_or_differ_at_the_same_size_are_not_consistent()
    {
        Assert.False(MerkleProof.IsConsistent(5, _tree.Hash(0, 5), 4, _tree.Hash(0, 4), []));
        Assert.False(MerkleProof.IsConsistent(5, _tree.Hash(0, 5), 5, _tree.Hash(0, 4), []));
        Assert.False(MerkleProof.IsConsistent(0, _tree.Hash(0, 1), 5, _tree.Hash(0, 5), []));
        Assert.True(MerkleProof.IsConsistent(0, _tree.Hash(0, 0), 5, _tree.Hash(0, 5), []));
    }

    private void AssertIncluded(int place, int size, byte[] root)
    {
        var path = MerkleProof.Inclusion(place, size).Select(Read).ToArray();
        Assert.Equal(_tree.Path(place, 0, size), path);
        Assert.Equal(root, MerkleProof.RootOf(NaiveTree.Leaf(place), place, size, path));
    }

    private void AssertConsistent(int from, int to, byte[] root)
    {
        var path = MerkleProof.Consistency(from, to).Select(Read).ToArray();
        if (from > 0)
            Assert.Equal(_tree.Proof(from, 0, to), path);
        Assert.True(MerkleProof.IsConsistent(from, _tree.Hash(0, from), to, root, path));
    }

    /// <summary>The hash of a range as it is made of perfect subtrees.</summary>
    private byte[] Read(TreeRange range) =>
        TreeRange.HashOf([.. range.Nodes().Select(node => _tree.Hash(node.Place << node.Level, (node.Place + 1) << node.Level))]);

    private static string HashOf(TreeRange range)
    {
        var tree = MerkleFrontier.Empty();
        foreach (var leaf in Leaves[(int)range.From..(int)range.To])
            tree.Append(leaf);
        return Convert.ToHexStringLower(tree.Root());
    }

    /// <summary>A path with a bit flipped, a hash more, one fewer, or two of them swapped.</summary>
    private static byte[][] Change(byte[][] path, int change)
    {
        var changed = path.Select(hash => (byte[])hash.Clone()).ToList();
        switch (change % 4)
        {
            case 0 when changed.Count > 0:
                changed[change % changed.Count][change % 32] ^= (byte)(1 << (change % 8));
                break;
            case 1 when changed.Count > 0:
                changed.RemoveAt(change % changed.Count);
                break;
            case 2 when changed.Count > 1:
                (changed[0], changed[^1]) = (changed[^1], changed[0]);
                break;
            default:
                changed.Insert(change % (changed.Count + 1), SHA256.HashData(BitConverter.GetBytes(change)));
                break;
        }

        return [.. changed];
    }
}
