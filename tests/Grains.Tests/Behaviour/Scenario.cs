using System.Text;
using Supervision.Grains.Behaviour;
using Supervision.Grains.Calendars;
using Supervision.Grains.Downtimes;
using Supervision.Grains.Inspectors;
using Supervision.Grains.Policies;

namespace Supervision.Grains.Tests.Behaviour;

/// <summary>
/// Grains that live through commands at instants. Every turn is also replayed from its events as they are stored, so
/// that each test proves the stored form as well.
/// </summary>
internal sealed class Scenario
{
    public const string Name = "湖南某某制造有限公司";

    public static readonly GrainId Factory = GrainId.Of(GrainKind.Factory, "N-1-F-0001");

    /// <summary>Another site of the same enterprise.</summary>
    public static readonly GrainId Factory2 = GrainId.Of(GrainKind.Factory, "N-1-F-0002");

    public static readonly GrainId Enterprise = EntityName.EnterpriseOf(Name);

    public static readonly TitleRef MiitTitle = new(Rules.Miit, "green-factory", Level.National);

    public static readonly TitleRef TrialTitle = new(Rules.Trial, "green-factory", Level.National);

    private readonly Dictionary<GrainId, KnownGrain> _grains = [];
    private readonly Dictionary<GrainId, List<StoredLine>> _log = [];
    private readonly Dictionary<GrainId, List<RecordedEvent>> _recorded = [];

    /// <summary>The inspectors as decisions see them: at first four who may inspect everything.</summary>
    public Dictionary<string, InspectorEntry> Inspectors { get; } = new[] { "I-1", "I-2", "I-3", "I-4" }
        .ToDictionary(id => id, id => new InspectorEntry(id, [], Ask.Day("2099-12-31"), [], [], Retired: false));

    /// <summary>The rules under which everything is decided.</summary>
    public RuleBook Book { get; private set; } = Rules.Book;

    public DateTimeOffset Now { get; private set; } = NoonOf("2023-09-01");

    public DateOnly Today => CivilTime.DateAt(Now);

    public IEnumerable<GrainId> Grains => _grains.Keys.Order();

    /// <summary>The factory in the register, without a title.</summary>
    public static Scenario Registered() => new Scenario().Given(Ask.Register(), People.A);

    /// <summary>The factory with a title granted and recorded on 2023-09-01.</summary>
    public static Scenario Listed(string policy = Rules.Miit) => Registered().Given(Ask.Grant("2023-08-23", policy), People.A);

    public static DateTimeOffset NoonOf(string day) => CivilTime.StartOf(Ask.Day(day)).AddHours(12);

    public GrainState.Subject Of(GrainId grain) => (GrainState.Subject)Known(grain).State!;

    public KnownGrain Known(GrainId grain) => _grains.GetValueOrDefault(grain, KnownGrain.Absent);

    public Title Title(TitleRef? title = null) => Of(Factory).Titles.Single(held => title is null || held.Ref == title);

    public DateTimeOffset? NextWakeUp(GrainId? grain = null) => GrainBehaviour.NextWakeUp(Known(grain ?? Factory).State);

    /// <summary>Everything that was stored of a grain, in order.</summary>
    public IReadOnlyList<StoredLine> Log(GrainId? grain = null) => _log.GetValueOrDefault(grain ?? Factory, []);

    /// <summary>The events of a grain with their instants, oldest first.</summary>
    public IReadOnlyList<RecordedEvent> Recorded(GrainId? grain = null) => _recorded.GetValueOrDefault(grain ?? Factory, []);

    /// <summary>Noon in China of a day.</summary>
    public Scenario On(string day) => At(NoonOf(day));

    public Scenario At(DateTimeOffset now)
    {
        Now = now;
        return this;
    }

    /// <summary>From now on a downtime is confirmed, everywhere or in a region.</summary>
    public Scenario WithDowntime(string from, string to, string movedTo, string? region = null)
    {
        Book = Book.With([.. Book.Downtimes, new DowntimePeriod($"d-{Book.Downtimes.Count + 1}", region, Ask.Day(from), Ask.Day(to), Ask.Day(movedTo))]);
        return this;
    }

