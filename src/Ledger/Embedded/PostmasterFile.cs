using System.Diagnostics;

namespace Supervision.Ledger.Embedded;

/// <summary>What has become of the server that wrote a <c>postmaster.pid</c>.</summary>
internal enum PostmasterState
{
    /// <summary>No file, or the process in it is gone.</summary>
    Gone,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>A PostgreSQL of another directory runs under that process id.</summary>
    Unclear,
}

/// <summary>The file by which a running PostgreSQL says who and where it is.</summary>
internal sealed record PostmasterFile(int ProcessId, int Port, string SocketDirectory, bool IsReady)
{
    private const string FileName = "postmaster.pid";

    public static string PathIn(string dataDirectory) => Path.Combine(dataDirectory, FileName);

    /// <summary>Reads the file; null when there is none. A file that is still being written is not ready.</summary>
    public static PostmasterFile? Read(string dataDirectory)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(PathIn(dataDirectory));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        // Lines: process id, data directory, start time, port, socket directory, address, shared memory, status.
        return lines.Length > 0 && int.TryParse(lines[0], out var processId)
            ? new PostmasterFile(
                processId,
                lines.Length > 3 && int.TryParse(lines[3], out var port) ? port : 0,
                lines.Length > 4 ? lines[4] : "",
                lines.Length > 7 && lines[7].StartsWith("ready", StringComparison.Ordinal))
            : null;
    }

    /// <summary>The server of a data directory, if it runs.</summary>
    public static PostmasterFile? ReadRunning(string dataDirectory) =>
        Read(dataDirectory) is { } file && file.StateIn(dataDirectory) == PostmasterState.Running ? file : null;

    /// <summary>Whether the process in the file is the server of the data directory.</summary>
    public PostmasterState StateIn(string dataDirectory)
    {
        // The id may have gone to another program, above all in a restarted container where ids begin at 1 again.
        try
        {
            return OperatingSystem.IsLinux() ? LinuxState(dataDirectory) : OtherUnixState();
        }
        catch (Exception e) when (e is IOException or ArgumentException or InvalidOperationException)
        {
            return PostmasterState.Gone;
        }
    }

    private PostmasterState LinuxState(string dataDirectory)
    {
        // "123 (postgres) S …". A killed server that nobody waits for stays as a zombie (Z), which kill(pid, 0) takes for alive.
        var status = File.ReadAllText($"/proc/{ProcessId}/stat");
        var nameEnd = status.LastIndexOf(')');
        if (status[nameEnd + 2] is 'Z' or 'X' || !status[..nameEnd].EndsWith("(postgres", StringComparison.Ordinal))
            return PostmasterState.Gone;

        // Anyone may read the arguments; the working directory would take CAP_SYS_PTRACE, which containers lack.
        return File.ReadAllText($"/proc/{ProcessId}/cmdline").Split('\0').Contains(dataDirectory, StringComparer.Ordinal)
            ? PostmasterState.Running
            : PostmasterState.Unclear;
    }

    private PostmasterState OtherUnixState()
    {
        using var process = Process.GetProcessById(ProcessId);
        return process.ProcessName == "postgres" ? PostmasterState.Running : PostmasterState.Gone;
    }
}
