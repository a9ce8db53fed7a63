using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Supervision.Grains.Tests.Behaviour;

/// <summary>States are written by generated code; what stands in databases was written by the base library from the same types.</summary>
public sealed class StateFormTests
{
    private static readonly JsonSerializerOptions Reflected = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static TheoryData<string> States => [.. typeof(GrainState).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(word => word.DerivedType.Name)];

    [Theory]
    [MemberData(nameof(States))]
    public void A_state_with_every_member_is_written_as_the_base_library_writes_it(string name)
    {
        var state = (GrainState)Filled(typeof(GrainState).GetNestedType(name)!);

        var text = Encoding.UTF8.GetString(LedgerJson.Write(state));

        Assert.Equal(JsonSerializer.Serialize(state, Reflected), text);
        Assert.Equal(text, Encoding.UTF8.GetString(LedgerJson.Write(LedgerJson.ReadState(Encoding.UTF8.GetBytes(text)))));
    }

    [Fact]
    public void A_state_with_little_is_written_as_the_base_library_writes_it()
    {
        GrainState state = new GrainState.Subject { Name = "湖南“一”\"厂\" <&>\u2028🌱" };

        Assert.Equal(JsonSerializer.Serialize(state, Reflected), Encoding.UTF8.GetString(LedgerJson.Write(state)));
    }

    /// <summary>Texts that are read lately are one object; more texts than there are places for push each other out and stay what they are.</summary>
    [Fact]
    public void Short_words_of_states_are_shared_and_every_text_is_read_as_it_was_written()
    {
        string?[] texts =
        [
            "", "A", "green-factory", "miit-2024", "甲", "é", "a\"b", "a\\b", "\u0001", "🌱", new('x', 32), new('x', 33), "I-1 ", " I-1", null, .. Enumerable.Range(0, 20_000).Select(number => $"p-{number}"),
        ];
        foreach (var text in texts.Concat(texts.Reverse()))
        {
            var read = Read(new GrainState.Subject { Name = "厂", Industry = text });

            Assert.Equal(text, read.Industry);
        }

        Assert.Same(Read(new GrainState.Subject { Name = "厂", Industry = "machinery" }).Industry, Read(new GrainState.Subject { Name = "厂", Industry = "machinery" }).Industry);

        static GrainState.Subject Read(GrainState state) => (GrainState.Subject)LedgerJson.ReadState(LedgerJson.Write(state));
    }

    /// <summary>A value of which no member is absent.</summary>
    private static object Filled(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsGenericType && type.IsAssignableTo(typeof(IEnumerable)))
        {
            var items = Array.CreateInstance(type.GetGenericArguments()[0], 1);
            items.SetValue(Filled(type.GetGenericArguments()[0]), 0);
            return items;
        }

        if (type.IsEnum)
            return Enum.GetValues(type).Cast<object>().Last();
        return Type.GetTypeCode(type) switch
        {
            TypeCode.String => "文+<\"'é🌱",
            TypeCode.Boolean => true,
            TypeCode.Int32 => 7,
            TypeCode.Int64 => 8L,
            TypeCode.Decimal => 9.50m,
            _ when type == typeof(DateOnly) => new DateOnly(2026, 5, 1),
            _ when type == typeof(DateTimeOffset) => new DateTimeOffset(2026, 5, 1, 1, 2, 3, 456, TimeSpan.Zero),
            _ when type == typeof(GrainId) => GrainId.FromStored("factory/N-1-F-0001"),
            _ => Built(type),
        };
    }

    private static object Built(Type type)
    {
        var constructor = type.GetConstructors().MaxBy(one => one.GetParameters().Length)!;
        var built = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Filled(parameter.ParameterType))]);
        foreach (var property in type.GetProperties().Where(property => property.CanWrite))
            property.SetValue(built, Filled(property.PropertyType));
        return built;
    }
}