    /// <summary>Sends a command that has to be accepted.</summary>
    public Scenario Given(GrainCommand command, Actor by, GrainId? to = null)
    {
        var turn = Send(command, by, to);
        Assert.True(turn.Rejection is null, $"{command} was refused: {turn.Rejection?.Code} {turn.Rejection?.Detail}");
        return this;
    }

    /// <summary>Sends a command.</summary>
    public Outcome When(GrainCommand command, Actor by, GrainId? to = null) => new(Send(command, by, to), this);

    public Turn Send(GrainCommand command, Actor by, GrainId? to = null, long? expectedVersion = null)
    {
        var id = to ?? Factory;
        var known = Known(id);
        var others = new Dictionary<GrainId, KnownGrain>();
        while (GrainBehaviour.Needs(id, known.State, command, others).Except(others.Keys).ToList() is { Count: > 0 } needed)
            needed.ForEach(other => others[other] = Known(other));
        var turn = GrainBehaviour.Decide(id, known, command, expectedVersion, new DecisionContext(Now, by, Book, others) { Inspectors = Inspectors });
        foreach (var change in turn.Others.Prepend(turn.Target))
            Store(change);
        return turn;
    }

    private void Store(GrainChange change)
    {
        Assert.Equal(Known(change.Grain), change.Before);
        if (change.Events.Count == 0)
        {
            Assert.Equal(change.Before, change.After);
            return;
        }

        var (state, version) = (change.Before.State, change.Before.Version);
        var log = _log.TryGetValue(change.Grain, out var lines) ? lines : _log[change.Grain] = [];
        var recorded = _recorded.TryGetValue(change.Grain, out var events) ? events : _recorded[change.Grain] = [];
        foreach (var (@event, actor) in change.Events)
        {
            var stored = StoredLine.Of(@event, actor);
            log.Add(stored);
            state = GrainBehaviour.Evolve(state, stored.Read(), ++version, actor);
            recorded.Add(new RecordedEvent(version, Now, actor, stored.Read()));
        }

        // Nothing takes effect before its time. What time brings about comes in the order of its dates; what is entered
        // late may let more have happened before.
        Assert.All(change.Events, acted => Assert.True(acted.Event.EffectiveOn <= Today, $"{acted.Event} on {Today:yyyy-MM-dd}"));
        var entered = change.Events.ToList().FindIndex(acted => acted.Actor != Actor.System.Id);
        foreach (var part in new[] { change.Events.Take(Math.Max(entered, 0)), change.Events.Skip(entered + 1) })
        {
            // A title that a command gives back goes to other rules by itself, on the day on which these took such titles over; and what follows from titles comes
            // when all else is decided, with the day of what it follows from.
            var due = part.Where(acted => acted.Actor == Actor.System.Id
                    && acted.Event is not (GrainEvent.TitleTransferred or GrainEvent.TitleDerived or GrainEvent.TitleFallen or GrainEvent.AdjustmentProposed or GrainEvent.AdjustmentWithdrawn))
                .Select(acted => acted.Event.EffectiveOn);
            Assert.Equal(due.Order(), due);
        }

        var text = LedgerJson.Write(change.After.State!);
        Assert.Equal(text, LedgerJson.Write(state!));
        Assert.Equal(text, LedgerJson.Write(LedgerJson.ReadState(text)));
        Assert.Equal(version, change.After.Version);
        _grains[change.Grain] = change.After;
        if (change.After.State is GrainState.Inspector inspector)
            Inspectors[change.Grain.Key] = InspectorEntry.Of(change.Grain, inspector);
    }
}

/// <summary>An event as the ledger stores it.</summary>
internal sealed record StoredLine(string Type, DateOnly EffectiveOn, string Data, string Actor)
{
    public static StoredLine Of(GrainEvent @event, string actor) =>
        new(@event.Type, @event.EffectiveOn, Encoding.UTF8.GetString(LedgerJson.Write(@event)), actor);

    public GrainEvent Read() => LedgerJson.ReadEvent(Type, Data, EffectiveOn);

    public override string ToString() => $"{Type} {EffectiveOn:yyyy-MM-dd} {Data}";
}
