using System.Text.Json;

namespace Supervision;

/// <summary>The words of an enumeration as <see cref="KebabCase{T}"/> writes them, for descriptions of interfaces.</summary>
public static class EnumWords
{
    /// <summary>Every word, in the order of declaration.</summary>
    public static IReadOnlyList<string> Of(Type enumeration)
    {
        ArgumentNullException.ThrowIfNull(enumeration);
        return [.. Enum.GetNames(enumeration).Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];
    }
}
