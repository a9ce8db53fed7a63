namespace Supervision.Ledger.Embedded;

/// <summary>Programs on the search path.</summary>
internal static class Programs
{
    // A service often has a bare PATH without the places where setpriv and runuser live.
    private static readonly string[] _systemDirectories = ["/usr/bin", "/bin", "/usr/sbin", "/sbin"];

    public static IEnumerable<string> SearchPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(Path.IsPathRooted);

    public static string? Find(string name) =>
        SearchPath().Concat(_systemDirectories).Select(directory => Path.Combine(directory, name)).FirstOrDefault(File.Exists);

    /// <summary>One word of a POSIX shell command.</summary>
    public static string ShellQuote(string word) => $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
