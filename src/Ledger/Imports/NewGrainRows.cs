using Supervision.Ledger.Append;
using Supervision.Ledger.Merkle;
using Supervision.Ledger.Query;

namespace Supervision.Ledger.Imports;

/// <summary>
/// The rows of new grains as they are copied into the tables, in the order in which their events enter the ledger. They are written down as soon as they are decided, so
/// that little has to live until they are committed; what depends on the head is put in its place then.
/// </summary>
public sealed class NewGrainRows
{
    private readonly List<EventPlace> _events = [];
    private readonly List<GrainPlace> _grains = [];
    private readonly Dictionary<Facet, long> _facets = [];

    internal NewGrainRows() => Clear();

    /// <summary>Grains.</summary>
    public int Count => _grains.Count;

    internal BinaryCopy Ledger { get; } = new();

    internal BinaryCopy Entities { get; } = new();

    internal BinaryCopy Register { get; } = new();

    internal BinaryCopy Titles { get; } = new();

    internal BinaryCopy WakeUps { get; } = new();

    /// <summary>The facets that these grains have, with their numbers.</summary>
    internal IReadOnlyDictionary<Facet, long> Facets => _facets;

    /// <summary>Writes down a new grain, which has no open work and no private texts.</summary>
    public void Add(GrainAppend append)
    {
        ArgumentNullException.ThrowIfNull(append);
        foreach (var (index, @event) in append.Events.Index())
            AddEvent(append.Grain, index + 1, @event);
        AddEntity(append, append.Columns!);
        if (append.Columns is { Search: { } search } columns)
            AddToRegister(append, columns, search);
        foreach (var title in append.Titles ?? [])
            AddTitle(append.Grain, title);
        if (append.WakeUp is not { } dueAt)
            return;
        WakeUps.StartRow(2);
        WakeUps.Write(append.Grain.Value);
        WakeUps.Write(dueAt);
    }

    internal void Clear()
    {
        foreach (var copy in new[] { Ledger, Entities, Register, Titles, WakeUps })
            copy.Begin();
        _events.Clear();
        _grains.Clear();
        _facets.Clear();
    }

    /// <summary>Gives the events their seqs behind a head and takes them into the tree.</summary>
    internal void Place(long head, MerkleFrontier tree)
    {
        var next = 0;
        foreach (var (events, lastSeq) in _grains)
        {
            var previous = 0L;
            for (var i = 0; i < events; i++)
            {
                var place = _events[next++];
                tree.Append(Ledger.At(place.LeafHash, MerkleFrontier.HashLength).ToArray());
                Ledger.Put(place.Seq, ++head);
                Ledger.Put(place.PreviousSeq, previous);
                previous = head;
            }

            Entities.Put(lastSeq, head);
        }
    }

    private void AddEvent(GrainId grain, long version, NewEvent @event)
    {
        Ledger.StartRow(11);
        var seq = Ledger.WritePlace();
        Ledger.Write(grain.Value);
        Ledger.Write(version);
        Ledger.Write(@event.Type);
        Ledger.Write(@event.At);
        Ledger.Write(@event.EffectiveOn);
        Ledger.Write(@event.Actor);
        Ledger.WriteNull();
        var previousSeq = Ledger.WritePlace();
        Ledger.Write(@event.Data);
        Ledger.Write(@event.LeafHash);
        _events.Add(new EventPlace(seq, previousSeq, Ledger.Length - MerkleFrontier.HashLength));
    }

    private void AddEntity(GrainAppend append, EntityColumns columns)
    {
        Entities.StartRow(13);
        Entities.Write(append.Grain.Value);
        Entities.Write((long)append.Events.Count);
        _grains.Add(new GrainPlace(append.Events.Count, Entities.WritePlace()));
        Entities.Write(append.State);
        Entities.Write(columns.Kind);
        Entities.Write(columns.Name);
        Entities.Write(columns.Region);
        Entities.Write(columns.Industry);
        Entities.Write(columns.RiskClass);
        Entities.Write(columns.Standing);
        Entities.Write(columns.Enterprise);
        Entities.Write(columns.Search);
        Entities.Write(append.WakeUp);
    }

    private void AddToRegister(GrainAppend append, EntityColumns columns, string search)
    {
        var facet = Facet.Of(columns, append.Titles ?? []);
        if (!_facets.TryGetValue(facet, out var id))
            _facets[facet] = id = facet.Id;
        Register.StartRow(5);
        Register.Write(id);
        Register.Write(append.Grain.Value);
        Register.Write(columns.Enterprise);
        Register.Write(search);
        var terms = SearchTerms.Of(columns.Kind, search);
        // The index sorts the terms of each entity; what comes sorted costs it a look.
        Array.Sort(terms);
        Register.Write(terms);
    }

    private void AddTitle(GrainId grain, TitleColumns title)
    {
        Titles.StartRow(11);
        Titles.Write(grain.Value);
        Titles.Write(title.Policy);
        Titles.Write(title.Honour);
        Titles.Write(title.Level);
        Titles.Write(title.Status);
        Titles.Write(title.Authority);
        Titles.Write(title.Certificate);
        Titles.Write(title.GrantedOn);
        Titles.Write(title.Evaluator);
        Titles.Write(title.Batch);
        Titles.Write(title.ExemptUntil);
    }

    private readonly record struct EventPlace(int Seq, int PreviousSeq, int LeafHash);

    private readonly record struct GrainPlace(int Events, int LastSeq);
}
