namespace Supervision.Grains.Tests.Behaviour;

/// <summary>One cell: what a command does in a situation, and the article of a refusal.</summary>
internal sealed record Cell(string Command, string Situation, string Outcome, string Article);

/// <summary>Reads <c>outcomes.md</c>, <c>duties.md</c>, <c>energy.md</c>, <c>changes.md</c>, <c>certificates.md</c>, <c>inspectors.md</c>, <c>draws.md</c>, <c>derived.md</c>, <c>titles.md</c> and <c>visits.md</c>.</summary>
internal static class OutcomeTable
{
    public static IReadOnlyList<Cell> Cells { get; } = Of("outcomes.md");

    public static IReadOnlyList<Cell> Of(string name) => [.. Read(File.ReadAllLines(RepositoryFile.PathOf("tests", "Grains.Tests", "Behaviour", name)))];

    private static IEnumerable<Cell> Read(string[] lines)
    {
        var command = "";
        foreach (var line in lines)
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
                command = line[3..].Trim();
            if (!line.StartsWith('|') || line.StartsWith("| situations", StringComparison.Ordinal) || line.StartsWith("|---", StringComparison.Ordinal))
                continue;
            var columns = line.Split('|', StringSplitOptions.TrimEntries);
            foreach (var situation in columns[1].Split(',', StringSplitOptions.TrimEntries))
                yield return new Cell(command, situation, columns[2], columns[3]);
        }
    }
}
