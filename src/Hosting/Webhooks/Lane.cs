using System.Collections.Frozen;
using Supervision.Ledger.Webhooks;

namespace Supervision.Hosting.Webhooks;

/// <summary>
/// A subscription in the memory of the silo that delivers: what it asks for, which events wait, how its receiver answers. Whoever touches it holds the lock
/// of the turn that it belongs to.
/// </summary>
internal sealed class Lane
{
    /// <summary>Events that may wait in memory; those behind them are read from the ledger once there is room.</summary>
    public const int WaitingMax = 500;

    // A single event that a receiver chokes on is no reason to wait.
    private const int FailuresBeforePause = 3;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private FrozenSet<GrainId>? _entities;
    private SubscriptionView _view;

    public Lane(StoredSubscription stored, IReadOnlyList<byte[]> secrets)
    {
        _view = stored.View;
        (Secret, PreviousSecret) = (secrets[0], secrets.ElementAtOrDefault(1));
        Define(stored);
        (Position, SentSeq, Failures, FailingSince, SucceededAt) = (_view.Position, _view.SentSeq, _view.Failures, _view.FailingSince, _view.SucceededAt);
        (ReadTo, IsBehind) = (Position, true);
    }

    public string Id => _view.Id;

    public Uri Url { get; private set; } = null!;

    public long Revision { get; private set; }

    public SubscriptionStatus Status { get; set; }

    public DateTimeOffset? HandshakeAt { get; private set; }

    /// <summary>What is asked for, but for the entities, of which there may be thousands.</summary>
    public FeedFilter Filter { get; private set; } = FeedFilter.All;

    /// <summary>Events that wait for their first attempt, in the order of the ledger.</summary>
    public Queue<FeedItem> Waiting { get; } = new();

    /// <summary>Everything up to here that is asked for waits or was sent.</summary>
    public long ReadTo { get; private set; }

    /// <summary>Whether what comes behind <see cref="ReadTo"/> has to be read for this subscription alone.</summary>
    public bool IsBehind { get; private set; }

    /// <summary>Grows when what waits was thrown away.</summary>
    public int Generation { get; private set; }

    /// <summary>The last event of which the first attempt was begun.</summary>
    public long Begun { get; private set; }

    public long Position { get; private set; }

    /// <summary>The position that is kept in the database, as far as is known.</summary>
    public long KeptPosition { get; set; }

    public long? SentSeq { get; private set; }

    public int Failures { get; private set; }

    public DateTimeOffset? FailingSince { get; private set; }

    public DateTimeOffset? SucceededAt { get; private set; }

    /// <summary>No first attempts before this instant: the receiver fails.</summary>
    public DateTimeOffset PausedUntil { get; private set; }

    /// <summary>No attempts at all before this instant: the receiver asked for it.</summary>
    public DateTimeOffset HeldUntil { get; private set; }

    public bool IsSending { get; set; }

    public bool IsRetrying { get; set; }

    public bool IsAsking { get; set; }

    public bool IsIdle => !IsSending && !IsRetrying && !IsAsking;

    private byte[] Secret { get; set; }

    private byte[]? PreviousSecret { get; set; }

    /// <summary>Takes over what was changed. What waits is read anew: it may not be asked for any more.</summary>
    public void Change(StoredSubscription stored, IReadOnlyList<byte[]> secrets)
    {
        _view = stored.View;
        (Secret, PreviousSecret) = (secrets[0], secrets.ElementAtOrDefault(1));
        if (Status != SubscriptionStatus.Active)
            (Failures, FailingSince, PausedUntil, HeldUntil) = (_view.Failures, _view.FailingSince, default, default);
        Define(stored);
        ReadAnew(Math.Max(Begun, Position));
    }

    /// <summary>The first attempt that was begun did not come about: it is begun again, and everything behind it.</summary>
    public void TakeBack()
    {
        Begun = Position;
        ReadAnew(Position);
    }

    /// <summary>What signs an attempt: during a rotation two secrets.</summary>
    public IReadOnlyList<byte[]> SecretsAt(DateTimeOffset at) => PreviousSecret is { } previous && at < _view.PreviousSecretUntil ? [Secret, previous] : [Secret];

