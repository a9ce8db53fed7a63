namespace Supervision.Grains.Calendars;

/// <summary>What is wrong with one line of a calendar's file.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record CalendarFailure(int Line, string Reason);

/// <summary>A calendar's file that cannot be used, with everything that is wrong with it.</summary>
public sealed class CalendarException : Exception
{
    /// <summary>Puts the failures together.</summary>
    public CalendarException(string file, IReadOnlyList<CalendarFailure> failures)
        : base(string.Join(Environment.NewLine, failures.Select(failure => $"{file}, line {failure.Line}: {failure.Reason}"))) =>
        (File, Failures) = (file, failures);

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>Every line that is wrong, in the order of the file.</summary>
    public IReadOnlyList<CalendarFailure> Failures { get; }
}
