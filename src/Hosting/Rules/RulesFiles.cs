using Supervision.Grains.Calendars;
using Supervision.Grains.Indicators;
using Supervision.Grains.Items;
using Supervision.Grains.Policies;

namespace Supervision.Hosting.Rules;

/// <summary>A policy or calendar as it was read from its file.</summary>
/// <param name="Grain">Its grain.</param>
/// <param name="Version">Its version.</param>
/// <param name="Hash">SHA-256 of its content, in lower-case hex.</param>
/// <param name="Content">Its content.</param>
public sealed record RulesFile(GrainId Grain, int Version, string Hash, byte[] Content);

/// <summary>The policies and the calendar of a silo, read from its files.</summary>
/// <param name="Book">Them, to decide by.</param>
/// <param name="Files">Them, to be registered.</param>
public sealed record RulesFiles(RuleBook Book, IReadOnlyList<RulesFile> Files)
{
    private const string CalendarId = "cn";

    private const string CalendarPrefix = "holidays-";

    private const string IndicatorsPrefix = "indicators-";

    private const string ItemsPrefix = "check-items-";

    /// <summary>Reads every policy of one directory and the newest calendar (<c>holidays-&lt;version&gt;.csv</c>) of another.</summary>
    /// <exception cref="PolicyException">A policy is broken; file, path and reason are named.</exception>
    /// <exception cref="CalendarException">The calendar is broken; file and lines are named.</exception>
    /// <exception cref="FileNotFoundException">There is no policy or no calendar.</exception>
    public static RulesFiles Read(string policies, string data)
    {
        var loaded = PolicyFile.ParseAll(
        [
            .. Directory.GetFiles(policies, "*.json").Where(path => Path.GetFileName(path) != PolicyFile.SchemaName).Order(StringComparer.Ordinal)
                .Select(path => (path, File.ReadAllBytes(path))),
        ]);
        var files = loaded
            .Select(policy => new RulesFile(GrainId.Of(GrainKind.Policy, policy.Policy.Id), policy.Policy.Version, policy.Hash, policy.Content.ToArray()))
            .ToList();
        if (loaded.Count == 0)
            throw new FileNotFoundException($"There is no policy in {policies}.");
        var (calendarPath, version) = NewestCalendar(data);
        var calendarContent = File.ReadAllBytes(calendarPath);
        var calendar = WorkCalendar.Parse(CalendarId, version, calendarPath, calendarContent);
        files.Add(new RulesFile(GrainId.Of(GrainKind.Calendar, calendar.Id), calendar.Version, calendar.Hash, calendarContent));
        var indicators = ReadIndicators(data);
        CheckItemRegister? items = null;
        if (NewestOf(data, ItemsPrefix, ".json") is { } published)
        {
            var content = File.ReadAllBytes(published.Path);
            items = CheckItemRegister.Parse(published.Path, content);
            files.Add(new RulesFile(GrainId.Of(GrainKind.CheckItems, items.Id), items.Version, items.Hash, content));
        }

        return new RulesFiles(new RuleBook(loaded.Select(policy => policy.Policy), calendar, indicators, items), files);
    }

    /// <summary>The newest catalogue of indicators (<c>indicators-&lt;version&gt;.json</c>); without one nothing can be declared.</summary>
    private static IndicatorCatalogue? ReadIndicators(string data) => NewestOf(data, IndicatorsPrefix, ".json") is { } newest
        ? IndicatorCatalogue.Parse(newest.Path, File.ReadAllBytes(newest.Path))
        : null;

    private static (string Path, int Version) NewestCalendar(string data) => NewestOf(data, CalendarPrefix, ".csv")
        ?? throw new FileNotFoundException($"There is no calendar {CalendarPrefix}<version>.csv in {data}.");

    private static (string Path, int Version)? NewestOf(string data, string prefix, string extension) => Directory.GetFiles(data, $"{prefix}*{extension}")
        .Select(path => (Path: path, IsVersion: int.TryParse(Path.GetFileNameWithoutExtension(path)[prefix.Length..], out var version), Version: version))
        .Where(file => file.IsVersion)
        .OrderByDescending(file => file.Version)
        .Select(file => ((string, int)?)(file.Path, file.Version))
        .FirstOrDefault();
}
