using System.Text.Json.Nodes;

namespace Supervision.Grains.Policies;

/// <summary>
/// A policy that extends another: each member of the file that it names is its own, as a whole; every other one is
/// inherited, and every article in it says so.
/// </summary>
internal static class PolicyInheritance
{
    /// <summary>The member that names the policy that is extended.</summary>
    public const string Extends = "extends";

    /// <summary>Members that tell what a document is and whose titles come under it, which no document has from another.</summary>
    private static readonly string[] NeverInherited =
        ["$schema", "id", Extends, "version", "title", "document", "effectiveFrom", "effectiveTo", "region", "transfers", "recognition"];

    /// <summary>The whole policy.</summary>
    /// <param name="baseId">The policy that is extended.</param>
    /// <param name="base">It, whole.</param>
    /// <param name="own">The file that extends it.</param>
    public static JsonObject Merge(string baseId, JsonObject @base, JsonObject own)
    {
        var whole = (JsonObject)own.DeepClone();
        foreach (var (name, value) in @base)
        {
            if (!NeverInherited.Contains(name) && !own.ContainsKey(name))
                whole[name] = Mark(value?.DeepClone(), $"inherited from {baseId}: ");
        }

        return whole;
    }

    private static JsonNode? Mark(JsonNode? node, string mark)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members.ToList())
                {
                    if (name == "article" && value is JsonValue)
                        members[name] = (string?)value is { } article && article.StartsWith("inherited from ", StringComparison.Ordinal) ? article : mark + (string?)value;
                    else
                        Mark(value, mark);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                    Mark(item, mark);
                break;
        }

        return node;
    }
}
