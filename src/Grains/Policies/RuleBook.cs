using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Supervision.Grains.Calendars;
using Supervision.Grains.Downtimes;
using Supervision.Grains.Indicators;
using Supervision.Grains.Items;

namespace Supervision.Grains.Policies;

/// <summary>The policies and the calendar that decisions are made under.</summary>
public sealed class RuleBook
{
    private readonly FrozenDictionary<string, Policy> _policies;
    private readonly FrozenDictionary<TitleRef, Succession> _successions;
    private readonly ILookup<TitleRef, Succession> _predecessors;

    /// <summary>Puts policies, calendar, catalogue of indicators and register of check items together.</summary>
    public RuleBook(IEnumerable<Policy> policies, WorkCalendar calendar, IndicatorCatalogue? indicators = null, CheckItemRegister? items = null)
    {
        Items = items ?? CheckItemRegister.Empty;
        Indicators = indicators ?? IndicatorCatalogue.Empty;
        _policies = policies.ToFrozenDictionary(policy => policy.Id);
        Calendar = calendar;
        Successions = [.. Policies.SelectMany(Succession.Of).OrderBy(succession => succession.On)];
        _successions = Successions.ToFrozenDictionary(succession => succession.From);
        _predecessors = Successions.ToLookup(succession => succession.To);
        Recognitions = [.. Policies.SelectMany(Recognition.Of)];
    }

    private RuleBook(RuleBook rules, IReadOnlyList<DowntimePeriod> downtimes)
    {
        (Items, Indicators, Calendar, Successions, Downtimes) = (rules.Items, rules.Indicators, rules.Calendar, rules.Successions, downtimes);
        (_policies, _successions, _predecessors) = (rules._policies, rules._successions, rules._predecessors);
        Recognitions = rules.Recognitions;
    }

    /// <summary>Confirmed downtimes, those that began first first.</summary>
    public IReadOnlyList<DowntimePeriod> Downtimes { get; } = [];

    /// <summary>Holidays and make-up workdays.</summary>
    public WorkCalendar Calendar { get; }

    /// <summary>Everything that comes under other rules on a day, by day.</summary>
    public IReadOnlyList<Succession> Successions { get; }

    /// <summary>Everything that follows from titles of other policies by itself.</summary>
    public IReadOnlyList<Recognition> Recognitions { get; }

    /// <summary>What can be declared.</summary>
    public IndicatorCatalogue Indicators { get; }

    /// <summary>What may be checked, besides what policies publish themselves.</summary>
    public CheckItemRegister Items { get; }

    /// <summary>Every policy, by id.</summary>
    public IEnumerable<Policy> Policies => _policies.Values.OrderBy(policy => policy.Id, StringComparer.Ordinal);

    /// <summary>Finds a policy by its id.</summary>
    public bool TryFind(string id, [NotNullWhen(true)] out Policy? policy) => _policies.TryGetValue(id, out policy);

    /// <summary>The policy that a title names.</summary>
    public Policy this[string id] => _policies[id];

    /// <summary>The article by which a policy grants a title at its level, so that the authority of that level issues it; its document where it grants that no more.</summary>
    public string ArticleOf(TitleRef title) =>
        _policies[title.Policy].Honours.FirstOrDefault(honour => string.Equals(honour.Name, title.Honour, StringComparison.Ordinal))?.Article
        ?? _policies[title.Policy].Document;

    /// <summary>The other rules that a title comes under on a day; null where it stays.</summary>
    public Succession? SuccessionOf(TitleRef title) => _successions.GetValueOrDefault(title);

    /// <summary>The title that one was when it was granted, where that was before it came under the rules that it names.</summary>
    public TitleRef OriginOf(TitleRef title, DateOnly grantedOn)
    {
        while (grantedOn < _policies[title.Policy].EffectiveFrom.Value && _predecessors[title].FirstOrDefault(succession => grantedOn < succession.On) is { } before)
            title = before.From;
        return title;
    }

    /// <summary>The same rules with other downtimes.</summary>
    public RuleBook With(IReadOnlyList<DowntimePeriod> downtimes) => new(this, downtimes);

    /// <summary>The downtime into which a last day of an entity in a region falls; null: into none.</summary>
    public DowntimePeriod? DowntimeOf(string? region, DateOnly lastDay)
    {
        foreach (var downtime in Downtimes)
        {
            if (downtime.Holds(lastDay) && downtime.Covers(region))
                return downtime;
        }

        return null;
    }

    /// <summary>The last day that an entity in a region has instead of one: the same where that falls into no downtime.</summary>
    public DateOnly Moved(string? region, DateOnly lastDay)
    {
        while (DowntimeOf(region, lastDay) is { } downtime)
            lastDay = downtime.MovedTo;
        return lastDay;
    }

    /// <summary>The last day of a period that a day starts; that day itself is not counted.</summary>
    public DateOnly EndOf(Period period, DateOnly startedOn) => period.Unit == DayUnit.Working
        ? Calendar.AddWorkingDays(startedOn, period.Days)
        : startedOn.AddDays(period.Days);

    /// <summary>The last day of a remedy against a decision that was served on a day.</summary>
    public DateOnly EndOf(Remedy remedy, DateOnly servedOn) =>
        remedy.Within is { } days ? EndOf(days, servedOn) : servedOn.AddMonths(remedy.Months!.Value);
}

/// <summary>Titles that come under the rules of another policy on a day.</summary>
/// <param name="From">What they were.</param>
/// <param name="To">What they are from that day on.</param>
/// <param name="Kind">The kind of grain that holds them.</param>
/// <param name="On">The day.</param>
public sealed record Succession(TitleRef From, TitleRef To, string Kind, DateOnly On)
{
    /// <summary>What a policy takes over.</summary>
    internal static IEnumerable<Succession> Of(Policy policy) =>
        from rule in policy.Transfers ?? []
        from name in rule.Honours
        let honour = policy.Honours.First(granted => string.Equals(granted.Name, name, StringComparison.Ordinal))
        select new Succession(new TitleRef(rule.From, name, rule.Level), new TitleRef(policy.Id, name, rule.Level), honour.Kind, rule.On.Value);
}
