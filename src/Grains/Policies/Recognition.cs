using System.Globalization;

namespace Supervision.Grains.Policies;

/// <summary>A title that follows from titles of other policies by itself.</summary>
/// <param name="To">The title.</param>
/// <param name="Policy">The policy that has it follow.</param>
/// <param name="Rule">What it follows from.</param>
public sealed record Recognition(TitleRef To, Policy Policy, RecognitionRule Rule)
{
    private readonly Honour _honour = Policy.Honours.First(honour => string.Equals(honour.Name, To.Honour, StringComparison.Ordinal));

    /// <summary>The article.</summary>
    public string Article => Rule.Article;

    /// <summary>What a policy has follow.</summary>
    internal static IEnumerable<Recognition> Of(Policy policy) =>
        from rule in policy.Recognition ?? []
        from honour in rule.Honours
        select new Recognition(new TitleRef(policy.Id, honour, rule.Level), policy, rule);

    /// <summary>Whether it follows from a title of an entity that lies in a region.</summary>
    public bool Reaches(Title source, string? region) => Covers(region) && IsFrom(source.Ref) && Counts(source);

    /// <summary>Whether the policy is that of a region.</summary>
    public bool Covers(string? region) => Policy.Region is not { } scope || (region is not null && Region.Covers(scope.Value, region));

    /// <summary>Whether it follows from such titles.</summary>
    public bool IsFrom(TitleRef source) =>
        source.Level == Rule.FromLevel && string.Equals(source.Honour, To.Honour, StringComparison.Ordinal) && Rule.From.Contains(source.Policy, StringComparer.Ordinal);

    /// <summary>Whether it follows from a title as that was granted: by a list of its own, in a batch that counts, while the policy grants.</summary>
    public bool Counts(Title source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.DerivedFrom is null
            && (Rule.BatchMax is not { } last || (int.TryParse(source.Batch, NumberStyles.None, CultureInfo.InvariantCulture, out var batch) && batch <= last.Value))
            && !((_honour.GrantedUntil ?? Policy.EffectiveTo)?.Value < source.GrantedOn);
    }

    /// <summary>The first day on which it follows: that of the grant, or of the policy.</summary>
    public DateOnly FirstDay(Title source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.GrantedOn > Policy.EffectiveFrom.Value ? source.GrantedOn : Policy.EffectiveFrom.Value;
    }
}
