using System.Text.RegularExpressions;

namespace Supervision.Silo.Configuration;

/// <summary>Splits the command line into settings (<c>--Clock:Mode=manual</c>, <c>--urls …</c>) and the command with its own options.</summary>
internal static partial class Arguments
{
    public static (string[] Settings, string[] Command) Split(IReadOnlyList<string> arguments)
    {
        var settings = new List<string>();
        var command = new List<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            if (!Setting().IsMatch(arguments[i]))
            {
                command.Add(arguments[i]);
                continue;
            }

            settings.Add(arguments[i]);
            // "--Clock:Mode manual": the value is an argument of its own.
            if (!arguments[i].Contains('=', StringComparison.Ordinal) && i + 1 < arguments.Count)
                settings.Add(arguments[++i]);
        }

        return ([.. settings], [.. command]);
    }

    [GeneratedRegex(@"^--([A-Za-z]+(:[A-Za-z0-9.]+)+|urls)(=|\z)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Setting();
}
