using System.Globalization;

namespace Supervision.Ledger.Embedded;

/// <summary>
/// Lets a server with much memory for its buffers have it in pages of 2 MB: with those of 4 KB it spends a fifth of its time finding pages. PostgreSQL takes them where the
/// kernel may hand them out; what the kernel may do is raised here, for which one has to be root on a machine of one's own. Nothing is set aside: the pages are
/// the server's while it runs and go back when it ends, however it ends.
/// </summary>
internal static class HugePages
{
    // Below this there is little to gain.
    private const int BuffersMin = 1024;

    private const int PageKilobytes = 2048;

    private const string Limit = "/proc/sys/vm/nr_overcommit_hugepages";

    private const string Memory = "/proc/meminfo";

    /// <summary>Raises how many huge pages the kernel may hand out, where that is possible and leaves as much memory again free.</summary>
    /// <param name="buffersMegabytes">The server's shared buffers.</param>
    /// <remarks>Where it is not, the server takes small pages, unless others were set aside for it.</remarks>
    public static void Allow(int buffersMegabytes)
    {
        if (buffersMegabytes < BuffersMin || !OperatingSystem.IsLinux())
            return;
        try
        {
            var memory = File.ReadLines(Memory).Select(line => line.Split(':')).ToDictionary(
                parts => parts[0], parts => long.Parse(parts[1].AsSpan().Trim().TrimEnd("kB").Trim(), CultureInfo.InvariantCulture), StringComparer.Ordinal);
            var pages = PagesFor(buffersMegabytes);
            if (memory.GetValueOrDefault("Hugepagesize") != PageKilobytes || memory["MemAvailable"] < 2 * pages * PageKilobytes)
                return;
            // Others may have theirs in use.
            var limit = memory["HugePages_Surp"] + pages;
            if (long.Parse(File.ReadAllText(Limit), CultureInfo.InvariantCulture) < limit)
                File.WriteAllText(Limit, limit.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException or FormatException or KeyNotFoundException)
        {
            // Not our machine, or not a kernel that has them.
        }
    }

    /// <summary>Pages for the buffers and what else is shared: locks, the log's buffers, a thirtieth for finding buffers.</summary>
    public static long PagesFor(int buffersMegabytes) => (buffersMegabytes + (buffersMegabytes / 16) + 64) * 1024L / PageKilobytes;
}
