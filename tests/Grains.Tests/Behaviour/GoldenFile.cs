namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Files beside the tests that pin what must not change by accident.</summary>
internal static class GoldenFile
{
    public static void Matches(string name, IEnumerable<string> lines, string updateVariable)
    {
        var path = RepositoryFile.PathOf("tests", "Grains.Tests", "Behaviour", name);
        var text = string.Concat(lines.Select(line => line + "\n"));
        if (Environment.GetEnvironmentVariable(updateVariable) is "1")
            File.WriteAllText(path, text);

        Assert.True(File.Exists(path), $"{name} is missing. Run this test with {updateVariable}=1 to write it, and commit it.");
        Assert.Equal(File.ReadAllText(path), text);
    }
}
