using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Supervision.Api.Access;
using Supervision.Api.Binding;
using Supervision.Api.Endpoints;
using Supervision.Api.Reading;
using Supervision.Api.Writing;

namespace Supervision.Api.OpenApi;

/// <summary>Describes what handlers bind by themselves: parts of the address, parameters, headers, and who may.</summary>
internal static class Operations
{
    private const string RolesExtension = "x-roles";

    private const string PrivilegedExtension = "x-privileged";

    public static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var parameters = operation.Parameters ??= [];
        foreach (var name in RouteParametersOf(context.Description.RelativePath ?? ""))
        {
            if (!parameters.Any(known => known.Name == name))
                parameters.Insert(0, RouteParameter(name));
        }

        foreach (var query in metadata.OfType<QueryContract>().SelectMany(contract => contract.Parameters))
            parameters.Add(Parameter(query.Name, ParameterLocation.Query, query.Description, query.Form, query.Required));
        if (metadata.OfType<TakesLastEventId>().Any())
            parameters.Add(Parameter(FeedQuery.LastEventId, ParameterLocation.Header, "The id of the last event that the client has; it wins over after.", ValueForm.Number));
        var writes = metadata.OfType<WritesEntity>().Any();
        if (writes || metadata.OfType<TakesIdempotencyKey>().Any())
        {
            parameters.Add(Parameter(
                WriteHeaders.IdempotencyKey, ParameterLocation.Header,
                "Any text of 1 to 255 characters without control characters, blanks around it not counted; the same request with the same key is carried out once and answered alike.", ValueForm.Text));
        }

        if (writes)
        {
            parameters.Add(Parameter(WriteHeaders.IfMatch, ParameterLocation.Header, "The ETag for which the write is meant, or *.", ValueForm.Text));
            parameters.Add(Parameter(WriteHeaders.IfNoneMatch, ParameterLocation.Header, "*: only what is not registered yet is written.", ValueForm.Text));
        }

        if (writes || metadata.OfType<ReadsRegister>().Any())
            AddSeq(operation);
        Limit(operation);
        if (metadata.OfType<PrivilegedAction>().Any())
            Extend(operation, PrivilegedExtension, JsonValue.Create(true));
        Secure(operation, metadata, context.Document!);
        return Task.CompletedTask;
    }

    /// <summary>Whoever sends too many requests is refused, whatever they ask.</summary>
    private static void Limit(OpenApiOperation operation)
    {
        operation.Responses ??= [];
        operation.Responses.TryAdd("429", new OpenApiResponse { Description = "Too many requests; the Retry-After header says when to go on." });
    }

    private static void Secure(OpenApiOperation operation, IList<object> metadata, OpenApiDocument document)
    {
        operation.Security = metadata.OfType<IAllowAnonymous>().Any()
            ? []
            : [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(OpenApiRegistration.KeyScheme, document)] = [] }];
        if (metadata.OfType<IAuthorizeData>().LastOrDefault(data => data.Policy is not null)?.Policy is not { } policy)
            return;
        operation.Description ??= $"For {policy.Replace('-', ' ')}.";
        Extend(operation, RolesExtension, new JsonArray([.. AccessPolicies.Requirements[policy].Roles.Select(role => JsonValue.Create(KebabCase<Role>.Word(role)))]));
    }

    private static void Extend(OpenApiOperation operation, string name, JsonNode value)
    {
        operation.Extensions ??= new Dictionary<string, IOpenApiExtension>();
        operation.Extensions[name] = new JsonNodeExtension(value);
    }

    private static void AddSeq(OpenApiOperation operation)
    {
        foreach (var (status, response) in operation.Responses ?? [])
        {
            if (response is not OpenApiResponse described || status[0] is not ('2' or '3'))
                continue;
            described.Headers ??= new Dictionary<string, IOpenApiHeader>();
            described.Headers[ReadHeaders.Seq] = new OpenApiHeader
            {
                Description = "The ledger up to which the answer reflects it, at least.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" },
            };
        }
    }

    private static IEnumerable<string> RouteParametersOf(string path) =>
        path.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}')).Reverse();

    private static OpenApiParameter RouteParameter(string name) => name switch
    {
        "kind" => Parameter(name, ParameterLocation.Path, "The kind of entity.", ValueForm.OneOf([.. GrainKind.Subjects.Select(kind => kind.Name)]), required: true),
        "key" => Parameter(
            name, ParameterLocation.Path, string.Join(" ", GrainKind.Subjects.Select(kind => $"Of the kind {kind}: {kind.KeyForm}.")), ValueForm.Text, required: true),
        "level" => Parameter(name, ParameterLocation.Path, "The level of the tile, 0 to 7.", ValueForm.Text, required: true),
        "index" => Parameter(name, ParameterLocation.Path, "The tile in groups of three digits, all but the last behind an x; of fewer than 256 hashes with .p/ and their number.", ValueForm.Text, required: true),
        _ => Parameter(name, ParameterLocation.Path, "The id.", ValueForm.Text, required: true),
    };

    private static OpenApiParameter Parameter(string name, ParameterLocation location, string description, ValueForm form, bool required = false) => new()
    {
        Name = name,
        In = location,
        Description = description,
        Required = required,
        Schema = new OpenApiSchema
        {
            Type = form.Type switch
            {
                "integer" => JsonSchemaType.Integer,
                "boolean" => JsonSchemaType.Boolean,
                _ => JsonSchemaType.String,
            },
            Format = form.Format,
            Enum = form.Words is { } words ? [.. words.Select(word => (JsonNode)JsonValue.Create(word))] : null,
        },
    };
}
