namespace Supervision;

/// <summary>
/// Reads the register. Reads come from memory that follows the ledger; deadlines that have passed are applied to what is
/// shown even before their grains were woken.
/// </summary>
public interface IRegister
{
    /// <summary>The ledger up to which reads reflect it.</summary>
    long Seq { get; }

    /// <summary>Waits until reads reflect the ledger up to a seq.</summary>
    Task WaitForAsync(long seq, CancellationToken cancellationToken);

    /// <summary>An entity as it stands now; null when it is not registered.</summary>
    ValueTask<EntitySnapshot?> FindAsync(GrainId grain, CancellationToken cancellationToken);

    /// <summary>A page of entities, in the order of their identities.</summary>
    Task<Page<EntitySnapshot>> ListAsync(EntityFilter filter, GrainId? after, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Entities as they stand now, or as of a point in time; those are absent that are not registered, or of which nothing had
    /// taken effect or was known then.
    /// </summary>
    Task<IReadOnlyDictionary<GrainId, EntitySnapshot>> FindAsync(IReadOnlyCollection<GrainId> grains, AsOf? asOf, CancellationToken cancellationToken);

    /// <summary>
    /// A page of entities as of a point in time. It may be shorter than the limit and still have a next one: what has changed since
    /// is looked at one by one, and a page looks at a bounded number.
    /// </summary>
    Task<PastPage> ListAsync(EntityFilter filter, AsOf asOf, GrainId? after, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// For each text, in their order, the identities of entities of which it is a name, former name, alias, key, credit code or
    /// certificate, normalised, or the identity itself. Restricted ones are left out: this answers whoever asks.
    /// </summary>
    /// <param name="texts">The texts.</param>
    /// <param name="asOf">The point in time of which is asked: what was merged since answers to what was its own; null: now.</param>
    /// <param name="limit">Most entities for each.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<IReadOnlyList<IReadOnlyList<GrainId>>> MatchAsync(IReadOnlyList<string> texts, AsOf? asOf, int limit, CancellationToken cancellationToken);

    /// <summary>Entities whose names resemble one, most alike first, those that are equally alike in the order of identities.</summary>
    /// <param name="name">The name.</param>
    /// <param name="filter">Of which entities: kind and restriction count.</param>
    /// <param name="limit">Most candidates.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<IReadOnlyList<Candidate>> CandidatesAsync(string name, EntityFilter filter, int limit, CancellationToken cancellationToken);

    /// <summary>Counts entities and titles, a row for each combination of the dimensions, in their order.</summary>
    Task<IReadOnlyList<StatisticsRow>> CountAsync(StatisticsQuery query, CancellationToken cancellationToken);

    /// <summary>A page of an entity's events; null when it is not registered.</summary>
    /// <param name="grain">The entity.</param>
    /// <param name="order">Which events come first.</param>
    /// <param name="after">The version after which, in that order, the page begins; null: from its beginning.</param>
    /// <param name="limit">Most events.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<Page<HistoryEntry>?> HistoryAsync(GrainId grain, HistoryOrder order, long? after, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Whether an entity is withheld from those who do not supervise: it, the enterprise behind it, or what it was merged into is
    /// restricted.
    /// </summary>
    ValueTask<bool> IsWithheldAsync(GrainId entity, CancellationToken cancellationToken);

    /// <summary>Those of some entities that are withheld from those who do not supervise.</summary>
    Task<IReadOnlySet<GrainId>> WithheldAsync(IReadOnlyCollection<GrainId> entities, CancellationToken cancellationToken);

    /// <summary>The civil date at an instant.</summary>
    DateOnly DateAt(DateTimeOffset instant);
}

/// <summary>A page of a list as of a point in time.</summary>
/// <param name="Items">The items.</param>
/// <param name="Next">The entity after which the next page begins; null on the last.</param>
public sealed record PastPage(IReadOnlyList<EntitySnapshot> Items, GrainId? Next);

/// <summary>An entity whose name resembles one that was asked for.</summary>
/// <param name="Id">The entity.</param>
/// <param name="Name">Its listed name.</param>
/// <param name="Matched">The name, alias or former name that resembles, normalised.</param>
/// <param name="Score">How much, from 0 to 1; 1: the same, normalised.</param>
/// <param name="Standing">The standing of its best title.</param>
/// <param name="Region">Six-digit code or null.</param>
public sealed record Candidate(GrainId Id, string Name, string Matched, double Score, Standing Standing, string? Region);

/// <summary>Which events come first.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(KebabCase<HistoryOrder>))]
public enum HistoryOrder
{
    /// <summary>The newest.</summary>
    Newest,

    /// <summary>The oldest.</summary>
    Oldest,
}

/// <summary>An entity as it is shown. Made when somebody looks: most answers to commands are never read.</summary>
public sealed class EntitySnapshot
{
    private readonly Func<EntityView>? _make;

    // Two who look at once make the same.
    private EntityView? _view;
    private byte[]? _json;

    /// <summary>Creates a snapshot that is made when it is first looked at.</summary>
    public EntitySnapshot(Func<EntityView> view) => _make = view;

    /// <summary>Creates a snapshot of a view that is there.</summary>
    public EntitySnapshot(EntityView view, byte[] json) => (_view, _json) = (view, json);

    /// <summary>The view.</summary>
    public EntityView View => _view ??= _make!();

    /// <summary>The view as JSON in UTF-8.</summary>
    public ReadOnlyMemory<byte> Json => _json ??= ViewJson.Write(View);
}

/// <summary>A page of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Items">The items.</param>
/// <param name="HasMore">Whether there are more after the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, bool HasMore);

/// <summary>What entities are listed; an absent member does not restrict.</summary>
public sealed record EntityFilter
{
    /// <summary>The kind.</summary>
    public string? Kind { get; init; }

    /// <summary>Six-digit code; covers what lies below it, a province not its planning cities.</summary>
    public string? Region { get; init; }

    /// <summary>Status of a title.</summary>
    public TitleStatus? Status { get; init; }

    /// <summary>Level of the same title.</summary>
    public Level? Level { get; init; }

    /// <summary>Policy of the same title.</summary>
    public string? Policy { get; init; }

    /// <summary>Whether the same title is exempt from random checks on that day.</summary>
    public bool? Exempt { get; init; }

    /// <summary>Credit-risk class.</summary>
    public string? RiskClass { get; init; }

    /// <summary>The enterprise behind the entity, by any of its identities.</summary>
    public GrainId? Enterprise { get; init; }

    /// <summary>All identities of that enterprise, which whoever reads looks up: see <see cref="Identities"/>; null: they were not looked up.</summary>
    public IReadOnlyList<GrainId>? EnterpriseIdentities { get; init; }

    /// <summary>Part of a name, key or number, or an identity.</summary>
    public string? Search { get; init; }

    /// <summary>Entities with a deadline before this day.</summary>
    public DateOnly? DueBefore { get; init; }

    /// <summary>An enterprise under any of these identities, and the entities behind which it is; null: of any.</summary>
    public IReadOnlyList<GrainId>? Own { get; init; }

    /// <summary>Whether entities that are withheld from those who do not supervise are left out.</summary>
    public bool Unrestricted { get; init; }
}

/// <summary>An event in an entity's history.</summary>
/// <param name="Seq">Its place in the ledger.</param>
/// <param name="Version">Its version in the entity.</param>
/// <param name="Type">The stored name.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="EffectiveOn">When it took effect.</param>
/// <param name="Actor">The pseudonym of who brought it about.</param>
/// <param name="Person">The person behind it, unless erased.</param>
/// <param name="Data">The event's data, as stored JSON.</param>
/// <param name="Private">The private texts that belong to it, by member, unless erased.</param>
/// <param name="Why">The reason, ground and article that the event or its case names.</param>
public sealed record HistoryEntry(
    long Seq, long Version, string Type, DateTimeOffset At, DateOnly EffectiveOn, string Actor, string? Person, string Data,
    IReadOnlyDictionary<string, string> Private, Why Why);

/// <summary>Why something happened.</summary>
/// <param name="Reason">The reason given, or null.</param>
/// <param name="Ground">The ground, as the policy names it, or null.</param>
/// <param name="Article">The article behind it, or null.</param>
public sealed record Why(string? Reason, string? Ground, string? Article);
