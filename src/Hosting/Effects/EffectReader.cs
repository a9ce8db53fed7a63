using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Supervision.Grains.Calendars;
using Supervision.Hosting.Activations;
using Supervision.Ledger.Effects;

namespace Supervision.Hosting.Effects;

/// <summary>
/// Carries facts about enterprises over to the entities behind which they stand. It reads the ledger in order and keeps its
/// place once everything is done; a fact that is applied again, by a restart or by another silo, changes nothing.
/// </summary>
public sealed partial class EffectReader(EffectStore store, ActivationTable activations, IGrainClient grains, ILogger<EffectReader> logger) : BackgroundService
{
    // Events read together.
    private const int CausesMax = 100;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim _running = new(1, 1);

    /// <summary>Carries out everything that follows from what is in the ledger by now.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await _running.WaitAsync(cancellationToken);
        try
        {
            while (await store.CausesAsync(CausesMax, cancellationToken) is { Count: > 0 } causes)
            {
                foreach (var cause in causes)
                {
                    await CarryOutAsync(cause, cancellationToken);
                    await store.DoneAsync(cause.Event.Seq, cancellationToken);
                }
            }
        }
        finally
        {
            _running.Release();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _running.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is NpgsqlException or LedgerUnavailableException)
            {
                LogInterrupted(logger, exception.Message);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // The place is kept, so nothing is passed over; what the silo serves does not end with it.
                LogFailed(logger, exception);
            }
        }
    }

    private async Task CarryOutAsync(Cause cause, CancellationToken cancellationToken)
    {
        var @event = cause.Event.ToEvent();
        // What time brought about is established when it fell due, however late the grain was woken; the rest when it was recorded.
        var on = string.Equals(cause.Event.Actor, Actor.System.Id, StringComparison.Ordinal) ? cause.Event.EffectiveOn : CivilTime.DateAt(cause.Event.At);
        if (TitleOf(@event) is var (title, status))
        {
            await TellRelatedAsync(cause.Grain, new GrainCommand.TellRelated(cause.Grain, title, status, on), cancellationToken);
            return;
        }

        if (CheckOf(@event) is { } check)
        {
            await SettleAsync(cause.Grain, check, cancellationToken);
            return;
        }

        if (@event is GrainEvent.EntityMerged merge)
        {
            foreach (var inspector in await store.InspectorsAsync([cause.Grain], cancellationToken))
                await SendAsync(inspector, new GrainCommand.FollowMerge(cause.Grain, merge.Into), new CommandContext(Actor.System), cancellationToken);
            return;
        }

        var enterprise = await FollowAsync(cause.Grain);
        var command = @event switch
        {
            GrainEvent.CaseServed => new GrainCommand.ApplyJointCases(Decision: false),
            GrainEvent.CaseDecided => new GrainCommand.ApplyJointCases(Decision: true),
            _ => (GrainCommand)new GrainCommand.ApplyFact(new FactRef(cause.Grain, FactOf(@event)), on),
        };
        // A decision is whose it was, wherever it takes effect.
        var context = new CommandContext(
            command is GrainCommand.ApplyJointCases ? Actor.System with { Id = cause.Event.Actor } : Actor.System);
        if (command is GrainCommand.ApplyJointCases && (await activations.ReadAsync(enterprise)).State is GrainState.Subject { Cases: var cases } && cases.All(found => found.Joint is null))
            return;
        var absorbed = (await activations.ReadAsync(enterprise)).State is GrainState.Subject { Absorbed: { } merged } ? merged : [];
        foreach (var entity in (await store.BehindAsync(absorbed.Prepend(enterprise), cancellationToken)).Prepend(enterprise))
            await SendAsync(entity, command, context, cancellationToken);
    }

    /// <summary>The title that was lost or given back, and where it stands since; null: it is about none.</summary>
    private static (TitleRef Title, TitleStatus Status)? TitleOf(GrainEvent @event) => @event switch
    {
        GrainEvent.TitleRemoved e => (e.Title, TitleStatus.Removed),
        GrainEvent.TitleLapsed e => (e.Title, TitleStatus.Lapsed),
        GrainEvent.TitleReinstated e => (e.Title, e.Status),
        _ => null,
    };

    /// <summary>The check that came to nothing, or was set right; null: it is about none.</summary>
    private static string? CheckOf(GrainEvent @event) => @event switch
    {
        GrainEvent.CheckCancelled e => e.Check,
        GrainEvent.CheckConcluded e => e.Check,
        GrainEvent.ResultCorrected e => e.Check,
        _ => null,
    };

    /// <summary>A visit is made or called off by what became of all of its checks.</summary>
    private async Task SettleAsync(GrainId entity, string check, CancellationToken cancellationToken)
    {
        if ((await activations.ReadAsync(await FollowAsync(entity))).State is not GrainState.Subject subject
            || subject.Checks.FirstOrDefault(candidate => string.Equals(candidate.Id, check, StringComparison.Ordinal)) is not { Visit: { } visit })
            return;
        await SendAsync(visit.Enterprise, new GrainCommand.SettleVisit(visit), new CommandContext(Actor.System), cancellationToken);
    }

    private async Task TellRelatedAsync(GrainId entity, GrainCommand.TellRelated command, CancellationToken cancellationToken)
    {
        var holder = await FollowAsync(entity);
        var identities = new List<GrainId> { entity, holder };
        if ((await activations.ReadAsync(holder)).State is GrainState.Subject subject)
            identities.AddRange([.. subject.Absorbed ?? [], .. subject.Enterprise is { } behind ? new[] { behind } : []]);
        foreach (var related in await store.RelatedAsync(identities, cancellationToken))
            await SendAsync(related, command, new CommandContext(Actor.System), cancellationToken);
    }

    /// <summary>Sends what follows to whoever it is for by now. A refusal is told, as nobody else would learn of it.</summary>
    private async Task SendAsync(GrainId grain, GrainCommand command, CommandContext context, CancellationToken cancellationToken)
    {
        var outcome = await grains.SendAsync(await FollowAsync(grain), command, context, cancellationToken);
        // Two entities may be merged between looking for them and sending; the next look finds the one that stays.
        while (outcome.Rejection is Rejection.Merged { Into: var into })
            outcome = await grains.SendAsync(into, command, context, cancellationToken);
        if (outcome.Rejection is { } rejection)
            LogRefused(logger, command.GetType().Name, grain, rejection.Code);
    }

    private async Task<GrainId> FollowAsync(GrainId grain)
    {
        while ((await activations.ReadAsync(grain)).State is GrainState.Subject { MergedInto: { } into })
            grain = into;
        return grain;
    }

    private static string FactOf(GrainEvent @event) => @event switch
    {
        GrainEvent.IncidentDetermined e => e.Incident,
        GrainEvent.DeterminationCorrected e => e.Incident,
        GrainEvent.EnergyRectificationMissed e => e.Inspection,
        GrainEvent.EnergyRectificationReported e => e.Inspection,
        GrainEvent.VetoChecked e => e.Veto,
        GrainEvent.VetoRejected e => e.Veto,
        _ => throw new System.Diagnostics.UnreachableException($"Nothing follows from '{@event.Type}' on other grains."),
    };

    [LoggerMessage(EventId = 3321, Level = LogLevel.Warning, Message = "Effects between grains were interrupted and will be taken up again: {Reason}")]
    private static partial void LogInterrupted(ILogger logger, string reason);

    [LoggerMessage(EventId = 3322, Level = LogLevel.Error, Message = "Effects between grains were interrupted by an error and will be taken up again")]
    private static partial void LogFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 3323, Level = LogLevel.Warning, Message = "{Command}, which follows from another grain's event, was refused by {Grain}: {Code}")]
    private static partial void LogRefused(ILogger logger, string command, GrainId grain, string code);
}
