using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Supervision.Grains.Calendars;
using Supervision.Grains.Indicators;

namespace Supervision.Grains.Policies;

/// <summary>The policies and the calendar that decisions are made under.</summary>
public sealed class RuleBook
{
    private readonly FrozenDictionary<string, Policy> _policies;

    /// <summary>Puts policies, calendar and catalogue of indicators together.</summary>
    public RuleBook(IEnumerable<Policy> policies, WorkCalendar calendar, IndicatorCatalogue? indicators = null)
    {
        Indicators = indicators ?? IndicatorCatalogue.Empty;
        _policies = policies.ToFrozenDictionary(policy => policy.Id);
        Calendar = calendar;
    }

    /// <summary>Holidays and make-up workdays.</summary>
    public WorkCalendar Calendar { get; }

    /// <summary>What can be declared.</summary>
    public IndicatorCatalogue Indicators { get; }

    /// <summary>Every policy, by id.</summary>
    public IEnumerable<Policy> Policies => _policies.Values.OrderBy(policy => policy.Id, StringComparer.Ordinal);

    /// <summary>Finds a policy by its id.</summary>
    public bool TryFind(string id, [NotNullWhen(true)] out Policy? policy) => _policies.TryGetValue(id, out policy);

    /// <summary>The policy that a title names.</summary>
    public Policy this[string id] => _policies[id];

    /// <summary>The last day of a period that a day starts; that day itself is not counted.</summary>
    public DateOnly EndOf(Period period, DateOnly startedOn) => period.Unit == DayUnit.Working
        ? Calendar.AddWorkingDays(startedOn, period.Days)
        : startedOn.AddDays(period.Days);
}
