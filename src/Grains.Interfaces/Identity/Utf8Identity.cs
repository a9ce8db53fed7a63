using System.Runtime.CompilerServices;
using System.Text;

namespace Supervision;

/// <summary>
/// The identity of a grain in UTF-8, as a part of a longer text: a million of them that were read together are a few texts instead of a million.
/// Whether it has the form of an identity is not known; <see cref="GrainId.TryParse"/> tells.
/// </summary>
public readonly struct Utf8Identity : IEquatable<Utf8Identity>, IComparable<Utf8Identity>
{
    private readonly byte[]? _text;

    private readonly int _from;

    private readonly int _length;

    /// <summary>Takes a part of a text, which must not change any more.</summary>
    /// <param name="text">The text in UTF-8.</param>
    /// <param name="from">Where the identity begins in it.</param>
    /// <param name="length">How many bytes it has.</param>
    public Utf8Identity(byte[] text, int from, int length)
    {
        ArgumentNullException.ThrowIfNull(text);
        _ = text.AsSpan(from, length);
        (_text, _from, _length) = (text, from, length);
    }

    /// <summary>Its bytes.</summary>
    public ReadOnlySpan<byte> Bytes => new(_text, _from, _length);

    /// <summary>Takes an identity that is there as a text.</summary>
    public static implicit operator Utf8Identity(string identity) => FromString(identity);

    /// <summary>The same identity.</summary>
    public static bool operator ==(Utf8Identity left, Utf8Identity right) => left.Equals(right);

    /// <summary>Another identity.</summary>
    public static bool operator !=(Utf8Identity left, Utf8Identity right) => !left.Equals(right);

    /// <summary>Before, in the order of bytes.</summary>
    public static bool operator <(Utf8Identity left, Utf8Identity right) => left.CompareTo(right) < 0;

    /// <summary>After, in the order of bytes.</summary>
    public static bool operator >(Utf8Identity left, Utf8Identity right) => left.CompareTo(right) > 0;

    /// <summary>Before or the same.</summary>
    public static bool operator <=(Utf8Identity left, Utf8Identity right) => left.CompareTo(right) <= 0;

    /// <summary>After or the same.</summary>
    public static bool operator >=(Utf8Identity left, Utf8Identity right) => left.CompareTo(right) >= 0;

    /// <summary>Takes an identity that is there as a text.</summary>
    public static Utf8Identity FromString(string identity)
    {
        var bytes = Encoding.UTF8.GetBytes(identity);
        return new Utf8Identity(bytes, 0, bytes.Length);
    }

    /// <summary>Orders by bytes, which for what has the form of an identity is the order of <see cref="GrainId"/>.</summary>
    public int CompareTo(Utf8Identity other) => Bytes.SequenceCompareTo(other.Bytes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Equals(Utf8Identity other) => Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Utf8Identity other && Equals(other);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => Encoding.UTF8.GetString(Bytes);
}
