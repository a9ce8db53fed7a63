using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Supervision.Api.Binding;

/// <summary>
/// Compares a body with the type it has to become and names everything that is wrong with it. Strict deserialisation
/// would stop at the first and name the member in its message only.
/// </summary>
internal static class JsonShape
{
    private const int ItemsMax = 1000;

    /// <summary>The members that bodies of a type may have.</summary>
    public static IEnumerable<JsonPropertyInfo> MembersOf(JsonTypeInfo type) =>
        type.Properties.Where(member => member.AssociatedParameter is not null || member.Set is not null);

    /// <summary>Whether bodies have to have a member.</summary>
    public static bool IsRequired(JsonPropertyInfo member) => member.IsRequired || member.AssociatedParameter is { HasDefaultValue: false };

    public static void Check(JsonElement body, JsonTypeInfo type, Errors errors)
    {
        if (body.ValueKind == JsonValueKind.Object)
            CheckObject(body, type, "", errors);
        else
            errors.Add("body", "Has to be an object.");
    }

    private static void CheckObject(JsonElement element, JsonTypeInfo type, string path, Errors errors)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var given in element.EnumerateObject())
        {
            if (NameOf(given) is not { } name)
            {
                errors.Add(path.Length == 0 ? "body" : path, "The name of a member contains an unpaired surrogate.");
                continue;
            }

            var member = MembersOf(type).FirstOrDefault(known => known.Name == name);
            var memberPath = path.Length == 0 ? Shown(name) : $"{path}.{Shown(name)}";
            if (member is null)
                errors.Add(memberPath, $"Is not a member; the members are {string.Join(", ", MembersOf(type).Select(known => known.Name))}.");
            else if (!seen.Add(name))
                errors.Add(memberPath, "Is given twice.");
            else if (given.Value.ValueKind != JsonValueKind.Null)
                CheckValue(given.Value, type.Options.GetTypeInfo(member.PropertyType), member.AttributeProvider, memberPath, errors);
            else if (!(member.AssociatedParameter?.IsNullable ?? member.IsSetNullable))
                errors.Add(memberPath, "Must not be null.");
        }

        foreach (var missing in MembersOf(type).Where(member => IsRequired(member) && !seen.Contains(member.Name)))
            errors.Add(path.Length == 0 ? missing.Name : $"{path}.{missing.Name}", "Is required.");
    }

    private static void CheckValue(JsonElement value, JsonTypeInfo type, ICustomAttributeProvider? member, string path, Errors errors)
    {
        if (type.Kind == JsonTypeInfoKind.Object)
        {
            if (value.ValueKind == JsonValueKind.Object)
                CheckObject(value, type, path, errors);
            else
                errors.Add(path, "Has to be an object.");
        }
        else if (type.Kind == JsonTypeInfoKind.Enumerable)
        {
            CheckList(value, type, member, path, errors);
        }
        else if (RefuseScalar(value, Nullable.GetUnderlyingType(type.Type) ?? type.Type, member) is { } expected)
        {
            errors.Add(path, expected);
        }
    }

    private static void CheckList(JsonElement value, JsonTypeInfo type, ICustomAttributeProvider? member, string path, Errors errors)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            errors.Add(path, "Has to be a list.");
            return;
        }

        var itemsMax = AttributeOf<ItemsOfAtMostAttribute>(member)?.Items ?? ItemsMax;
        if (value.GetArrayLength() > itemsMax)
        {
            errors.Add(path, $"Has at most {itemsMax} items.");
            return;
        }

        var itemType = type.Options.GetTypeInfo(type.ElementType!);
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            var itemPath = $"{path}[{index++}]";
            if (item.ValueKind == JsonValueKind.Null)
                errors.Add(itemPath, "Must not be null.");
            else
                CheckValue(item, itemType, member, itemPath, errors);
        }
    }

    private static string? RefuseScalar(JsonElement value, Type type, ICustomAttributeProvider? member)
    {
        if (type == typeof(bool))
            return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "Has to be true or false.";
        if (type == typeof(long))
            return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _) ? null : "Has to be a whole number.";
        if (type == typeof(decimal))
            return value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out _) ? null : "Has to be a number.";
        if (value.ValueKind != JsonValueKind.String)
            return "Has to be a text.";
        if (TextOf(value) is not { } text)
            return "Must not contain unpaired surrogates.";
        if (type == typeof(DateOnly))
            return Texts.TryDate(text, out _) ? null : Texts.DateForm;
        if (type == typeof(DateTimeOffset))
            return Texts.TryInstant(text, out _) ? null : Texts.InstantForm;
        if (type.IsEnum)
            return EnumWords.Of(type).Contains(text) ? null : $"Has to be one of {string.Join(", ", EnumWords.Of(type))}.";
        if (AttributeOf<AllowedValuesAttribute>(member) is { } allowed)
            return allowed.Values.Contains(text) ? null : $"Has to be one of {string.Join(", ", allowed.Values)}.";
        var bound = AttributeOf<MaxLengthAttribute>(member);
        return GivenText.Refuse(text, bound?.Length ?? Texts.LengthMax, free: bound is FreeTextAttribute);
    }

    /// <summary>The text of a value; null when an escape leaves half a surrogate pair.</summary>
    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A name as it can stand in an answer, whatever its length.</summary>
    private static string Shown(string name) => name.Length <= 100 ? name : name[..100] + "…";

    private static T? AttributeOf<T>(ICustomAttributeProvider? member)
        where T : Attribute =>
        member?.GetCustomAttributes(typeof(T), inherit: false).OfType<T>().FirstOrDefault();
}
