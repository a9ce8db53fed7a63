using Supervision.Grains.Policies;

namespace Supervision.Grains.Tests.Policies;

/// <summary>The policies of the repository.</summary>
internal static class RealPolicies
{
    public static IReadOnlyList<LoadedPolicy> All { get; } = PolicyFile.ParseAll(
    [
        .. Directory.GetFiles(RepositoryFile.PathOf("policies"), "*.json")
            .Where(path => Path.GetFileName(path) != PolicyFile.SchemaName).Order(StringComparer.Ordinal)
            .Select(path => (path, File.ReadAllBytes(path))),
    ]);

    public static Policy Of(string id) => All.Single(loaded => loaded.Policy.Id == id).Policy;
}
