using System.Reflection;
using System.Text.Json.Serialization;

namespace Supervision.Grains.Tests;

/// <summary>Words of enumerations are public: each of them stands in <c>docs/problems.md</c>.</summary>
public sealed class DocumentedWordsTests
{
    // What a rejection or a refused document is, is told by slugs.
    private static readonly Type[] Inner = [typeof(RejectionClass), typeof(DocumentRefusal)];

    public static TheoryData<Type> Enumerations => [.. typeof(GrainState).Assembly.GetExportedTypes()
        .Where(type => type.IsEnum && type.GetCustomAttribute<JsonConverterAttribute>() is not null && !Inner.Contains(type))];

    [Theory]
    [MemberData(nameof(Enumerations))]
    public void EveryWordIsDocumented(Type enumeration)
    {
        var words = string.Join(", ", EnumWords.Of(enumeration).Select(word => $"`{word}`"));
        Assert.Contains(words, File.ReadAllText(RepositoryFile.PathOf("docs", "problems.md")), StringComparison.Ordinal);
    }
}
