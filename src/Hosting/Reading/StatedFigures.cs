using System.Text.Json;

namespace Supervision.Hosting.Reading;

/// <summary>A figure that a source document states, and what it counts.</summary>
/// <param name="Kind">The kind of the entities.</param>
/// <param name="Region">The responsible region of the entities.</param>
/// <param name="Level">The level of the titles.</param>
/// <param name="Batches">The batches of the titles.</param>
/// <param name="Count">The figure.</param>
/// <param name="Source">The document.</param>
/// <param name="Article">Where in the document it stands.</param>
public sealed record StatedCount(string Kind, string Region, Level Level, IReadOnlyList<string> Batches, long Count, string Source, string Article);

/// <summary>
/// What source documents state, shown beside what is counted. The two may differ, and neither is made to fit: a document may be
/// wrong, or count otherwise.
/// </summary>
public sealed class StatedFigures(IReadOnlyList<StatedCount> counts)
{
    private const string FileName = "stated-figures.json";

    private static readonly JsonSerializerOptions Reading = new(JsonSerializerOptions.Strict) { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Reads the figures from a directory.</summary>
    /// <exception cref="JsonException">The file is not a list of figures.</exception>
    public static StatedFigures Read(string directory)
    {
        using var file = File.OpenRead(Path.Combine(directory, FileName));
        return new StatedFigures(JsonSerializer.Deserialize<List<StatedCount>>(file, Reading) ?? throw new JsonException($"{FileName} is empty."));
    }

    /// <summary>What is stated of exactly the entities and titles that a row counts; null: nothing.</summary>
    public StatedFigure? Find(StatisticsQuery query, IReadOnlyList<string?> values)
    {
        ArgumentNullException.ThrowIfNull(query);
        var filter = query.Filter;
        // A row that counts less by anything else than what a figure names is not what the figure counts.
        if (query.By.Any(dimension => dimension is Dimension.Policy or Dimension.Year or Dimension.Evaluator)
            || filter with { Unrestricted = false } != new EntityFilter { Kind = filter.Kind, Region = filter.Region, Level = filter.Level })
        {
            return null;
        }

        var kind = Value(Dimension.Kind) ?? filter.Kind;
        var region = Value(Dimension.Region) ?? filter.Region;
        var level = Value(Dimension.Level) ?? (filter.Level is { } asked ? KebabCase<Level>.Word(asked) : null);
        IReadOnlyCollection<string> batches = query.By.Contains(Dimension.Batch) ? [Value(Dimension.Batch) ?? ""] : query.Batches;
        return counts
            .Where(stated => stated.Kind == kind && stated.Region == region && KebabCase<Level>.Word(stated.Level) == level && stated.Batches.ToHashSet().SetEquals(batches))
            .Select(stated => new StatedFigure(stated.Count, stated.Source, stated.Article))
            .FirstOrDefault();

        string? Value(Dimension dimension) => query.By.Select((by, place) => by == dimension ? values[place] : null).FirstOrDefault(value => value is not null);
    }
}
