using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Supervision.Ledger.Query;

/// <summary>
/// What an entity is filtered by. There are few of them however many entities there are, so the register names each by a
/// number, and the entities of one stand in the order of identities in an index.
/// </summary>
/// <param name="Kind">The kind.</param>
/// <param name="Region">The region, or null.</param>
/// <param name="RiskClass">The credit-risk class, or null.</param>
/// <param name="Standing">The standing.</param>
/// <param name="Titles">Policy, level and status of its titles, and <c>exempt</c> where one has or had an exemption: each combination once, in order.</param>
public sealed record Facet(string Kind, string? Region, string? RiskClass, string Standing, IReadOnlyList<string> Titles)
{
    /// <summary>What the words of a title end with that has or had an exemption.</summary>
    public const string Exempt = " exempt";

    /// <summary>The number: the first eight bytes of the SHA-256 of its words, one a line.</summary>
    public long Id => BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(ToString())));

    /// <summary>The facet of an entity with these columns and titles.</summary>
    public static Facet Of(EntityColumns columns, IReadOnlyList<TitleColumns> titles)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(titles);
        return new Facet(
            columns.Kind, columns.Region, columns.RiskClass, columns.Standing!,
            titles switch
            {
                [] => [],
                [var only] => [WordsOf(only)],
                _ => [.. titles.Select(WordsOf).Distinct().Order(StringComparer.Ordinal)],
            });
    }

    /// <summary>Its words, one a line.</summary>
    public override string ToString() => string.Join('\n', (string[])[Kind, Region ?? "", RiskClass ?? "", Standing, .. Titles]);

    /// <inheritdoc/>
    public bool Equals(Facet? other) =>
        other is not null && (Kind, Region, RiskClass, Standing) == (other.Kind, other.Region, other.RiskClass, other.Standing) && Titles.SequenceEqual(other.Titles);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Region, RiskClass, Standing, Titles.Count, Titles.Count > 0 ? Titles[0] : null);

    private static string WordsOf(TitleColumns title) => $"{title.Policy} {title.Level} {title.Status}{(title.ExemptUntil is null ? "" : Exempt)}";
}
