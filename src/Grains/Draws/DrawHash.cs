using System.Buffers.Binary;
using System.Text;

namespace Supervision.Grains.Draws;

/// <summary>
/// The hashes of <c>draw/v1</c> (docs/draws.md). Every one is the SHA-256 of a tag that ends with a zero byte and of parts, each with its
/// length before it (four bytes, most significant first), so that no two inputs run into each other. Not for several threads at once.
/// </summary>
internal sealed class DrawHash
{
    /// <summary>Bytes of a hash.</summary>
    public const int Length = 32;

    private const int LeafPrefix = 0;

    private const int NodePrefix = 1;

    private byte[] _input = new byte[1024];

    private int _length;

    /// <summary>Begins an input with a tag.</summary>
    public DrawHash Begin(string tag)
    {
        _length = 0;
        return Tag(tag);
    }

    /// <summary>Begins the input of a leaf of a tree.</summary>
    public DrawHash BeginLeaf(string tag)
    {
        _input[0] = LeafPrefix;
        _length = 1;
        return Tag(tag);
    }

    /// <summary>Adds bytes with their length.</summary>
    public DrawHash Part(ReadOnlySpan<byte> bytes)
    {
        var room = Room(4 + bytes.Length);
        BinaryPrimitives.WriteInt32BigEndian(room, bytes.Length);
        bytes.CopyTo(room[4..]);
        _length += 4 + bytes.Length;
        return this;
    }

    /// <summary>Adds a text in UTF-8 with its length; null is the empty text.</summary>
    public DrawHash Part(string? text)
    {
        text ??= "";
        var room = Room(4 + Encoding.UTF8.GetMaxByteCount(text.Length));
        var written = Encoding.UTF8.GetBytes(text, room[4..]);
        BinaryPrimitives.WriteInt32BigEndian(room, written);
        _length += 4 + written;
        return this;
    }

    /// <summary>Adds a number as four bytes, most significant first, without a length.</summary>
    public DrawHash Number(int number)
    {
        BinaryPrimitives.WriteInt32BigEndian(Room(4), number);
        _length += 4;
        return this;
    }

    /// <summary>The hash of what was put in.</summary>
    public void To(Span<byte> hash) => Sha256.HashData(_input.AsSpan(0, _length), hash);

    /// <summary>The hash of what was put in.</summary>
    public byte[] ToArray()
    {
        var hash = new byte[Length];
        To(hash);
        return hash;
    }

    /// <summary>The hash of an inner node of a tree, of the 64 bytes of its two children.</summary>
    public void Node(ReadOnlySpan<byte> children, Span<byte> hash)
    {
        _input[0] = NodePrefix;
        children.CopyTo(_input.AsSpan(1));
        _length = 1 + children.Length;
        To(hash);
    }

    private DrawHash Tag(string tag)
    {
        _length += Encoding.ASCII.GetBytes(tag, Room(tag.Length + 1));
        _input[_length++] = 0;
        return this;
    }

    private Span<byte> Room(int length)
    {
        if (_input.Length - _length < length)
            Array.Resize(ref _input, Math.Max(_input.Length * 2, _length + length));
        return _input.AsSpan(_length);
    }
}
