using System.Text.Json.Serialization;

namespace Supervision;

/// <summary>What entities and titles are counted by.</summary>
[JsonConverter(typeof(KebabCase<Dimension>))]
public enum Dimension
{
    /// <summary>The kind of the entity.</summary>
    Kind,

    /// <summary>The level of the title.</summary>
    Level,

    /// <summary>The responsible region of the entity: a province, a planning city, or the Corps.</summary>
    Region,

    /// <summary>The policy of the title.</summary>
    Policy,

    /// <summary>The batch of the list that the title stands on.</summary>
    Batch,

    /// <summary>The year in which the title was granted.</summary>
    Year,

    /// <summary>The third party that evaluated for the title.</summary>
    Evaluator,
}

/// <summary>What is counted.</summary>
/// <param name="By">The dimensions, in the order of the answer.</param>
/// <param name="Filter">Which entities, and which titles of theirs.</param>
/// <param name="Batches">Titles of these batches; none named: of any.</param>
public sealed record StatisticsQuery(IReadOnlyList<Dimension> By, EntityFilter Filter, IReadOnlyList<string> Batches)
{
    /// <summary>Whether something is asked of titles, so that entities without one are not counted.</summary>
    public bool AsksForTitles => Batches.Count > 0
        || By.Any(dimension => dimension is not (Dimension.Kind or Dimension.Region))
        || (Filter.Status, Filter.Level, Filter.Policy, Filter.Exempt) is not (null, null, null, null);
}

/// <summary>One row of counts.</summary>
/// <param name="Values">The value of each dimension, null where there is none.</param>
/// <param name="Entities">Entities.</param>
/// <param name="Titles">Titles.</param>
/// <param name="Standings">Entities by standing, words that do not occur left out.</param>
/// <param name="Statuses">Titles by status, words that do not occur left out.</param>
/// <param name="Stated">What a source document states instead or as well, where one states a figure for just this row.</param>
public sealed record StatisticsRow(
    IReadOnlyList<string?> Values, long Entities, long Titles, IReadOnlyDictionary<string, long> Standings, IReadOnlyDictionary<string, long> Statuses,
    StatedFigure? Stated);

/// <summary>A figure as a source document states it.</summary>
/// <param name="Count">The figure.</param>
/// <param name="Source">The document.</param>
/// <param name="Article">Where in the document it stands.</param>
public sealed record StatedFigure(long Count, string Source, string Article);
