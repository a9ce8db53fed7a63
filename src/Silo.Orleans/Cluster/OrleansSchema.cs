using System.Text;

namespace Supervision.Silo.Orleans.Cluster;

/// <summary>
/// The tables of the cluster. Orleans' providers run the statements that they find by name in <c>OrleansQuery</c>; those here are written for PostgreSQL
/// from what the providers pass to them and read from them, on tables of this project's own making.
/// </summary>
public static class OrleansSchema
{
    /// <summary>The scripts, by name; each is applied once.</summary>
    public static IReadOnlyDictionary<string, string> Scripts() => typeof(OrleansSchema).Assembly.GetManifestResourceNames()
        .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .ToDictionary(name => name, Read);

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(OrleansSchema).Assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
