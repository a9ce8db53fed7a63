namespace Supervision;

/// <summary>What holders were reminded of.</summary>
public interface IReminders
{
    /// <summary>A page of reminders, newest first.</summary>
    /// <param name="filter">Which ones.</param>
    /// <param name="before">Reminders before this number; null: from the newest on.</param>
    /// <param name="limit">Most reminders.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<Page<ReminderView>> ListAsync(ReminderFilter filter, long? before, int limit, CancellationToken cancellationToken);
}

/// <summary>Which reminders are asked for.</summary>
/// <param name="Regions">Of entities in these regions; empty: of any.</param>
public sealed record ReminderFilter(IReadOnlyList<string> Regions)
{
    /// <summary>Of deadlines on this day or later.</summary>
    public DateOnly? DueFrom { get; init; }

    /// <summary>Of entities of an enterprise under any of these identities; null: of any.</summary>
    public IReadOnlyList<GrainId>? Own { get; init; }

    /// <summary>Whether entities that are withheld from those who do not supervise are left out.</summary>
    public bool Unrestricted { get; init; }
}

/// <summary>A reminder of a deadline that the holder has to meet.</summary>
/// <param name="Id">Its number; later ones are greater.</param>
/// <param name="Entity">The entity.</param>
/// <param name="Name">Its listed name.</param>
/// <param name="Region">Its region.</param>
/// <param name="DaysBefore">The mark that was reached: so many days or fewer are left.</param>
/// <param name="Deadline">The deadline as it stood when the reminder was made.</param>
/// <param name="At">When it was made.</param>
public sealed record ReminderView(long Id, GrainId Entity, string Name, string? Region, int DaysBefore, Deadline Deadline, DateTimeOffset At);
