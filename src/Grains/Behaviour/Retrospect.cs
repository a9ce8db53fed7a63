using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using Supervision.Grains.Calendars;
using Supervision.Grains.Policies;

namespace Supervision.Grains.Behaviour;

/// <summary>An event as the ledger holds it.</summary>
/// <param name="Version">Its version in the grain.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="Actor">The pseudonym of who brought it about.</param>
/// <param name="Event">The event.</param>
public sealed record RecordedEvent(long Version, DateTimeOffset At, string Actor, GrainEvent Event);

/// <summary>
/// A grain as of a point in both times: its events are replayed without those that took effect later or were recorded
/// later, and what was due by then is applied.
/// </summary>
/// <remarks>
/// Events are not recorded in the order in which they take effect: a list imported today grants titles since 2017. So a
/// thing is there from the first day on which anything happened to it, and the entity from the first day of all; and a
/// correction counts from the date that it sets right, as if it had been entered so.
/// </remarks>
public static class Retrospect
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> NamingMembers = new();

    /// <summary>The members by which events name things, and what they name.</summary>
    private static readonly FrozenDictionary<string, string> Kinds = new Dictionary<string, string>
    {
        ["Title"] = "title", ["To"] = "title", ["Check"] = "check", ["Case"] = "case", ["Rectification"] = "rectification", ["Ban"] = "ban", ["Bans"] = "ban",
        ["Inspection"] = "fact", ["EnergyInspection"] = "fact", ["Veto"] = "fact", ["Incident"] = "fact", ["Fact"] = "fact",
        ["Declaration"] = "declaration", ["ReEvaluation"] = "re-evaluation", ["GoodPractice"] = "good-practice",
        ["Change"] = "change", ["Visit"] = "visit", ["Adjustment"] = "adjustment", ["Proposal"] = "proposal", ["ProposedSuccessor"] = "proposal",
    }.ToFrozenDictionary();

    /// <summary>The grain as of a point in time; a version of 0 without state when there was nothing of it yet.</summary>
    /// <param name="id">The grain.</param>
    /// <param name="events">Its events, oldest first.</param>
    /// <param name="asOf">The point in time.</param>
    /// <param name="rules">The rules that deadlines are read from.</param>
    public static KnownGrain Of(GrainId id, IEnumerable<RecordedEvent> events, AsOf asOf, RuleBook rules)
    {
        ArgumentNullException.ThrowIfNull(asOf);
        var known = events.Where(recorded => recorded.At <= asOf.KnownAt).ToArray();
        var from = FirstDays(known);
        var grain = default(KnownGrain);
        for (var i = 0; i < known.Length; i++)
        {
            if (from[i] <= asOf.Day)
                grain = new KnownGrain(GrainBehaviour.Evolve(grain.State, known[i].Event, known[i].Version, known[i].Actor), known[i].Version);
        }

        // The last instant of the day: what falls due when it has passed belongs to the next.
        return GrainBehaviour.At(id, grain, CivilTime.AfterLastDay(asOf.Day).AddTicks(-1), rules);
    }

    /// <summary>The day from which each event counts.</summary>
    private static DateOnly[] FirstDays(RecordedEvent[] events)
    {
        var from = Array.ConvertAll(events, recorded => recorded.Event.EffectiveOn);
        for (var i = 0; i < events.Length; i++)
        {
            if (Corrected(events[i].Event) is not { } version || Array.FindIndex(events, other => other.Version == version) is not (>= 0 and var corrected))
                continue;
            // What came with a merge was not known here before it.
            if (events[corrected].Event is GrainEvent.TitleGranted or GrainEvent.TitleDerived or GrainEvent.CheckConcluded)
                from[i] = from[corrected] = DayOf(events[i].Event, from[corrected]);
        }

        var firsts = new Dictionary<(string Member, object Value), int>();
        var names = Array.ConvertAll(events, recorded => Named(recorded.Event));
        for (var i = 0; i < events.Length; i++)
        {
            foreach (var name in names[i])
                firsts.TryAdd(name, i);
        }

        // From the last to the first, so that what moves a first event moves on to what that event needs itself.
        for (var i = events.Length - 1; i >= 0; i--)
        {
            foreach (var first in names[i].Select(name => firsts[name]).Append(0))
                from[first] = from[first] < from[i] ? from[first] : from[i];
        }

        return from;
    }

    /// <summary>The version of the event that a correction sets right; null for any other event.</summary>
    private static long? Corrected(GrainEvent @event) => @event switch
    {
        GrainEvent.ResultCorrected e => e.Corrects,
        GrainEvent.TitleCorrected e => e.Corrects,
        GrainEvent.TitleDerived e => e.Corrects,
        _ => null,
    };

    /// <summary>The day from which what was set right counts, given the day of the mistake.</summary>
    private static DateOnly DayOf(GrainEvent correction, DateOnly mistaken) => correction switch
    {
        GrainEvent.TitleCorrected e => e.GrantedOn,
        GrainEvent.TitleDerived e => e.GrantedOn,
        // What followed from the result stands by its own date and needs a result before it.
        GrainEvent.ResultCorrected e when e.On < mistaken => e.On,
        _ => mistaken,
    };

    /// <summary>The title, check, case, rectification and ban that an event names; the first event that names one brings it about.</summary>
    private static (string Member, object Value)[] Named(GrainEvent @event)
    {
        var members = NamingMembers.GetOrAdd(@event.GetType(), static type => [.. type.GetProperties().Where(member => Kinds.ContainsKey(member.Name))]);
        return [.. members.SelectMany(member => NamesIn(Kinds[member.Name], member.GetValue(@event)))];
    }

    private static IEnumerable<(string Member, object Value)> NamesIn(string kind, object? value) => value switch
    {
        TitleRef or string => [(kind, value)],
        // What a merge brings along.
        Title title => [(kind, title.Ref)],
        Check check => [(kind, check.Id)],
        Case found => [(kind, found.Id)],
        Rectification rectification => [(kind, rectification.Id)],
        EnergyInspection entry => [(kind, entry.Id)],
        Veto veto => [(kind, veto.Id)],
        Incident incident => [(kind, incident.Id)],
        Declaration declaration => [(kind, declaration.Id)],
        ReEvaluation evaluated => [(kind, evaluated.Id)],
        GoodPractice practice => [(kind, practice.Id)],
        Change change => [(kind, change.Id)],
        Visit visit => [(kind, visit.Id)],
        Adjustment proposed => [(kind, proposed.Id)],
        ProposedSuccessor proposed => [(kind, proposed.Id)],
        IEnumerable<Ban> bans => bans.Select(ban => (kind, (object)ban.Id)),
        _ => [],
    };
}
