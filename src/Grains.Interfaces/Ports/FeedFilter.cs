namespace Supervision;

/// <summary>Which items are asked for: those that match every member that is not empty, each by any of its values.</summary>
public sealed record FeedFilter
{
    /// <summary>Everything.</summary>
    public static FeedFilter All { get; } = new();

    /// <summary>Names of events, or their beginnings followed by <c>*</c>, for example <c>title.*</c>; see <see cref="IsType"/>.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>Kinds of entities, for example <c>factory</c>.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Six-digit codes; each covers what lies below it, a province not its planning cities.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>Policies of the title that an event is about; of one about an entity as a whole, of any of its titles.</summary>
    public IReadOnlyList<string> Policies { get; init; } = [];

    /// <summary>Levels of the same title.</summary>
    public IReadOnlyList<Level> Levels { get; init; } = [];

    /// <summary>Entities, under whichever of their identities, and enterprises with everything behind which they are.</summary>
    public IReadOnlyList<GrainId> Entities { get; init; } = [];

    /// <summary>Whether nothing is left out.</summary>
    public bool IsEmpty => Types.Count + Kinds.Count + Regions.Count + Policies.Count + Levels.Count + Entities.Count == 0;

    /// <summary>Whether a text is the name of an event, the beginning of one followed by <c>*</c>, or <c>*</c>.</summary>
    public static bool IsType(string text) => TypesOf(text).Any();

    /// <summary>The names of the events that are asked for; null: all.</summary>
    public IReadOnlyList<string>? TypeNames() => Types.Count == 0 ? null : [.. Types.SelectMany(TypesOf).Distinct(StringComparer.Ordinal)];

    /// <summary>Whether an item is asked for.</summary>
    public bool Matches(FeedItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return (Types.Count == 0 || Types.Any(type => IsOf(item.Type, type) || item.Scope.EarlierTypes.Any(earlier => IsOf(earlier, type))))
            && (Kinds.Count == 0 || Kinds.Contains(item.Subject.Kind.Name, StringComparer.Ordinal))
            && (Regions.Count == 0 || (item.Scope.Region is { } region && Regions.Any(scope => Region.Covers(scope, region))))
            && ((Policies.Count == 0 && Levels.Count == 0) || item.Scope.Titles.Any(IsOf))
            && (Entities.Count == 0 || item.Scope.Entities.Any(Entities.Contains));
    }

    private bool IsOf(TitleRef title) =>
        (Policies.Count == 0 || Policies.Contains(title.Policy, StringComparer.Ordinal)) && (Levels.Count == 0 || Levels.Contains(title.Level));

    private static bool IsOf(string name, string type) => type.EndsWith('*')
        ? name.AsSpan().StartsWith(type.AsSpan(0, type.Length - 1), StringComparison.Ordinal)
        : string.Equals(name, type, StringComparison.Ordinal);

    private static IEnumerable<string> TypesOf(string type) => LedgerJson.EventNames.Where(name => IsOf(name, type));
}
