using System.Globalization;

namespace Supervision.Hosting.Reminders;

/// <summary>When holders are reminded.</summary>
public sealed class ReminderOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Reminders";

    /// <summary>Most days before a deadline.</summary>
    public const int DaysMax = 366;

    /// <summary>Days before a deadline on which its holder is reminded of it, with commas between them. Default: 30,15,3.</summary>
    public string DaysBefore { get; set; } = "30,15,3";

    /// <summary>The days, fewest first; null where the text is no list of days.</summary>
    public IReadOnlyList<int>? Marks()
    {
        var marks = new SortedSet<int>();
        foreach (var text in DaysBefore.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) || days is < 1 or > DaysMax)
                return null;
            marks.Add(days);
        }

        return [.. marks];
    }
}
