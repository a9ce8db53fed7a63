using Microsoft.Extensions.Options;
using Supervision.Grains.Behaviour;
using Supervision.Grains.Calendars;
using Supervision.Hosting.Activations;
using Supervision.Hosting.Downtimes;
using Supervision.Ledger.Load;
using Supervision.Ledger.Query;
using Supervision.Ledger.Reminders;

namespace Supervision.Hosting.Reminders;

/// <summary>
/// Reminds holders of deadlines that they have to meet: once at each of some marks. It asks which mark each deadline has reached by
/// now, so a run that was missed is made up for by the next, with the nearest mark alone.
/// </summary>
public sealed class Reminding(WorkQuery query, GrainLoader loader, ReminderStore store, CurrentRules rules, TimeProvider clock, IOptions<ReminderOptions> options)
{
    // Grains read together. They are not kept in memory: nobody has asked for them.
    private const int GrainsMax = 1000;

    private readonly IReadOnlyList<int> _marks = options.Value.Marks() ?? throw new ArgumentException("No list of days.", nameof(options));

    /// <summary>Makes every reminder that is due; how many were made.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = LedgerInstant.Now(clock);
        var today = CivilTime.DateAt(now);
        var last = today.AddDays(_marks[^1]);
        var filter = new DeadlineFilter(today, last, []);
        var made = 0;
        (GrainId Grain, DateTimeOffset DueAt)? after = null;
        while (true)
        {
            (var waking, after) = await query.WakingAsync(CivilTime.AfterLastDay(last), filter, after, GrainsMax, cancellationToken);
            var states = await loader.LoadAsync(waking, cancellationToken);
            var due = new List<DueReminder>();
            foreach (var (grain, loaded) in states.Where(pair => pair.Value.State is not null))
            {
                var known = GrainBehaviour.At(grain, new KnownGrain(LedgerJson.ReadState(loaded.State), loaded.Version), now, rules.Book);
                due.AddRange(
                    from deadline in GrainBehaviour.DeadlinesOf(known.State, rules.Book)
                    where deadline.Owner == DeadlineOwner.Holder && deadline.DueOn >= today && deadline.DueOn <= last
                    select new DueReminder(grain, _marks.First(mark => deadline.DueOn <= today.AddDays(mark)), deadline));
            }

            made += await store.RemindAsync(due, now, cancellationToken);
            if (after is null)
                return made;
        }
    }
}