    /// <summary>Whether an event is asked for.</summary>
    public bool Wants(FeedItem item) => Filter.Matches(item) && (_entities is null || item.Scope.Entities.Any(_entities.Contains));

    /// <summary>Takes what was read for every subscription. Without room for all of it, the rest is read for this one alone later.</summary>
    public void Take(FeedPage page)
    {
        if (IsBehind)
            return;
        foreach (var item in page.Items)
        {
            if (item.Seq <= ReadTo || !Wants(item))
                continue;
            if (Waiting.Count >= WaitingMax)
            {
                IsBehind = true;
                return;
            }

            Waiting.Enqueue(item);
            ReadTo = item.Seq;
        }

        ReadTo = Math.Max(ReadTo, page.UpTo);
    }

    /// <summary>Takes what was read for this subscription.</summary>
    /// <param name="page">What was read behind <see cref="ReadTo"/>.</param>
    /// <param name="end">Up to where everything was read for all: from there on this one takes part.</param>
    public void CatchUp(FeedPage page, long end)
    {
        foreach (var item in page.Items)
        {
            if (Wants(item))
                Waiting.Enqueue(item);
        }

        (ReadTo, IsBehind) = (page.UpTo, page.UpTo < end);
    }

    /// <summary>The next event whose first attempt is to be made now; null: there is none.</summary>
    public FeedItem? Begin()
    {
        if (!Waiting.TryDequeue(out var item))
            return null;
        Begun = item.Seq;
        return item;
    }

    /// <summary>The first attempt of an event was made, whatever came of it.</summary>
    public void Sent(FeedItem item) => (Position, SentSeq) = (item.Seq, item.Seq);

    /// <summary>Nothing that is asked for lies up to here that was not sent.</summary>
    public void Pass() => Position = Math.Max(Position, ReadTo);

    /// <summary>Notes that the receiver took something; true: it failed before, so that what waits for its next attempt may be sent at once.</summary>
    public bool Succeeded(DateTimeOffset at)
    {
        var isBack = Failures >= FailuresBeforePause;
        (Failures, FailingSince, SucceededAt, PausedUntil, HeldUntil) = (0, null, at, default, default);
        return isBack;
    }

    /// <summary>Notes that the receiver took something not.</summary>
    public void Failed(DateTimeOffset at, TimeSpan? retryAfter)
    {
        (Failures, FailingSince) = (Failures + 1, FailingSince ?? at);
        if (Failures >= FailuresBeforePause)
        {
            var pause = FirstPause * Math.Pow(2, Math.Min(Failures - FailuresBeforePause, 10));
            PausedUntil = at + (pause < LongestPause ? pause : LongestPause);
        }

        if (retryAfter is { } wait)
            HeldUntil = at + wait;
    }

    /// <summary>The instants that something waits for.</summary>
    public IReadOnlyList<DateTimeOffset> NextInstants() =>
        Status != SubscriptionStatus.Active ? [] : Waiting.Count > 0 || IsBehind ? [HeldUntil, Later(PausedUntil, HeldUntil)] : [HeldUntil];

    public bool MaySendAt(DateTimeOffset at) => Status == SubscriptionStatus.Active && Later(PausedUntil, HeldUntil) <= at;

    public bool MayRetryAt(DateTimeOffset at) => Status == SubscriptionStatus.Active && HeldUntil <= at;

    public Progress Progress() => new(Id, Position, SentSeq, Failures, FailingSince, SucceededAt);

    private void ReadAnew(long after)
    {
        Waiting.Clear();
        Generation++;
        (ReadTo, IsBehind) = (after, true);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private void Define(StoredSubscription stored)
    {
        var filter = _view.Filter;
        (Url, Revision, Status, HandshakeAt) = (new Uri(_view.Url), stored.Revision, _view.Status, stored.HandshakeAt);
        Filter = new FeedFilter
        {
            Types = _view.Types,
            Kinds = filter.Kind ?? [],
            Regions = filter.Region ?? [],
            Policies = filter.Policy ?? [],
            Levels = filter.Level ?? [],
        };
        _entities = filter.Entities is { Count: > 0 } entities ? entities.ToFrozenSet() : null;
    }
}
