namespace Supervision;

/// <summary>Whom the key of a party is bound to, as it is given when it is made, and what is wrong with that for its role.</summary>
/// <param name="Enterprise">The enterprise; null for any other role.</param>
/// <param name="Body">The name of the certification body or evaluator; null for any other role.</param>
/// <param name="Faults">What is wrong, by member: <c>enterprise</c>, <c>body</c>.</param>
public sealed record KeyBinding(GrainId? Enterprise, string? Body, IReadOnlyList<(string Member, string Expected)> Faults)
{
    /// <summary>Reads a binding.</summary>
    /// <param name="role">The role.</param>
    /// <param name="enterprise">The credit code, or the identity of an enterprise whose code is not known.</param>
    /// <param name="body">The name of a body.</param>
    public static KeyBinding Read(Role role, string? enterprise, string? body)
    {
        var faults = new List<(string, string)>();
        var isBody = role is Role.CertificationBody or Role.Evaluator;
        GrainId bound = default;
        if (role != Role.Enterprise && enterprise is not null)
            faults.Add(("enterprise", "Only the key of an enterprise is bound to one."));
        else if (role == Role.Enterprise && (enterprise is null || !TryEnterprise(enterprise, out bound)))
            faults.Add(("enterprise", $"Has to be the enterprise that uses the key: {GrainKind.Enterprise.KeyForm}."));
        if (!isBody && body is not null)
            faults.Add(("body", "Only the key of a certification body or evaluator is bound to one."));
        else if (isBody && (body is null || EntityName.Normalise(body).Length == 0))
            faults.Add(("body", $"Has to be the name of the {KebabCase<Role>.Word(role)} that uses the key, as titles name it."));
        return new KeyBinding(role == Role.Enterprise && faults.Count == 0 ? bound : null, isBody && faults.Count == 0 ? body : null, faults);
    }

    private static bool TryEnterprise(string text, out GrainId enterprise) =>
        GrainId.TryParse(text.Contains('/', StringComparison.Ordinal) ? text : $"{GrainKind.Enterprise.Name}/{text}", out enterprise)
        && enterprise.Kind == GrainKind.Enterprise;
}
