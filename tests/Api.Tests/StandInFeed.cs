using System.Text;

namespace Supervision.Api.Tests;

/// <summary>A feed of the items that the test puts in.</summary>
internal sealed class StandInFeed : IEventFeed
{
    private readonly Lock _lock = new();
    private readonly List<FeedItem> _items = [];
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _seq;

    public FeedFilter? Filter { get; private set; }

    /// <summary>How often it was read.</summary>
    public int Reads { get; private set; }

    public long Seq
    {
        get
        {
            lock (_lock)
                return _seq;
        }
    }

    /// <summary>Something happens.</summary>
    public void Add(string type, GrainId? subject = null)
    {
        lock (_lock)
        {
            _seq++;
            var grain = subject ?? Entities.Factory;
            _items.Add(new FeedItem(
                _seq, type, EventClasses.Of(type), grain, Entities.Now, new FeedScope("110000", [], [grain], []), Encoding.UTF8.GetBytes($$"""{"seq":{{_seq}},"type":"{{type}}"}""")));
            _grown.TrySetResult();
            _grown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public Task<FeedPage> ReadAsync(long after, FeedFilter filter, int limit, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            (Filter, Reads) = (filter, Reads + 1);
            var found = _items.Where(item => item.Seq > after && filter.Matches(item)).Take(limit).ToArray();
            return Task.FromResult(new FeedPage(found, found.Length == limit ? found[^1].Seq : _seq));
        }
    }

    public async Task WaitAsync(long after, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task grown;
            lock (_lock)
            {
                if (_seq > after)
                    return;
                grown = _grown.Task;
            }

            await grown.WaitAsync(cancellationToken);
        }
    }
}

/// <summary>Status lists of a title or none.</summary>
internal sealed class StandInStatusLists : IStatusLists
{
    public string Keys => """{"keys":[]}""";

    public ValueTask<SignedStatusLists> GetAsync(CancellationToken cancellationToken) => ValueTask.FromResult(new SignedStatusLists(41, "a.b.c", "d.e.f"));

    public Task<IReadOnlyDictionary<(GrainId Entity, TitleRef Title), long>> IndexesAsync(IReadOnlyCollection<GrainId> entities, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<(GrainId, TitleRef), long>>(
            entities.ToDictionary(entity => (entity, new TitleRef("miit-2016", "green-factory", Level.National)), _ => 77L));
}
