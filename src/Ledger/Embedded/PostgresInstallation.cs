using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Supervision.Ledger.Embedded;

/// <summary>The server programs of one PostgreSQL on this machine.</summary>
public sealed partial class PostgresInstallation
{
    private static readonly string[] _required = ["initdb", "pg_ctl", "postgres"];

    private PostgresInstallation(string binDirectory, string version, int major) =>
        (BinDirectory, Version, Major) = (binDirectory, version, major);

    /// <summary>The directory that holds <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c>.</summary>
    public string BinDirectory { get; }

    /// <summary>The version as the server states it, for example <c>15.18</c> or <c>18beta1</c>.</summary>
    public string Version { get; }

    /// <summary>The major version; a data directory belongs to one.</summary>
    public int Major { get; }

    /// <summary>The path of a program of this installation, such as <c>pg_dump</c> or <c>pg_restore</c>.</summary>
    /// <exception cref="EmbeddedPostgresException">This installation lacks it.</exception>
    public string Program(string name)
    {
        var path = Path.Combine(BinDirectory, name);
        return File.Exists(path)
            ? path
            : throw new EmbeddedPostgresException($"PostgreSQL {Version} in {BinDirectory} has no {name}; install the client programs as well (Debian: apt-get install postgresql-client-{Major}).");
    }

    /// <summary>Finds the PostgreSQL to use: on PATH, otherwise in the usual places, newest first.</summary>
    /// <exception cref="EmbeddedPostgresException">No PostgreSQL server is installed where it is looked for.</exception>
    public static PostgresInstallation Find() => All().FirstOrDefault() ?? throw NotFound();

    /// <summary>Finds the PostgreSQL for a data directory of the given major version.</summary>
    /// <exception cref="EmbeddedPostgresException">None is installed, or only those of other major versions.</exception>
    internal static PostgresInstallation FindFor(string dataDirectory, int major)
    {
        var found = All().ToList();
        if (found.Count == 0)
            throw NotFound();
        return found.Find(installation => installation.Major == major)
            ?? throw new EmbeddedPostgresException(
                $"The data in {dataDirectory} was written by PostgreSQL {major}, but the server found here is PostgreSQL {found[0].Version} in {found[0].BinDirectory}. "
                + $"Install PostgreSQL {major}, or move the data with pg_upgrade.");
    }

    private static EmbeddedPostgresException NotFound() =>
        new("No PostgreSQL server was found on PATH or in the usual places (/usr/lib/postgresql/*/bin, /usr/pgsql-*/bin, /usr/local/pgsql/bin, Homebrew). "
            + "Install one (Debian, Ubuntu: apt-get install postgresql; Fedora: dnf install postgresql-server; macOS: brew install postgresql), "
            + "or set ConnectionStrings:Supervision to use a server of your own.");

    private static IEnumerable<PostgresInstallation> All() =>
        Programs.SearchPath().Select(RealDirectory).Concat(UsualPlaces())
            .Distinct(StringComparer.Ordinal)
            .Where(directory => _required.All(program => File.Exists(Path.Combine(directory, program))))
            // A wrapper script may change the user or the arguments: the programs themselves come first.
            .OrderBy(HoldsWrappers)
            .Select(TryOpen)
            .OfType<PostgresInstallation>();

    // A directory on PATH often holds links to some of the programs only; the rest lie where the links lead.
    private static string RealDirectory(string directory)
    {
        var postgres = new FileInfo(Path.Combine(directory, "postgres"));
        return postgres.Exists && postgres.ResolveLinkTarget(returnFinalTarget: true) is { Exists: true } target
            ? Path.GetDirectoryName(target.FullName)!
            : directory;
    }

    private static IEnumerable<string> UsualPlaces() =>
    [
        .. NewestFirst("/usr/lib/postgresql", "*"),
        .. NewestFirst("/usr", "pgsql-*"),
        "/usr/local/pgsql/bin",
        .. NewestFirst("/opt/homebrew/opt", "postgresql*"),
        .. NewestFirst("/usr/local/opt", "postgresql*"),
        "/opt/homebrew/bin",
        "/usr/libexec/postgresql",
    ];

    private static IEnumerable<string> NewestFirst(string parent, string pattern) =>
        !Directory.Exists(parent)
            ? []
            : Directory.EnumerateDirectories(parent, pattern)
                .OrderByDescending(directory => int.TryParse(Digits().Match(Path.GetFileName(directory)).Value, out var major) ? major : 0)
                .Select(directory => Path.Combine(directory, "bin"));

    private static bool HoldsWrappers(string directory) =>
        _required.Any(program =>
        {
            using var file = File.OpenRead(Path.Combine(directory, program));
            return file.ReadByte() == '#' && file.ReadByte() == '!';
        });

    private static PostgresInstallation? TryOpen(string directory)
    {
        var start = new ProcessStartInfo(Path.Combine(directory, "postgres"), ["--version"]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var match = VersionText().Match(process.StandardOutput.ReadToEnd());
        process.WaitForExit();
        return match.Success
            ? new PostgresInstallation(directory, match.Groups["version"].Value, int.Parse(match.Groups["major"].Value))
            : null;
    }

    [GeneratedRegex(@"\(PostgreSQL\) (?<version>(?<major>[0-9]+)\S*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VersionText();

    [GeneratedRegex("[0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Digits();
}
