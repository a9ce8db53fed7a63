namespace Supervision.Grains.Inspectors;

/// <summary>Whether an inspector may make a check, as a function of what is registered.</summary>
public static class InspectorFitness
{
    /// <summary>Nobody of that number is registered.</summary>
    public const string Unknown = "unknown";

    /// <summary>It inspects no more.</summary>
    public const string Retired = "retired";

    /// <summary>The certificate is no longer valid on the day.</summary>
    public const string CertificateExpired = "certificate-expired";

    /// <summary>The entity lies outside its regions.</summary>
    public const string OutOfScope = "out-of-scope";

    /// <summary>It has to keep away from the enterprise (回避).</summary>
    public const string Conflict = "conflict";

    /// <summary>It lacks the field of expertise that the policy asks for.</summary>
    public const string LacksField = "lacks-field";

    /// <summary>Every reason for which an inspector of the pool takes no part when a draw is made.</summary>
    public static IReadOnlyList<string> SkipReasons { get; } = [Unknown, Retired, CertificateExpired];

    /// <summary>Why an inspector may not make a check; null: it may. The first reason in the order of the constants.</summary>
    /// <param name="inspector">The inspector; null: nobody of that number is registered.</param>
    /// <param name="region">The region of the entity, by code; null: none, which only who inspects everywhere may inspect.</param>
    /// <param name="enterprise">The enterprise behind the entity, or the entity itself where it is one.</param>
    /// <param name="on">The day of the check.</param>
    /// <param name="field">The field of expertise that the policy asks for; null: none.</param>
    public static string? Unfit(InspectorEntry? inspector, string? region, GrainId enterprise, DateOnly on, string? field = null) =>
        inspector is null ? Unknown
        : inspector.Retired && (inspector.RetiredOn is not { } retiredOn || on >= retiredOn) ? Retired
        : inspector.CertificateValidUntil < on ? CertificateExpired
        : !Covers(inspector.Regions, region) ? OutOfScope
        : inspector.Conflicts.Contains(enterprise) ? Conflict
        : field is not null && !inspector.Fields.Contains(field, StringComparer.Ordinal) ? LacksField
        : null;

    /// <summary>Whether regions, none meaning everywhere, cover one; a province does not cover its planning cities.</summary>
    public static bool Covers(IReadOnlyList<string> regions, string? region)
    {
        ArgumentNullException.ThrowIfNull(regions);
        return regions.Count == 0 || (region is not null && regions.Any(scope => Region.Covers(scope, region)));
    }
}
