using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Supervision.Api.Binding;

namespace Supervision.Api.OpenApi;

/// <summary>Describes what the types alone do not tell: words, identities, lengths, and that bodies are closed.</summary>
internal static class Schemas
{
    private const string BodySuffix = "Body";

    public static Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var given = context.JsonTypeInfo.Type;
        var type = Nullable.GetUnderlyingType(given) ?? given;
        var nullable = type != given ? JsonSchemaType.Null : default;
        if (type.IsEnum)
        {
            schema.Type = JsonSchemaType.String | nullable;
            schema.Enum = [.. EnumWords.Of(type).Select(word => (JsonNode)JsonValue.Create(word))];
        }
        else if (type == typeof(GrainId))
        {
            schema.Type = JsonSchemaType.String | nullable;
            schema.Description ??= "Kind and key, for example factory/N-1-F-0001.";
        }
        else if (type.Assembly == typeof(Schemas).Assembly && type.Name.EndsWith(BodySuffix, StringComparison.Ordinal))
        {
            schema.AdditionalPropertiesAllowed = false;
        }

        if (context.JsonPropertyInfo is { } member && type == typeof(string))
            DescribeText(schema, member.AttributeProvider?.GetCustomAttributes(inherit: false) ?? [], member.DeclaringType);
        if (type == typeof(Problem) && schema.Properties is { } members && members.TryGetValue("code", out var described) && described is OpenApiSchema code)
            code.Description = $"The last part of the type: {string.Join(", ", Problems.OwnSlugs.Concat(RejectionCodes.All).Distinct())}.";
        return Task.CompletedTask;
    }

    private static void DescribeText(OpenApiSchema schema, object[] attributes, Type declaring)
    {
        if (!declaring.Name.EndsWith(BodySuffix, StringComparison.Ordinal))
            return;
        schema.MinLength = 1;
        schema.MaxLength = attributes.OfType<MaxLengthAttribute>().FirstOrDefault()?.Length ?? Texts.LengthMax;
        if (attributes.OfType<AllowedValuesAttribute>().FirstOrDefault() is { } allowed)
            schema.Enum = [.. allowed.Values.Select(value => (JsonNode)JsonValue.Create((string)value!))];
    }
}
