using Supervision.Grains.Behaviour;
using Supervision.Grains.Views;
using Supervision.Ledger.Append;
using Supervision.Ledger.Merkle;

namespace Supervision.Hosting.Activations;

/// <summary>What a decision means for the ledger.</summary>
internal static class Appends
{
    /// <summary>The append of one changed or read grain.</summary>
    /// <param name="change">The change.</param>
    /// <param name="lastSeq">The seq of the grain's last event before it.</param>
    /// <param name="at">When the events are recorded, in whole milliseconds.</param>
    /// <param name="command">The identity of the command, where it has one.</param>
    public static GrainAppend Of(GrainChange change, long lastSeq, DateTimeOffset at, Guid? command)
    {
        if (change.Events.Count == 0)
            return GrainAppend.Read(change.Grain, change.Before.Version) with { LastSeq = lastSeq };
        var (before, after) = (change.Before.State, change.After.State!);
        var events = new NewEvent[change.Events.Count];
        for (var i = 0; i < events.Length; i++)
            events[i] = Of(change.Grain, change.Before.Version + i + 1, change.Events[i], at, command);
        var wakeUp = GrainBehaviour.NextWakeUp(after);
        return new GrainAppend(
            change.Grain, change.Before.Version, lastSeq, events, LedgerJson.Write(after),
            RegisterColumns.SameColumns(before, after) ? null : RegisterColumns.Of(change.Grain, after),
            RegisterColumns.SameTitles(before, after) ? null : RegisterColumns.TitlesOf(after),
            OpenWork.Changes(before, after), wakeUp, WakeUpMoves: wakeUp != GrainBehaviour.NextWakeUp(before));
    }

    private static NewEvent Of(GrainId grain, long version, ActedEvent acted, DateTimeOffset at, Guid? command)
    {
        var @event = acted.Event;
        var data = LedgerJson.Write(@event);
        return new NewEvent(
            @event.Type, at, @event.EffectiveOn, acted.Actor, command, data,
            Leaf.Hash(grain, version, @event.Type, at, @event.EffectiveOn, acted.Actor, command, data), PrivateOf(@event));
    }

    private static PrivateMember[] PrivateOf(GrainEvent @event) => @event switch
    {
        GrainEvent.StatementReceived { Text: { Salt: { } salt, Text: { } text } } => [new PrivateMember("text", salt, text)],
        GrainEvent.EnergyOpinionHeard { Text: { Salt: { } salt, Text: { } text } } => [new PrivateMember("text", salt, text)],
        GrainEvent.InspectorRegistered { Name: { Salt: { } salt, Text: { } name } } => [new PrivateMember("name", salt, name)],
        GrainEvent.InspectorChanged { Name: { Salt: { } salt, Text: { } name } } => [new PrivateMember("name", salt, name)],
        GrainEvent.RecusalAsked { Text: { Salt: { } salt, Text: { } text } } => [new PrivateMember("text", salt, text)],
        GrainEvent.VisitRecusalAsked { Text: { Salt: { } salt, Text: { } text } } => [new PrivateMember("text", salt, text)],
        GrainEvent.ObjectionRaised { Text: { Salt: { } salt, Text: { } text } } => [new PrivateMember("text", salt, text)],
        _ => [],
    };
}
