namespace Supervision;

/// <summary>The level of an authority, and of the titles it grants.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(KebabCase<Level>))]
public enum Level
{
    /// <summary>国家级: the ministry.</summary>
    National,

    /// <summary>省级: a province, a planning city or the Corps.</summary>
    Provincial,

    /// <summary>市级: a city, or a county that its province administers directly (省直管县).</summary>
    Municipal,
}

/// <summary>An authority (主管部门) as an officer's key names it: its level and the regions it answers for.</summary>
/// <param name="Level">The level.</param>
/// <param name="Regions">Six-digit codes; empty for the national authority, which covers every region.</param>
public sealed record Authority(Level Level, IReadOnlyList<string> Regions)
{
    /// <summary>The ministry.</summary>
    public static Authority National { get; } = new(Level.National, []);

    /// <summary>Whether an entity of that region lies in the authority's scope; an entity without a region is the ministry's.</summary>
    public bool Covers(string? region) =>
        Level == Level.National || (region is not null && Regions.Any(scope => Region.Covers(scope, region)));

    /// <summary>The name of the authority that issues titles of a level in a region, as titles carry it: <c>national</c>, <c>provincial/430000</c>.</summary>
    public static string IssuingFor(Level level, string? region) => level switch
    {
        Level.National => "national",
        Level.Provincial => $"provincial/{(region is null ? "" : Region.Responsible(region).Code)}",
        _ => $"municipal/{(region is null ? "" : Region.MunicipalOf(region) ?? region)}",
    };

    /// <summary>The region of an authority of that name; null for the ministry, and where none is known.</summary>
    public static string? RegionOf(string issuing)
    {
        ArgumentNullException.ThrowIfNull(issuing);
        return Region.TryParse(issuing[(issuing.IndexOf('/', StringComparison.Ordinal) + 1)..], out var region) ? region : null;
    }

    /// <summary>
    /// Whether this authority is the one of that name. The department of a planning city is both: its own province and
    /// its own city.
    /// </summary>
    public bool Is(string issuing) => Level == Level.National
        ? string.Equals(issuing, "national", StringComparison.Ordinal)
        : Regions.Any(region => string.Equals(issuing, $"{KebabCase<Level>.Word(Level)}/{region}", StringComparison.Ordinal)
            || (Level == Level.Provincial && Region.MunicipalOf(region) == region && string.Equals(issuing, $"municipal/{region}", StringComparison.Ordinal)));
}
