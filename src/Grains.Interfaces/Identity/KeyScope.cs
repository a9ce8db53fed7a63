namespace Supervision;

/// <summary>
/// The regions in which a key acts, as they are given when it is made, and what is wrong with them for its role and the
/// level of its authority.
/// </summary>
/// <param name="Regions">Six-digit codes, each once.</param>
/// <param name="Faults">What is wrong, by member: <c>level</c>, <c>regions</c>, <c>regions[0]</c>, ….</param>
public sealed record KeyScope(IReadOnlyList<string> Regions, IReadOnlyList<(string Member, string Expected)> Faults)
{
    /// <summary>Reads regions, given by code or name.</summary>
    public static KeyScope Read(Role role, Level level, IReadOnlyList<string> regions)
    {
        ArgumentNullException.ThrowIfNull(regions);
        var faults = new List<(string, string)>();
        // An administrator imports in the name of whichever authority published a list: bounds would only look like bounds.
        if (role == Role.Admin && level != Level.National)
            faults.Add(("level", "An administrator acts for no single region; leave level and regions out."));
        if (role is Role.Enterprise or Role.CertificationBody or Role.Evaluator && level != Level.National)
            faults.Add(("level", "A key that is bound to an enterprise or body acts for no authority; leave level and regions out."));
        if (level == Level.National && regions.Count > 0)
            faults.Add(("regions", "The national authority answers for every region; leave them out, or name another level."));
        if (level != Level.National && regions.Count == 0)
            faults.Add(("regions", $"A {KebabCase<Level>.Word(level)} authority answers for at least one region."));

        var codes = new List<string>();
        for (var i = 0; i < regions.Count; i++)
        {
            if (!Region.TryParse(regions[i], out var code))
                faults.Add(($"regions[{i}]", $"Has to be {Region.Form}."));
            else if (Refuse(level, code) is { } expected)
                faults.Add(($"regions[{i}]", expected));
            else if (codes.Find(other => other != code && (Region.Covers(other, code) || Region.Covers(code, other))) is { } other)
                faults.Add(($"regions[{i}]", $"{code} and {other} lie within each other; name the larger one only."));
            else if (!codes.Contains(code))
                codes.Add(code);
        }

        return new KeyScope(codes, faults);
    }

    private static string? Refuse(Level level, string code)
    {
        var responsible = Region.Responsible(code);
        switch (level)
        {
            case Level.Provincial when responsible.Code != code:
                return $"Has to be a province, a planning city or the Corps; {code} lies below {responsible.Name}.";
            case Level.Municipal when code == responsible.Code && !code.EndsWith("0000", StringComparison.Ordinal):
                return $"Has to be a city or county; {responsible.Name} is a planning city, whose authority is provincial.";
            case Level.Municipal when code == responsible.Code:
                return $"Has to be a city, or a county that its province administers directly; {code} is {responsible.Name} as a whole.";
            case Level.Municipal when Region.MunicipalOf(code) is null:
                return $"{code} stands for several counties or districts; name one of them.";
            default:
                return null;
        }
    }
}
