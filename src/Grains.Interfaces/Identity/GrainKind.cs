using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Supervision;

/// <summary>A kind of grain: what it is called in identities and addresses, and the form of its keys.</summary>
public sealed partial class GrainKind
{
    private readonly Func<string, bool> _isKey;

    private GrainKind(string name, bool isSubject, string keyForm, Func<string, bool> isKey) =>
        (Name, IsSubject, KeyForm, _isKey) = (name, isSubject, keyForm, isKey);

    /// <summary>绿色工厂: a certified factory.</summary>
    public static GrainKind Factory { get; } = new("factory", isSubject: true, ListKeyForm, ListKey().IsMatch);

    /// <summary>绿色设计产品: a certified product of an enterprise.</summary>
    public static GrainKind Product { get; } = new("product", isSubject: true, ListKeyForm, ListKey().IsMatch);

    /// <summary>绿色园区: a certified industrial park.</summary>
    public static GrainKind Park { get; } = new("park", isSubject: true, ListKeyForm, ListKey().IsMatch);

    /// <summary>绿色供应链管理企业: a certified supply chain, led by an enterprise.</summary>
    public static GrainKind SupplyChain { get; } = new("supply-chain", isSubject: true, ListKeyForm, ListKey().IsMatch);

    /// <summary>绿色数据中心: a certified data centre.</summary>
    public static GrainKind DataCentre { get; } = new("data-centre", isSubject: true, ListKeyForm, ListKey().IsMatch);

    /// <summary>企业: the legal person behind certified subjects, with or without a title of its own.</summary>
    public static GrainKind Enterprise { get; } = new(
        "enterprise", isSubject: true,
        "a unified social credit code (18 characters with its check character, GB 32100), or u- and the first 16 hex digits of the SHA-256 of the normalised name",
        key => CreditCode.IsValid(key) || NameKey().IsMatch(key));

    /// <summary>A rule-set; its grain records which version was adopted when.</summary>
    public static GrainKind Policy { get; } = new("policy", isSubject: false, "lower-case letters, digits and hyphens", RuleKey().IsMatch);

    /// <summary>A calendar of holidays; its grain records which content was adopted when.</summary>
    public static GrainKind Calendar { get; } = new("calendar", isSubject: false, "lower-case letters, digits and hyphens", RuleKey().IsMatch);

    /// <summary>抽签: a draw of spot checks; its grain records how it was made.</summary>
    public static GrainKind Draw { get; } = new("draw", isSubject: false, ListKeyForm, ListKey().IsMatch);

    /// <summary>停摆期: days on which an authority could not be reached, which move deadlines.</summary>
    public static GrainKind Downtime { get; } = new("downtime", isSubject: false, ListKeyForm, ListKey().IsMatch);

    /// <summary>执法人员: an inspector, by the public service number. Nothing in it looks like anything else: letters and digits are ASCII.</summary>
    public static GrainKind Inspector { get; } = new(
        "inspector", isSubject: false, "1 to 64 ASCII letters, digits and hyphens, beginning with a letter or digit", InspectorKey().IsMatch);

    /// <summary>The register of published check items; its grain records which content was adopted when.</summary>
    public static GrainKind CheckItems { get; } = new("check-items", isSubject: false, "lower-case letters, digits and hyphens", RuleKey().IsMatch);

    // As an array it is gone through without an object for each look.
    private static readonly GrainKind[] EveryKind = [Factory, Product, Park, SupplyChain, DataCentre, Enterprise, Policy, Calendar, CheckItems, Inspector, Draw, Downtime];

    /// <summary>Every kind.</summary>
    public static IReadOnlyList<GrainKind> All => EveryKind;

    /// <summary>The kinds that are supervised and appear in the register.</summary>
    public static IReadOnlyList<GrainKind> Subjects { get; } = [.. EveryKind.Where(kind => kind.IsSubject)];

    /// <summary>The word for the kind in identities, addresses and JSON.</summary>
    public string Name { get; }

    /// <summary>Whether grains of this kind are entities of the register.</summary>
    public bool IsSubject { get; }

    /// <summary>What a key of this kind looks like, in words for an error message.</summary>
    public string KeyForm { get; }

    private const string ListKeyForm = "1 to 64 letters, digits, dots, hyphens and underscores, beginning with a letter or digit";

    /// <summary>Whether a text has the form of this kind's keys.</summary>
    public bool IsKey(string key) => _isKey(key);

    /// <summary>Finds a kind by its word.</summary>
    public static bool TryFind(ReadOnlySpan<char> name, [NotNullWhen(true)] out GrainKind? kind)
    {
        foreach (var candidate in EveryKind)
        {
            if (name.SequenceEqual(candidate.Name))
            {
                kind = candidate;
                return true;
            }
        }

        kind = null;
        return false;
    }

    /// <summary>The kind of that word.</summary>
    /// <exception cref="ArgumentException">There is no such kind.</exception>
    public static GrainKind Of(ReadOnlySpan<char> name) =>
        TryFind(name, out var kind) ? kind : throw new ArgumentException($"'{name}' is not a kind of grain.", nameof(name));

    /// <inheritdoc/>
    public override string ToString() => Name;

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ListKey();

    [GeneratedRegex(@"^u-[0-9a-f]{16}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NameKey();

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,63}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RuleKey();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9-]{0,63}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InspectorKey();
}
