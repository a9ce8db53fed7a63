using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Supervision.Api.Streaming;

/// <summary>
/// The clients at the end of the ledger. One reader reads for all of them, and one timer keeps all of them alive, so that an idle client
/// costs its connection and nothing else. As long as there are none, nothing is read.
/// </summary>
internal sealed partial class EventStreams(IEventFeed feed, IOptions<ApiOptions> options, IHostApplicationLifetime lifetime, ILogger<EventStreams> logger) : BackgroundService
{
    private const int ItemsMax = 500;

    // Proxies close what is silent for a minute, some after half of that.
    private static readonly TimeSpan KeepAliveInterval = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly HashSet<EventStream> _streams = [];

    // Up to where joined clients were sent what happened. Written by the reader alone, under the lock.
    private long _seq;
    private bool _isOver;

    /// <summary>Most clients.</summary>
    public int Max => options.Value.StreamsMax;

    /// <summary>Adds a client; false: there are as many as there may be, or the silo stops. It is sent nothing before it has joined.</summary>
    public bool TryAdd(FeedFilter filter, Action abort, [NotNullWhen(true)] out EventStream? stream)
    {
        lock (_lock)
        {
            stream = _isOver || _streams.Count >= Max ? null : new EventStream(filter, abort);
            return stream is not null && _streams.Add(stream);
        }
    }

    /// <summary>From now on a client is sent what happens, if it has everything up to where the reader is; false: it has to read more first.</summary>
    public bool TryJoin(EventStream stream, long upTo)
    {
        lock (_lock)
        {
            // Those who are sent nothing any more have not to be read for.
            if (upTo < _seq && !_isOver)
                return false;
            stream.HasJoined = true;
            return true;
        }
    }

    /// <summary>Forgets a client.</summary>
    public void Remove(EventStream stream)
    {
        lock (_lock)
            _streams.Remove(stream);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The server waits for requests before services are stopped, and a stream is a request that does not end.
        await using var registration = lifetime.ApplicationStopping.Register(EndAll);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        await Task.WhenAll(ReadAsync(stopping.Token), KeepAliveAsync(stopping.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        EndAll();
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await feed.WaitAsync(_seq, cancellationToken);
                if (!TrySkip())
                    Publish(await feed.ReadAsync(_seq, FeedFilter.All, ItemsMax, cancellationToken));
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // Clients wait meanwhile; what they miss is read once it can be.
                LogInterrupted(logger, exception.Message);
                await Task.Delay(RetryInterval, cancellationToken);
            }
        }
    }

    private bool TrySkip()
    {
        lock (_lock)
        {
            if (_streams.Count > 0)
                return false;
            _seq = feed.Seq;
            return true;
        }
    }

    private void Publish(FeedPage page)
    {
        lock (_lock)
        {
            foreach (var item in page.Items)
            {
                ReadOnlyMemory<byte>? frame = null;
                foreach (var stream in _streams)
                {
                    if (stream.HasJoined && stream.Filter.Matches(item))
                        stream.Send(new Frame(item.Seq, IsEvent: true, frame ??= Frames.Of(item)));
                }
            }

            _seq = page.UpTo;
        }
    }

    private async Task KeepAliveAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(KeepAliveInterval);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            lock (_lock)
            {
                var frame = new Frame(_seq, IsEvent: false, Frames.KeepAlive(_seq));
                foreach (var stream in _streams.Where(stream => stream.HasJoined))
                    stream.Send(frame);
            }
        }
    }

    private void EndAll()
    {
        lock (_lock)
        {
            _isOver = true;
            foreach (var stream in _streams)
                stream.End();
        }
    }

    [LoggerMessage(EventId = 5101, Level = LogLevel.Warning, Message = "Event streams wait, because the ledger cannot be read: {Reason}")]
    private static partial void LogInterrupted(ILogger logger, string reason);
}
