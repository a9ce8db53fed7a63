using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Text;

namespace Supervision.Ledger.Query;

/// <summary>
/// The terms that an index finds texts by: at each character the pair that begins there, or the three of them where all are
/// ASCII, because pairs of digits are in half of all keys; and each line as a whole. Those of parts are told apart by kind.
/// A key that is derived from a name is found as a whole only. Two terms may be one number, so whatever is found is looked at.
/// </summary>
public static class SearchTerms
{
    private const int AsciiEnd = 128;

    private static readonly FrozenDictionary<string, int> Salts = GrainKind.Subjects.ToFrozenDictionary(kind => kind.Name, kind => OfWhole(kind.Name));

    /// <summary>The terms of an entity of a kind, whose texts stand one a line.</summary>
    public static int[] Of(string kind, string search)
    {
        ArgumentNullException.ThrowIfNull(search);
        var salt = Salts[kind];
        var terms = new List<int>(search.Length + 8);
        foreach (var line in search.Split('\n'))
        {
            if (DerivedKey.Is(line))
            {
                terms.Add(OfWhole(line));
                continue;
            }

            var (first, second) = (-1, -1);
            foreach (var rune in line.EnumerateRunes())
            {
                if (first >= 0)
                    terms.Add(Of(first, second, rune.Value) ^ salt);
                (first, second) = (second, rune.Value);
            }

            if (first >= 0)
                terms.Add(Pair(first, second) ^ salt);
            terms.Add(OfWhole(line));
        }

        return [.. terms];
    }

    /// <summary>The term of a whole text.</summary>
    public static int OfWhole(string text)
    {
        Span<byte> hash = stackalloc byte[Sha256.Length];
        Sha256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return BinaryPrimitives.ReadInt32BigEndian(hash);
    }

    /// <summary>The terms that texts of a kind with this part have; none for a part of one character.</summary>
    public static PartTerms OfPart(string kind, string part)
    {
        ArgumentNullException.ThrowIfNull(part);
        if (DerivedKey.Is(part))
            return new PartTerms([OfWhole(part)], All: true);
        var salt = Salts[kind];
        int[] runes = [.. part.EnumerateRunes().Select(rune => rune.Value)];
        if (runes.Length == 2 && runes[0] < AsciiEnd && runes[1] < AsciiEnd)
            return new PartTerms([.. OfPair(runes[0], runes[1]).Select(term => term ^ salt)], All: false);
        var terms = new HashSet<int>();
        for (var i = 0; i + 1 < runes.Length; i++)
        {
            if (i + 2 < runes.Length)
                terms.Add(Of(runes[i], runes[i + 1], runes[i + 2]) ^ salt);
            // What follows the last two is not known, and matters where both are ASCII.
            else if (runes[i] >= AsciiEnd || runes[i + 1] >= AsciiEnd)
                terms.Add(Pair(runes[i], runes[i + 1]) ^ salt);
        }

        return new PartTerms([.. terms], All: true);
    }

    /// <summary>The terms of which texts of a kind with any of these pairs have one.</summary>
    public static IEnumerable<int> OfPairs(string kind, IEnumerable<string> pairs)
    {
        var salt = Salts[kind];
        return pairs.SelectMany(pair =>
        {
            var runes = pair.EnumerateRunes().ToArray();
            return OfPair(runes[0].Value, runes[1].Value);
        }).Select(term => term ^ salt);
    }

    private static int Of(int first, int second, int third) =>
        first < AsciiEnd && second < AsciiEnd && third < AsciiEnd ? (first << 14) | (second << 7) | third : Pair(first, second);

    private static int Pair(int first, int second) => (first << 16) ^ second;

    /// <summary>A pair by itself, and where both are ASCII with every such character that may follow.</summary>
    private static IEnumerable<int> OfPair(int first, int second) =>
        first < AsciiEnd && second < AsciiEnd ? Enumerable.Range(0, AsciiEnd).Select(third => Of(first, second, third)).Append(Pair(first, second)) : [Pair(first, second)];
}

/// <summary>What texts with a part are found by.</summary>
/// <param name="Terms">The terms.</param>
/// <param name="All">Whether such a text has all of them; otherwise it has one.</param>
public sealed record PartTerms(IReadOnlyList<int> Terms, bool All);
