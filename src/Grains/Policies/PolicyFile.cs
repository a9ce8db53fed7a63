using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;

namespace Supervision.Grains.Policies;

/// <summary>A policy and its content: the bytes of its file or, where it extends another, the whole of both.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Hash">SHA-256 of the content, in lower-case hex.</param>
/// <param name="Content">The content, JSON in UTF-8.</param>
public sealed record LoadedPolicy(Policy Policy, string Hash, ReadOnlyMemory<byte> Content);

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

    /// <summary>Chinese text stays readable in what is registered.</summary>
    private static readonly JsonSerializerOptions WholeOptions = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads and checks a policy that extends no other.</summary>
    /// <param name="file">Name or path of the file; the name has to be that of the policy.</param>
    /// <param name="utf8">The bytes of the file.</param>
    /// <exception cref="PolicyException">The form is wrong (the first fault is named) or the content is (every fault is).</exception>
    public static LoadedPolicy Parse(string file, byte[] utf8) => ParseAll([(file, utf8)])[0];

    /// <summary>Reads and checks policies, which may extend each other, in whichever order they are given.</summary>
    /// <param name="files">Name or path of each file, and its bytes.</param>
    /// <exception cref="PolicyException">The form of one is wrong (the first fault is named) or the content is (every fault is), or it extends what is not there.</exception>
    public static IReadOnlyList<LoadedPolicy> ParseAll(IReadOnlyList<(string File, byte[] Utf8)> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var loaded = new LoadedPolicy[files.Count];
        for (var i = 0; i < loaded.Length; i++)
            loaded[i] = Load(files[i].File, Whole(files[i].File, files[i].Utf8, files, []));
        var failures = PolicyReferences.Validate([.. files.Zip(loaded, (file, whole) => (file.File, whole.Policy))]);
        return failures.Count == 0 ? loaded : throw new PolicyException(failures);
    }

    private static LoadedPolicy Load(string file, byte[] content)
    {
        var policy = Deserialize(file, content);
        var failures = PolicyValidator.Validate(file, policy);
        return failures.Count == 0
            ? new LoadedPolicy(policy, Convert.ToHexStringLower(SHA256.HashData(content)), content)
            : throw new PolicyException(failures);
    }

    /// <summary>The content of a policy with what it inherits; without that, the bytes of the file as they are.</summary>
    private static byte[] Whole(string file, byte[] utf8, IReadOnlyList<(string File, byte[] Utf8)> files, IReadOnlyList<string> extending)
    {
        if (ReadObject(utf8) is not { } own || own[PolicyInheritance.Extends] is not JsonValue extends || !extends.TryGetValue<string>(out var baseId))
            return utf8;
        // A policy that extends itself, also by others, would never come to an end.
        IReadOnlyList<string> path = [.. extending, Path.GetFileNameWithoutExtension(file)];
        var found = files.FirstOrDefault(candidate => string.Equals(Path.GetFileName(candidate.File), baseId + ".json", StringComparison.Ordinal));
        if (found.File is null || path.Contains(baseId))
            throw new PolicyException([new PolicyFailure(file, "$.extends", found.File is null ? $"There is no policy '{baseId}'." : $"'{baseId}' extends this policy itself.")]);
        // What is wrong with the form of the other file is told of that file.
        var @base = Whole(found.File, found.Utf8, files, path);
        Deserialize(found.File, @base);
        return JsonSerializer.SerializeToUtf8Bytes(PolicyInheritance.Merge(baseId, ReadObject(@base)!, own), WholeOptions);
    }

    /// <summary>The members of a file; null where its form is wrong, which reading it as a policy will tell.</summary>
    private static JsonObject? ReadObject(byte[] utf8)
    {
        try
        {
            return JsonNode.Parse(utf8, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
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
        // A policy that extends another names of its own what tells what it is; the rest it may inherit.
        schema["if"] = new JsonObject { ["required"] = new JsonArray(PolicyInheritance.Extends) };
        schema["then"] = new JsonObject { ["required"] = new JsonArray("id", "version", "title", "document", "effectiveFrom") };
        schema["else"] = new JsonObject { ["required"] = schema["required"]!.DeepClone() };
        schema.Remove("required");
        return schema.ToJsonString(Options) + "\n";
    }

    /// <summary>Describes what is written by a converter of ours, which the exporter does not know.</summary>
    private static JsonNode AddWords(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (context.TypeInfo.Type == typeof(MonthDay))
            return new JsonObject { ["type"] = "string", ["pattern"] = MonthDay.Pattern };
        return context.TypeInfo.Type.IsEnum ? WordsOf(context.TypeInfo.Type) : schema;
    }

    private static JsonObject WordsOf(Type enumeration) =>
        new() { ["enum"] = new JsonArray([.. EnumWords.Of(enumeration).Select(word => (JsonNode)word)]) };

    private static Policy Deserialize(string file, byte[] utf8)
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
