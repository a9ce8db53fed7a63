using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Supervision.Grains.Calendars;
using Supervision.Grains.Policies;
using Supervision.Hosting.Activations;
using Supervision.Hosting.Rules;
using Supervision.Ledger.Draws;

namespace Supervision.Hosting.Draws;

/// <summary>
/// The draws that policies plan: announced on their day, made when their public value can be had, completed, and opened when their visits are
/// over. Asks what is due now, so late, twice or on two silos at once it comes to the same.
/// </summary>
public sealed partial class DrawPlans(
    IDraws draws, DrawStore store, DrawRunner runner, DrawOpening opening, Beacon beacon, ActivationTable activations, RulesAdoptions adoptions, RuleBook rules, ILogger<DrawPlans> logger)
{
    // Draws are made in the morning of their day.
    private static readonly TimeSpan TimeOfDay = TimeSpan.FromHours(10);

    // What was looked at on a day is not looked at again on that day, and why it was not announced: a scope without anybody to be drawn is a question to the whole register.
    private readonly ConcurrentDictionary<string, (DateOnly On, string? Refused)> _lookedAt = new(StringComparer.Ordinal);

    /// <summary>The key of the draw that a plan announces in a year.</summary>
    public static string KeyOf(Policy policy, DrawPlan plan, int year)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(plan);
        return $"{policy.Id}-{plan.Name}-{year}";
    }

    /// <summary>The next instant after one, up to an end, at which a plan announces or a draw can be made; null: none.</summary>
    public async Task<DateTimeOffset?> NextAfterAsync(DateTimeOffset instant, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var next = new List<DateTimeOffset>();
        for (var year = CivilTime.DateAt(instant).Year; year <= CivilTime.DateAt(to).Year; year++)
            next.AddRange(Planned(year).Select(plan => CivilTime.StartOf(plan.On)));
        if (beacon.IsThere)
            next.AddRange((await UnderWayAsync(cancellationToken)).Where(draw => draw.State.Status == DrawStatus.Announced).Select(draw => draw.State.Announcement.NotBefore));
        return next.Where(candidate => candidate > instant && candidate <= to).Select(candidate => (DateTimeOffset?)candidate).Min();
    }

    /// <summary>Has everything looked at again that was looked at today.</summary>
    public void LookAgain() => _lookedAt.Clear();

    /// <summary>Does what is due by an instant. What fails keeps nothing behind it from being looked at, and is told at the end.</summary>
    /// <returns>Which draws could not be announced when they were looked at today, and why.</returns>
    /// <exception cref="InvalidOperationException">Some draws could not be announced, made, completed or opened.</exception>
    public async Task<IReadOnlyList<string>> RunDueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (failures, notAnnounced) = (new List<string>(), new List<string>());
        var today = CivilTime.DateAt(now);
        // Also what was missed over New Year; what was missed for longer belongs to a year that is over.
        var missed = Planned(today.Year - 1).Where(plan => plan.On >= today.AddMonths(-1));
        foreach (var plan in missed.Concat(Planned(today.Year)).Where(plan => CivilTime.StartOf(plan.On) <= now).ToList())
        {
            await TryAsync(plan.Plan.Name, async () =>
            {
                if (await AnnounceAsync(plan, now, cancellationToken) is { } refused)
                    notAnnounced.Add(refused);
            });
        }

        foreach (var (draw, state) in await UnderWayAsync(cancellationToken))
        {
            await TryAsync(draw.Key, async () =>
            {
                if (state.Status == DrawStatus.Announced && beacon.IsThere && state.Announcement.Plan is not null && state.Announcement.NotBefore <= now)
                    await ExecuteAsync(draw, state, cancellationToken);
                await runner.RunAsync(draw, cancellationToken);
                await opening.OpenAsync(draw, cancellationToken);
            });
        }

        return failures.Count == 0 ? notAnnounced : throw new InvalidOperationException(string.Join("; ", failures.Concat(notAnnounced)));

        async Task TryAsync(string draw, Func<Task> advance)
        {
            try
            {
                await advance();
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(logger, exception, draw);
                failures.Add($"{draw}: {exception.Message}");
            }
        }
    }

    private IEnumerable<(Policy Policy, DrawPlan Plan, DateOnly On)> Planned(int year) => rules.Policies
        .SelectMany(policy => (policy.Draws?.Plans ?? []).Select(plan => (Policy: policy, Plan: plan, On: plan.AnnouncedOn.Value.In(year))))
        .Where(planned => planned.On >= planned.Policy.EffectiveFrom.Value);

    /// <summary>Announces a planned draw; why it could not be, or null.</summary>
    private async Task<string?> AnnounceAsync((Policy Policy, DrawPlan Plan, DateOnly On) planned, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (policy, plan, on) = planned;
        var key = KeyOf(policy, plan, on.Year);
        var today = CivilTime.DateAt(now);
        if (_lookedAt.TryGetValue(key, out var looked) && looked.On == today)
            return looked.Refused;
        var refused = await RefusedAsync();
        _lookedAt[key] = (today, refused);
        return refused;

        async Task<string?> RefusedAsync()
        {
            // Days before a policy was supervised here have no consequence.
            if (await draws.FindAsync(key, cancellationToken) is not null || await adoptions.OfAsync(policy.Id, cancellationToken) is not [var first, ..] || on < first.On)
                return null;
            var notBefore = CivilTime.StartOf(rules.EndOf(plan.Lead, today)) + TimeOfDay;
            var request = new DrawRequest(
                key, policy.Id, new DrawScope(null, plan.Level, policy.Region?.Value), Rate: null, Size: null, beacon.IsThere ? beacon.SourceAt(notBefore) : null, notBefore,
                notBefore, DueBy: null, InspectorsPerVisit: null, Items: null, plan.Name, plan.Purpose);
            // Another silo may have been quicker.
            if ((await draws.AnnounceAsync(request, new CommandContext(Actor.System), cancellationToken)).Rejection is not ({ } rejection and not Rejection.DrawAlreadyAnnounced))
                return null;
            LogNotAnnounced(logger, key, rejection.Code);
            return $"{key} ({rejection.Code}: {rejection.Detail})";
        }
    }

    private async Task ExecuteAsync(GrainId draw, GrainState.Draw state, CancellationToken cancellationToken)
    {
        if (state is { ApprovalNeeded: true, ApprovedBy: null })
            return;
        if (await beacon.ValueAsync(state.Announcement.PublicAt, cancellationToken) is { } value)
            await draws.ExecuteAsync(draw.Key, [value], new CommandContext(Actor.System), cancellationToken);
        else
            LogNoValue(logger, draw, state.Announcement.PublicSource);
    }

    private async Task<IReadOnlyList<(GrainId Draw, GrainState.Draw State)>> UnderWayAsync(CancellationToken cancellationToken)
    {
        var underWay = new List<(GrainId, GrainState.Draw)>();
        foreach (var draw in await store.UnderWayAsync(cancellationToken))
        {
            if ((await activations.ReadAsync(draw)).State is GrainState.Draw { Status: not DrawStatus.Opened } state)
                underWay.Add((draw, state));
        }

        return underWay;
    }

    [LoggerMessage(EventId = 3411, Level = LogLevel.Information, Message = "{Draw} is not announced: {Code}")]
    private static partial void LogNotAnnounced(ILogger logger, string draw, string code);

    [LoggerMessage(EventId = 3413, Level = LogLevel.Error, Message = "The draw {Draw} could not be advanced; the next run goes on")]
    private static partial void LogFailed(ILogger logger, Exception exception, string draw);

    [LoggerMessage(EventId = 3412, Level = LogLevel.Warning, Message = "{Draw} waits for its public value: {Source}")]
    private static partial void LogNoValue(ILogger logger, GrainId draw, string source);
}
