using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;

namespace Supervision.Grains.Policies;

/// <summary>A policy and the content it was read from.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Hash">SHA-256 of the file's bytes, in lower-case hex.</param>
public sealed record LoadedPolicy(Policy Policy, string Hash);

/// <summary>Reads policies from the bytes of their files, and describes the form of these files.</summary>
public static class PolicyFile
{
    /// <summary>Name of the file that holds <see cref="Schema"/>, beside the policies.</summary>
    public const string SchemaName = "policy.schema.json";

    /// <summary>Unknown, doubled and missing members, nulls and numbers for words are errors, never ignored.</summary>
    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>Reads and checks a policy.</summary>
    /// <param name="file">Name or path of the file; the name has to be that of the policy.</param>
    /// <param name="utf8">The bytes of the file.</param>
    /// <exception cref="PolicyException">The form is wrong (the first fault is named) or the content is (every fault is).</exception>
    public static LoadedPolicy Parse(string file, ReadOnlySpan<byte> utf8)
    {
        var policy = Deserialize(file, utf8);
        var failures = PolicyValidator.Validate(file, policy);
        return failures.Count == 0
            ? new LoadedPolicy(policy, Convert.ToHexStringLower(SHA256.HashData(utf8)))
            : throw new PolicyException(failures);
    }

    /// <summary>The JSON schema of a policy's file, for editors: derived from the types that the file is read into.</summary>
    public static string Schema()
    {
        var schema = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema" };
        var exported = Options.GetJsonSchemaAsNode(typeof(Policy), new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = AddWords,
        });
        foreach (var (name, value) in exported.AsObject())
            schema[name] = value?.DeepClone();
        return schema.ToJsonString(Options) + "\n";
    }

    /// <summary>Describes the words of an enumeration, whose converter the exporter does not know.</summary>
    private static JsonNode AddWords(JsonSchemaExporterContext context, JsonNode schema) => context.TypeInfo.Type.IsEnum
        ? new JsonObject { ["enum"] = new JsonArray([.. EnumWords.Of(context.TypeInfo.Type).Select(word => (JsonNode)word)]) }
        : schema;

    private static Policy Deserialize(string file, ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonSerializer.Deserialize<Policy>(utf8, Options)
                ?? throw new PolicyException([new PolicyFailure(file, "$", "A policy is a JSON object, not null.")]);
        }
        catch (JsonException exception)
        {
            throw new PolicyException([new PolicyFailure(file, exception.Path ?? "$", Reason(exception))], exception);
        }
    }

    /// <summary>The serializer's words without the place, which stands beside them.</summary>
    private static string Reason(JsonException exception)
    {
        var place = exception.Message.IndexOf(" Path: ", StringComparison.Ordinal);
        var words = place < 0 ? exception.Message : exception.Message[..place];
        return exception.LineNumber is { } line ? $"{words} (line {line + 1})" : words;
    }
}
