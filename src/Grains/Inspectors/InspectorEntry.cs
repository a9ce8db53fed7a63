namespace Supervision.Grains.Inspectors;

/// <summary>An inspector as decisions and draws see it: who may inspect what.</summary>
/// <param name="Id">The public service number.</param>
/// <param name="Regions">Where it inspects, by codes; none: everywhere.</param>
/// <param name="CertificateValidUntil">Last day of the certificate.</param>
/// <param name="Fields">Fields of expertise.</param>
/// <param name="Conflicts">Every identity of the enterprises with which a conflict stands.</param>
/// <param name="Retired">Whether it inspects no more.</param>
public sealed record InspectorEntry(
    string Id, IReadOnlyList<string> Regions, DateOnly CertificateValidUntil, IReadOnlyList<string> Fields, IReadOnlyList<GrainId> Conflicts, bool Retired)
{
    /// <summary>Since when it inspects no more; null: it does. What it made before that day stands.</summary>
    public DateOnly? RetiredOn { get; init; }

    /// <summary>The entry of an inspector.</summary>
    public static InspectorEntry Of(GrainId id, GrainState.Inspector inspector)
    {
        ArgumentNullException.ThrowIfNull(inspector);
        return new InspectorEntry(
            id.Key, inspector.Regions, inspector.CertificateValidUntil, inspector.Fields,
            [.. inspector.OpenConflicts.SelectMany(conflict => (conflict.Identities ?? []).Prepend(conflict.Enterprise)).Distinct()], inspector.Retirement is not null)
        {
            RetiredOn = inspector.Retirement?.On,
        };
    }
}
