using System.Globalization;

namespace Supervision.Bench;

/// <summary>Processor time of the silo's own PostgreSQL: its first process and all that it started, those that ended among them.</summary>
internal static class ServerProcessor
{
    // Linux counts in hundredths of a second whatever the kernel's clock is.
    private const double TicksPerSecond = 100;

    private static string? serving;

    /// <summary>Whose server is asked about from now on.</summary>
    /// <param name="directory">The directory of the silo that was started last.</param>
    public static void Watch(string directory) => serving = directory;

    /// <summary>What the server has used since it was started.</summary>
    public static TimeSpan Used()
    {
        var directory = serving ?? throw new InvalidOperationException("No silo was started.");
        var first = File.ReadLines(Path.Combine(directory, "pg", "data", "postmaster.pid")).First().Trim();
        // Behind the name, which may hold anything: state, parent, and from the 12th on own and waited-for time, each in user and in system mode.
        var ticks = Of(first) is { } server ? server[11..15].Sum(Ticks) : 0;
        foreach (var process in Directory.EnumerateDirectories("/proc").Select(path => Path.GetFileName(path)!).Where(name => char.IsAsciiDigit(name[0])))
        {
            if (Of(process) is { } fields && string.Equals(fields[1], first, StringComparison.Ordinal))
                ticks += fields[11..13].Sum(Ticks);
        }

        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    private static string[]? Of(string process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        // It ended meanwhile.
        catch (IOException)
        {
            return null;
        }
    }

    private static long Ticks(string field) => long.Parse(field, CultureInfo.InvariantCulture);
}
