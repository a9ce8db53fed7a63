using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Supervision.Api;

/// <summary>How bodies are read and answers are written.</summary>
internal static class ApiJson
{
    /// <summary>Deepest nesting of a body; the deepest of the contract has three levels.</summary>
    public const int DepthMax = 32;

    /// <summary>How bodies are read: every member known, none twice, in the case of the contract.</summary>
    public static JsonSerializerOptions Bodies { get; } = ForBodies();

    /// <summary>Sets up how answers are written.</summary>
    public static void SetUpAnswers(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        // Chinese text stays readable; answers are never embedded in HTML unescaped.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new InstantConverter());
    }

    private static JsonSerializerOptions ForBodies()
    {
        var options = new JsonSerializerOptions(JsonSerializerOptions.Strict)
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            MaxDepth = DepthMax,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        };
        options.MakeReadOnly();
        return options;
    }
}
