using System.Collections.Concurrent;
using Supervision.Hosting.Activations;

namespace Supervision.Silo.Orleans.Statistics;

/// <summary>Counts what becomes of commands on grains of one kind since the silo was started.</summary>
internal sealed class CommandCounter
{
    private long _accepted;
    private long _rejected;
    private long _stale;
    private long _unavailable;
    private long _passedOn;
    private long _unanswered;

    public void Decided(GrainOutcome outcome)
    {
        Interlocked.Increment(ref outcome.Status == CommandStatus.Accepted ? ref _accepted : ref _rejected);
        if (outcome.StaleDecisions > 0)
            Interlocked.Add(ref _stale, outcome.StaleDecisions);
    }

    public void Unavailable() => Interlocked.Increment(ref _unavailable);

    public void PassedOn() => Interlocked.Increment(ref _passedOn);

    public void Unanswered() => Interlocked.Increment(ref _unanswered);

    public CommandCounts Read() => new(
        Interlocked.Read(ref _accepted), Interlocked.Read(ref _rejected), Interlocked.Read(ref _stale), Interlocked.Read(ref _unavailable), Interlocked.Read(ref _passedOn),
        Interlocked.Read(ref _unanswered));
}

/// <summary>The counters of a silo, by the kind of grain.</summary>
internal sealed class CommandCounters
{
    private readonly ConcurrentDictionary<string, CommandCounter> _byKind = new();

    public CommandCounter Of(Supervision.GrainId grain) => _byKind.GetOrAdd(grain.Kind.Name, static _ => new CommandCounter());

    public Dictionary<string, CommandCounts> Read() => _byKind.ToDictionary(counter => counter.Key, counter => counter.Value.Read());
}
