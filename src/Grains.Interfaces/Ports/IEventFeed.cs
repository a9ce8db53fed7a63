namespace Supervision;

/// <summary>
/// The events of the ledger in their order, without gaps, as those who do not supervise may know them, whoever reads. What is told only
/// later than it happened, such as an order of a check, is told with the event by which its holder comes to know.
/// </summary>
public interface IEventFeed
{
    /// <summary>The ledger up to which the feed can be read.</summary>
    long Seq { get; }

    /// <summary>A page of what comes after a seq.</summary>
    /// <param name="after">The seq after which to look; 0: from the beginning.</param>
    /// <param name="filter">What is asked for.</param>
    /// <param name="limit">Most items.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<FeedPage> ReadAsync(long after, FeedFilter filter, int limit, CancellationToken cancellationToken);

    /// <summary>Waits until the ledger has anything after a seq, also what another silo wrote. Waiting costs the database nothing.</summary>
    Task WaitAsync(long after, CancellationToken cancellationToken);
}

/// <summary>A page of the feed.</summary>
/// <param name="Items">The items, in the order of the ledger.</param>
/// <param name="UpTo">The seq up to which the feed was looked at, whether or not anything matched: where the next page begins.</param>
public sealed record FeedPage(IReadOnlyList<FeedItem> Items, long UpTo);

/// <summary>An event as it is told outside.</summary>
/// <param name="Seq">Its place in the ledger.</param>
/// <param name="Type">Its name.</param>
/// <param name="Class">What may be made of it.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="Scope">What filters go by.</param>
/// <param name="Json">The item as it is told, a JSON object on one line in UTF-8 (docs/integrators.md).</param>
public sealed record FeedItem(long Seq, string Type, EventClass Class, GrainId Subject, DateTimeOffset At, FeedScope Scope, ReadOnlyMemory<byte> Json);

/// <summary>What filters go by: as it was when the event happened, but that merges are followed up to now.</summary>
/// <param name="Region">The region of the entity, or null.</param>
/// <param name="Titles">The title that the event is about; of one about the entity as a whole, its titles.</param>
/// <param name="Entities">The entity and the enterprise behind it, each under every identity that it has had.</param>
/// <param name="EarlierTypes">The names of the events that are told with this one.</param>
public sealed record FeedScope(string? Region, IReadOnlyList<TitleRef> Titles, IReadOnlyList<GrainId> Entities, IReadOnlyList<string> EarlierTypes);
