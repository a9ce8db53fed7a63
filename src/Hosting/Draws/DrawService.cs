using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Supervision.Grains.Calendars;
using Supervision.Grains.Draws;
using Supervision.Grains.Inspectors;
using Supervision.Grains.Policies;
using Supervision.Hosting.Activations;
using Supervision.Hosting.Inspectors;
using Supervision.Ledger.Draws;
using Supervision.Ledger.Load;

namespace Supervision.Hosting.Draws;

/// <summary>Announces and makes draws. What is secret is kept before the ledger takes the announcement that commits to it.</summary>
public sealed class DrawService(
    DrawStore store, DrawRoster rosters, EnergyRoster enterprises, InspectorDirectory inspectors, InspectorLoads loads, ActivationTable activations, IGrainClient grains, GrainHistory history, CommandOutcomes outcomes,
    DrawRunner runner, RuleBook rules, TimeProvider clock) : IDraws
{
    // Visits within it need no time of their own where neither the announcement nor the policy says how long they take.
    private static readonly Period VisitsDefault = new(90, DayUnit.Calendar, "configuration: not stated in the source");

    // A filter may hold few of many, whatever the size of the page.
    private const int ListedAtOnce = 100;

    private const string PublicSourceDefault = "a public value named at the draw";

    /// <inheritdoc/>
    public async Task<DrawOutcome> AnnounceAsync(DrawRequest request, CommandContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        // Sent again, it gets the first answer: the key of the draw may have been made of what was free then.
        if (context.Identity is { } identity && await outcomes.FindAsync(identity.Id, cancellationToken) is { } recorded)
        {
            return recorded.Identity.RequestHash.AsSpan().SequenceEqual(identity.RequestHash)
                ? new DrawOutcome(recorded.Rejection is null ? CommandStatus.Accepted : CommandStatus.Rejected, recorded.Rejection, ViewOf(await activations.ReadAsync(recorded.Grain)))
                : new DrawOutcome(CommandStatus.IdentityReused, null, null);
        }

        var now = LedgerInstant.Now(clock);
        if (Refuse(request, context.Actor) is { } refused)
            return Refused(refused);
        var policy = rules[request.Policy];
        var key = request.Id ?? await FreeKeyAsync(request.Policy, now, cancellationToken);
        await using var held = await store.HoldAsync(key, cancellationToken);
        var draw = GrainId.Of(GrainKind.Draw, key);
        // An announced draw keeps what it is made of: nobody looks at rosters for a second one of its id.
        if ((await activations.ReadAsync(draw)).State is not null)
            return Refused(new Rejection.DrawAlreadyAnnounced(key));

        var dueBy = LastDay(policy, request);
        var roster = await (request.Purpose switch
        {
            DrawPurpose.EnergyList => enterprises.ForListAsync(policy, request.Scope, now, dueBy.Year, cancellationToken),
            DrawPurpose.EnergyVisits => enterprises.ForVisitsAsync(policy, request.Scope, now, dueBy, cancellationToken),
            _ => rosters.ReadAsync(policy, request.Scope, now, dueBy, cancellationToken),
        });
        var (eligibleOf, leftOut) = Count(roster);
        var strata = Strata(policy, request, eligibleOf);
        if (request.Rate is null && request.Size is null && strata.FirstOrDefault(stratum => stratum.Rate is null) is not null)
            return Refused(new Rejection.DrawRateNeeded(policy.Id));
        if (request.Size is { } size)
        {
            var eligible = strata.Sum(stratum => stratum.Eligible);
            if (size > eligible)
                return Refused(new Rejection.QuotaTooLarge(size, eligible));
            var quotas = Quotas.Split(size, [.. strata.Select(stratum => stratum.Eligible)]);
            strata = [.. strata.Zip(quotas, (stratum, quota) => stratum with { Quota = quota })];
        }

        var fields = FieldsOf(policy, request);
        var pool = request.Purpose == DrawPurpose.EnergyList ? [] : await PoolAsync(dueBy, withFields: fields is not null, cancellationToken);
        var material = new DrawMaterial(
            RandomNumberGenerator.GetBytes(DrawSeed.SecretLength), RandomNumberGenerator.GetBytes(Roster.KeyLength), RandomNumberGenerator.GetBytes(Roster.KeyLength),
            DrawJson.WritePool(pool));
        var announcement = new DrawAnnouncement
        {
            Rule = fields is null ? DrawAnnouncement.RuleV1 : DrawAnnouncement.RuleV2,
            Purpose = request.Purpose,
            Policy = policy.Id,
            Scope = request.Scope,
            Plan = request.Plan,
            Size = request.Size,
            Strata = strata,
            Excluded = [.. Drawable.ReasonsOf(request.Purpose).Select(reason => new DrawExclusion(reason, leftOut.GetValueOrDefault(reason))).Where(left => left.Count > 0)],
            RosterSize = roster.Count,
            RosterRoot = Convert.ToHexStringLower(Roster.Root(roster, material.RosterKey)),
            PoolSize = pool.Count,
            PoolRoot = Convert.ToHexStringLower(InspectorPool.Root(pool, material.PoolKey)),
            Commitment = DrawSeed.CommitmentTo(material.Secret),
            PublicSource = request.PublicSource ?? policy.Draws?.PublicSource.Value ?? PublicSourceDefault,
            PublicAt = request.PublicAt ?? request.NotBefore,
            NotBefore = request.NotBefore,
            InspectorsPerVisit = request.Purpose == DrawPurpose.EnergyList ? 0 : request.InspectorsPerVisit ?? policy.Checks.InspectorsMin.Value,
            DueBy = dueBy,
            IntervalMonths = request.Purpose == DrawPurpose.SpotChecks ? policy.Draws?.IntervalMonths?.Value : null,
            Items = request.Items,
            Fields = fields,
        };
        await store.KeepAsync(draw, material, RosterFile.Write(roster), now, cancellationToken);
        return await SendAsync(draw, new GrainCommand.AnnounceDraw(announcement), context, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<DrawOutcome> ApproveAsync(string draw, CommandContext context, CancellationToken cancellationToken) =>
        SendAsync(GrainId.Of(GrainKind.Draw, draw), new GrainCommand.ApproveDraw(), context, cancellationToken);

    /// <inheritdoc/>
    public async Task<DrawOutcome> ExecuteAsync(string draw, IReadOnlyList<string> publicValues, CommandContext context, CancellationToken cancellationToken)
    {
        var grain = GrainId.Of(GrainKind.Draw, draw);
        if ((await activations.ReadAsync(grain)).State is not GrainState.Draw state || await store.FindAsync(grain, cancellationToken) is not { } material)
            return Refused(new Rejection.DrawNotFound(draw));
        var announced = await AnnouncedAtAsync(grain, cancellationToken);
        var (size, root) = await store.RootOfAnnouncementAsync(announced, cancellationToken);
        var outcome = await SendAsync(
            grain,
            new GrainCommand.ExecuteDraw(
                Convert.ToHexStringLower(material.Secret), publicValues, size, Convert.ToHexStringLower(root), Skipped(DrawJson.ReadPool(material.Pool), state.Announcement.DueBy)),
            context, cancellationToken);
        if (outcome.Status == CommandStatus.Accepted)
            runner.TakeUp(grain);
        return outcome;
    }

    /// <inheritdoc/>
    public async Task<DrawView?> FindAsync(string draw, CancellationToken cancellationToken) =>
        GrainKind.Draw.IsKey(draw) ? ViewOf(await activations.ReadAsync(GrainId.Of(GrainKind.Draw, draw))) : null;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DrawView>> ListAsync(DrawFilter filter, string? after, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var atOnce = Math.Max(limit, ListedAtOnce);
        var (listed, last) = (new List<DrawView>(), after is null ? null : (GrainId?)GrainId.Of(GrainKind.Draw, after));
        while (listed.Count < limit)
        {
            // Draws are few, and where they stand is in their states.
            var found = await store.ListAsync(last, atOnce, cancellationToken);
            var read = await Task.WhenAll(found.Select(draw => activations.ReadAsync(draw).AsTask()));
            listed.AddRange(read.Select(ViewOf).OfType<DrawView>().Where(filter.Holds).Take(limit - listed.Count));
            if (found.Count < atOnce)
                break;
            last = found[^1];
        }

        return listed;
    }

    /// <inheritdoc/>
    public async Task<Stream?> RecordAsync(string draw, bool whole, CancellationToken cancellationToken)
    {
        if (!GrainKind.Draw.IsKey(draw) || (await activations.ReadAsync(GrainId.Of(GrainKind.Draw, draw))).State is not GrainState.Draw { Status: var status })
            return null;
        var isOpen = whole ? status is DrawStatus.Completed or DrawStatus.Opened : status == DrawStatus.Opened;
        return isOpen ? await store.ReadAsync(GrainId.Of(GrainKind.Draw, draw), whole ? DrawFile.Record : DrawFile.PublicRecord, cancellationToken) : null;
    }

    /// <summary>What needs no look at the register.</summary>
    private Rejection? Refuse(DrawRequest request, Actor actor)
    {
        if (!rules.TryFind(request.Policy, out var policy))
            return new Rejection.UnknownPolicy(request.Policy);
        if (!actor.Covers(request.Scope.Region))
            return new Rejection.OutOfScope(request.Scope.Region);
        if (request.Purpose != DrawPurpose.SpotChecks && policy.EnergyInspection is null)
            return new Rejection.EnergyInspectionNotProvided(policy.Id);
        var granted = DrawRoster.KindsOf(policy, request.Scope.Level);
        if (granted.Count == 0)
            return new Rejection.DrawScopeEmpty(policy.Id, $"at level {KebabCase<Level>.Word(request.Scope.Level)}");
        if (request.Scope.Kinds?.FirstOrDefault(kind => !granted.Contains(kind)) is { } foreign)
            return new Rejection.DrawScopeEmpty(policy.Id, $"to the kind {foreign} at level {KebabCase<Level>.Word(request.Scope.Level)}");
        return request.InspectorsPerVisit < policy.Checks.InspectorsMin.Value
            ? new Rejection.TooFewInspectors(policy.Checks.InspectorsMin.Article, request.InspectorsPerVisit.Value, policy.Checks.InspectorsMin.Value)
            : null;
    }

    /// <summary>The last day of what the draw orders. A list is that of the year in which it is drawn, and no visit to somebody on it lies beyond its end.</summary>
    private DateOnly LastDay(Policy policy, DrawRequest request)
    {
        var drawnOn = CivilTime.DateAt(request.NotBefore);
        var endOfPlan = new DateOnly(drawnOn.Year, 12, 31);
        if (request.Purpose == DrawPurpose.EnergyList)
            return endOfPlan;
        if (request.DueBy is { } given)
            return given;
        var visits = rules.EndOf(policy.Draws?.Visits ?? VisitsDefault, drawnOn);
        return request.Purpose == DrawPurpose.EnergyVisits && visits > endOfPlan ? endOfPlan : visits;
    }

    /// <summary>The fields of expertise that the policy asks for of those who visit; null where it asks for none.</summary>
    private static List<NeededField>? FieldsOf(Policy policy, DrawRequest request)
    {
        IReadOnlyList<string> kinds = request.Purpose switch
        {
            DrawPurpose.EnergyList => [],
            DrawPurpose.EnergyVisits => [GrainKind.Enterprise.Name],
            _ => request.Scope.Kinds ?? DrawRoster.KindsOf(policy, request.Scope.Level),
        };
        var needed = (policy.Checks.Fields ?? []).Where(rule => kinds.Contains(rule.Kind)).Select(rule => new NeededField(rule.Kind, rule.Field)).ToList();
        return needed.Count == 0 ? null : needed;
    }

    private static decimal? RateOf(Policy policy, DrawPurpose purpose, string? riskClass) => purpose switch
    {
        DrawPurpose.EnergyList => DrawRules.RateOf(policy.EnergyInspection!.Rates, riskClass),
        DrawPurpose.EnergyVisits => policy.EnergyInspection!.OnSitePercent.Value / 100m,
        _ => DrawRules.RateOf(policy.Draws?.Rates, riskClass),
    };

    /// <summary>How many of each risk class take part, and how many do not for each reason.</summary>
    private static (IEnumerable<(string? RiskClass, int Count)> Eligible, Dictionary<string, int> LeftOut) Count(IReadOnlyList<RosterRow> roster)
    {
        var (eligible, leftOut) = (new Dictionary<string, int>(StringComparer.Ordinal), new Dictionary<string, int>(StringComparer.Ordinal));
        for (var i = 0; i < roster.Count; i++)
        {
            var row = roster[i];
            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(eligible, row.RiskClass ?? "", out _);
            if (row.Exclusion is null)
                count++;
            else
                CollectionsMarshal.GetValueRefOrAddDefault(leftOut, row.Exclusion, out _)++;
        }

        return (eligible.Select(stratum => (stratum.Key.Length == 0 ? null : stratum.Key, stratum.Value)), leftOut);
    }

    private static List<DrawStratum> Strata(Policy policy, DrawRequest request, IEnumerable<(string? RiskClass, int Count)> eligible) =>
    [
        .. eligible.OrderBy(stratum => stratum.RiskClass is null).ThenBy(stratum => stratum.RiskClass, StringComparer.Ordinal)
            .Select(stratum =>
            {
                var rate = request.Size is not null ? null : request.Rate ?? RateOf(policy, request.Purpose, stratum.RiskClass);
                return new DrawStratum(stratum.RiskClass, rate, stratum.Count, rate is { } share ? Quotas.Of(share, stratum.Count) : 0);
            }),
    ];

    private async Task<IReadOnlyList<PoolRow>> PoolAsync(DateOnly dueBy, bool withFields, CancellationToken cancellationToken)
    {
        var open = await loads.ReadAsync(cancellationToken);
        return [.. inspectors.All()
            .Where(entry => !entry.Retired && entry.CertificateValidUntil >= dueBy)
            .Select(entry => new PoolRow(
                entry.Id, entry.Regions, entry.CertificateValidUntil, [.. entry.Conflicts.Select(conflict => conflict.Value).Order(StringComparer.Ordinal)],
                open.GetValueOrDefault(entry.Id), withFields ? entry.Fields : null))];
    }

    /// <summary>Inspectors who may inspect no longer. Who had to keep away from an enterprise since is replaced by an officer.</summary>
    private List<DrawSkip> Skipped(IReadOnlyList<PoolRow> pool, DateOnly dueBy)
    {
        var known = inspectors.ById;
        return [.. pool
            .Select(row => (row.Id, Reason: known.GetValueOrDefault(row.Id) switch
            {
                null => InspectorFitness.Unknown,
                { Retired: true } => InspectorFitness.Retired,
                { } entry => entry.CertificateValidUntil < dueBy ? InspectorFitness.CertificateExpired : null,
            }))
            .Where(entry => entry.Reason is not null)
            .Select(entry => new DrawSkip(entry.Id, entry.Reason!))];
    }

    private async Task<string> FreeKeyAsync(string policy, DateTimeOffset now, CancellationToken cancellationToken)
    {
        for (var number = 1; ; number++)
        {
            var key = $"{policy}-{CivilTime.DateAt(now):yyyyMMdd}-{number}";
            if (await FindAsync(key, cancellationToken) is null)
                return key;
        }
    }

    private async Task<long> AnnouncedAtAsync(GrainId draw, CancellationToken cancellationToken)
    {
        var events = await history.ReadAsync([draw], cancellationToken);
        return events[draw][0].Seq;
    }

    private async Task<DrawOutcome> SendAsync(GrainId draw, GrainCommand command, CommandContext context, CancellationToken cancellationToken)
    {
        var outcome = await grains.SendAsync(draw, command, context, cancellationToken);
        return new DrawOutcome(outcome.Status, outcome.Rejection, outcome.Status == CommandStatus.Accepted ? ViewOf(await activations.ReadAsync(draw)) : null);
    }

    private static DrawOutcome Refused(Rejection rejection) => new(CommandStatus.Rejected, rejection, null);

    private static DrawView? ViewOf(Activation known) => known.State is GrainState.Draw draw
        ? new DrawView(
            known.Grain.Key, draw.Status, draw.Announcement, draw.AnnouncedOn, draw.ApprovalNeeded, draw.ApprovedBy is not null, draw.Execution, draw.Completion,
            draw.OpenedOn, known.Version)
        : null;
}
