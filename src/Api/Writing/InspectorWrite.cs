using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Supervision.Api.Binding;

namespace Supervision.Api.Writing;

/// <summary>A body that names the inspector which it registers.</summary>
internal interface INamesInspector
{
    /// <summary>The service number.</summary>
    string Id { get; }
}

/// <summary>A write to an inspector, which the address names by <c>{id}</c> or the body does.</summary>
internal sealed class InspectorWrite<TBody> : IBound, IBindableFromHttpContext<InspectorWrite<TBody>>, IEndpointParameterMetadataProvider
    where TBody : class
{
    private InspectorWrite(GrainId inspector, TBody? body, CommandContext context, ProblemHttpResult? problem) =>
        (Inspector, Body, Context, Problem) = (inspector, body!, context, problem);

    /// <summary>The inspector.</summary>
    public GrainId Inspector { get; }

    /// <summary>The body.</summary>
    public TBody Body { get; }

    /// <summary>What comes with the command.</summary>
    public CommandContext Context { get; }

    /// <inheritdoc/>
    public ProblemHttpResult? Problem { get; }

    /// <inheritdoc/>
    public static async ValueTask<InspectorWrite<TBody>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var errors = new Errors();
        var request = context.Request;
        var idempotencyKey = WriteHeaders.ReadIdempotencyKey(request, errors);
        var (version, _) = WriteHeaders.ReadVersion(request, errors);
        var (bytes, problem) = await JsonBody.ReadAsync(request, mayBeEmpty: false);
        var body = problem is null ? JsonBody.Parse<TBody>(bytes, errors) : null;
        GrainId inspector = default;
        if (((string?)request.RouteValues["id"] ?? (body as INamesInspector)?.Id) is { } id && !GrainId.TryParse($"{GrainKind.Inspector}/{id}", out inspector))
            errors.Add("id", $"Has to be the public service number: {GrainKind.Inspector.KeyForm}.");
        var sent = WriteHeaders.ContextOf(context, errors.Any ? null : idempotencyKey, bytes, version);
        return new InspectorWrite<TBody>(inspector, body, sent, problem ?? (errors.Any ? Problems.Invalid(errors) : null));
    }

    /// <inheritdoc/>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(WritesEntity.Instance);
        builder.Metadata.Add(new AcceptsMetadata([JsonBody.MediaType], typeof(TBody)));
    }
}
