using Supervision.Grains.Behaviour;
using Supervision.Grains.Calendars;
using Supervision.Hosting.Activations;
using Supervision.Hosting.Downtimes;

namespace Supervision.Hosting.Reading;

/// <summary>Tells from the grains in memory and the rules what is published of inspections. What is planned and not announced is not told.</summary>
public sealed class InspectionReader(ActivationTable activations, CurrentRules rules, TimeProvider clock) : IInspections
{
    /// <inheritdoc/>
    public IReadOnlyList<CheckItemView> Items { get; } =
    [
        .. from policy in rules.Book.Policies
           from item in policy.Checks.Items?.Published ?? []
           select new CheckItemView(item.Id, policy.Id, null, policy.Region?.Value, item.Original, null, item.Article, null, null, null, null, null, item.RemoteFirst, Default: true),
        .. from list in rules.Book.Items.Lists
           from item in list.Items
           select new CheckItemView(
               item.Id, null, list.Title, list.Region, item.Name, item.SubItem, item.Basis, item.Body, item.Target, item.Ratio, item.Frequency, item.Method, item.RemoteFirst,
               Default: false),
    ];

    /// <inheritdoc/>
    public async Task<InspectionFrequency?> FrequencyAsync(GrainId enterprise, CancellationToken cancellationToken)
    {
        if (enterprise.Kind != GrainKind.Enterprise)
            return null;
        var now = clock.GetUtcNow();
        while (true)
        {
            var known = (await activations.ReadAsync(enterprise)).Known;
            if (GrainBehaviour.At(enterprise, known, now, rules.Book).State is not GrainState.Subject subject)
                return null;
            if (subject.MergedInto is not { } into)
                return Of(enterprise, subject, CivilTime.DateAt(now));
            enterprise = into;
        }
    }

    private InspectionFrequency Of(GrainId enterprise, GrainState.Subject subject, DateOnly today)
    {
        var announced = subject with { Visits = [.. (subject.Visits ?? []).Where(visit => visit.Status != VisitStatus.Planned || visit.NotifiedOn is not null || visit.Entries is not null)] };
        return new InspectionFrequency(
            enterprise, today.Year, announced.Visits.Count(visit => visit.Status == VisitStatus.Made && visit.Year == today.Year),
            [
                .. from policy in rules.Book.Policies
                   let cap = policy.Checks.Cap
                   where cap is not null && cap.From.Value <= today && (policy.Region is not { } scope || (subject.Region is { } region && Region.Covers(scope.Value, region)))
                   select new CapView(policy.Id, cap.VisitsOf(announced, today.Year), cap.PerYear.Value, cap.PerYear.Article),
            ]);
    }
}
