using System.Security.Cryptography;
using System.Text.Json;
using Supervision.Grains.Policies;

namespace Supervision.Grains.Indicators;

/// <summary>
/// What can be declared: the indicators of each kind of entity, by standard and year. Only what a document prescribes is
/// there; where its annex is not supplied, the set says so and has no indicators.
/// </summary>
public sealed record IndicatorCatalogue
{
    private const int YearMin = 2000;

    private const int YearMax = 2200;

    /// <summary>Unknown, doubled and missing members, nulls and numbers for words are errors, never ignored.</summary>
    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Strict) { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Nothing can be declared.</summary>
    public static IndicatorCatalogue Empty { get; } = new() { Id = "indicators", Version = 1, Sets = [] };

    /// <summary>Identity of the catalogue.</summary>
    public required string Id { get; init; }

    /// <summary>From 1; changed content needs a new one.</summary>
    public required int Version { get; init; }

    /// <summary>The sets of indicators.</summary>
    public required IReadOnlyList<IndicatorSet> Sets { get; init; }

    /// <summary>SHA-256 of the file, in lower-case hex.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Hash { get; init; } = "";

    /// <summary>The sets for declarations of a kind about a year.</summary>
    public IEnumerable<IndicatorSet> Of(GrainKind kind, int year)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return Sets.Where(set => string.Equals(set.Kind, kind.Name, StringComparison.Ordinal) && set.Covers(year));
    }

    /// <summary>Reads and checks a catalogue.</summary>
    /// <param name="file">Name or path of the file, for messages.</param>
    /// <param name="utf8">Its bytes.</param>
    /// <exception cref="PolicyException">The form is wrong (the first fault is named) or the content is (every fault is).</exception>
    public static IndicatorCatalogue Parse(string file, byte[] utf8)
    {
        IndicatorCatalogue catalogue;
        try
        {
            catalogue = JsonSerializer.Deserialize<IndicatorCatalogue>(utf8, Options)
                ?? throw new PolicyException([new PolicyFailure(file, "$", "A catalogue is a JSON object, not null.")]);
        }
        catch (JsonException exception)
        {
            throw new PolicyException([new PolicyFailure(file, exception.Path ?? "$", exception.Message)], exception);
        }

        var failures = Validate(file, catalogue).ToList();
        return failures.Count == 0 ? catalogue with { Hash = Convert.ToHexStringLower(SHA256.HashData(utf8)) } : throw new PolicyException(failures);
    }

    private static IEnumerable<PolicyFailure> Validate(string file, IndicatorCatalogue catalogue)
    {
        if (!GrainKind.Policy.IsKey(catalogue.Id))
            yield return new PolicyFailure(file, "$.id", $"'{catalogue.Id}' is not a name: {GrainKind.Policy.KeyForm}.");
        if (catalogue.Version < 1)
            yield return new PolicyFailure(file, "$.version", $"The version is at least 1, not {catalogue.Version}.");
        foreach (var (i, set) in catalogue.Sets.Index())
        {
            var path = $"$.sets[{i}]";
            if (set is null)
            {
                yield return new PolicyFailure(file, path, "An item of a list is not null.");
                continue;
            }

            if (!GrainKind.Subjects.Any(kind => string.Equals(kind.Name, set.Kind, StringComparison.Ordinal)))
                yield return new PolicyFailure(file, $"{path}.kind", $"'{set.Kind}' is not one of {string.Join(", ", GrainKind.Subjects)}.");
            if (string.IsNullOrWhiteSpace(set.Standard))
                yield return new PolicyFailure(file, $"{path}.standard", "The text is blank.");
            if (string.IsNullOrWhiteSpace(set.Article))
                yield return new PolicyFailure(file, $"{path}.article", "Name the article, or say 'configuration: …' where the source is silent.");
            if (set.FromYear is < YearMin or > YearMax || set.ToYear < set.FromYear || set.ToYear > YearMax)
                yield return new PolicyFailure(file, $"{path}.fromYear", $"The years go from {YearMin} to {YearMax}, the first before the last.");
            if (set.Indicators.Count == 0 == string.IsNullOrWhiteSpace(set.Missing))
                yield return new PolicyFailure(file, $"{path}.missing", "A set without indicators says why, and no other one does.");
            if (catalogue.Sets.Take(i).Any(other => other is not null && set.Overlaps(other)))
                yield return new PolicyFailure(file, path, $"Another set of {set.Kind} and {set.Standard} is for the same years.");
            foreach (var failure in Validate(file, path, set.Indicators))
                yield return failure;
        }
    }

    private static IEnumerable<PolicyFailure> Validate(string file, string path, IReadOnlyList<Indicator> indicators)
    {
        foreach (var (i, indicator) in indicators.Index())
        {
            var at = $"{path}.indicators[{i}]";
            if (indicator is null)
                yield return new PolicyFailure(file, at, "An item of a list is not null.");
            else if (!GrainKind.Policy.IsKey(indicator.Name))
                yield return new PolicyFailure(file, $"{at}.name", $"'{indicator.Name}' is not a name: {GrainKind.Policy.KeyForm}.");
            else if (string.IsNullOrWhiteSpace(indicator.Original) || string.IsNullOrWhiteSpace(indicator.Unit) || string.IsNullOrWhiteSpace(indicator.Article))
                yield return new PolicyFailure(file, at, "An indicator has its word in the source, a unit and an article.");
            else if (indicators.Take(i).Any(other => string.Equals(other?.Name, indicator.Name, StringComparison.Ordinal)))
                yield return new PolicyFailure(file, at, $"{indicator.Name} is there twice.");
        }
    }
}

/// <summary>The indicators of one kind and standard in some years.</summary>
/// <param name="Kind">The kind of entity, for example <c>factory</c>.</param>
/// <param name="Standard">The standard or table, by number or name.</param>
/// <param name="FromYear">The first year that declarations are about.</param>
/// <param name="Article">The document that prescribes them.</param>
/// <param name="Indicators">The indicators.</param>
/// <param name="ToYear">The last year; none while it goes on.</param>
/// <param name="Missing">Why there are none, where there are none.</param>
public sealed record IndicatorSet(
    string Kind, string Standard, int FromYear, string Article, IReadOnlyList<Indicator> Indicators, int? ToYear = null, string? Missing = null)
{
    /// <summary>Whether declarations about a year have these indicators.</summary>
    public bool Covers(int year) => year >= FromYear && year <= (ToYear ?? int.MaxValue);

    /// <summary>The indicator of a name.</summary>
    public Indicator? Find(string name) => Indicators.FirstOrDefault(indicator => string.Equals(indicator.Name, name, StringComparison.Ordinal));

    internal bool Overlaps(IndicatorSet other) =>
        string.Equals(Kind, other.Kind, StringComparison.Ordinal) && string.Equals(Standard, other.Standard, StringComparison.Ordinal)
        && FromYear <= (other.ToYear ?? int.MaxValue) && other.FromYear <= (ToYear ?? int.MaxValue);
}

/// <summary>Something that is declared.</summary>
/// <param name="Name">For example <c>energy-use</c>.</param>
/// <param name="Original">The word of the source.</param>
/// <param name="Unit">The unit of its values.</param>
/// <param name="Article">The article, clause or line of the annex.</param>
public sealed record Indicator(string Name, string Original, string Unit, string Article);
