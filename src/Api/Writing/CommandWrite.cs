using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Supervision.Api.Binding;

namespace Supervision.Api.Writing;

/// <summary>A write to what is no entity, a draw or a downtime: who sends it and under which conditions.</summary>
internal sealed class CommandWrite<TBody> : IBound, IBindableFromHttpContext<CommandWrite<TBody>>, IEndpointParameterMetadataProvider
    where TBody : class
{
    private CommandWrite(TBody? body, CommandContext context, ProblemHttpResult? problem) => (Body, Context, Problem) = (body!, context, problem);

    /// <summary>The body.</summary>
    public TBody Body { get; }

    /// <summary>What comes with the command.</summary>
    public CommandContext Context { get; }

    /// <inheritdoc/>
    public ProblemHttpResult? Problem { get; }

    private static bool MayBeEmpty => typeof(TBody) == typeof(NoMembers);

    /// <inheritdoc/>
    public static async ValueTask<CommandWrite<TBody>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var errors = new Errors();
        var idempotencyKey = WriteHeaders.ReadIdempotencyKey(context.Request, errors);
        var (bytes, problem) = await JsonBody.ReadAsync(context.Request, MayBeEmpty);
        var body = problem is null ? JsonBody.Parse<TBody>(bytes, errors) : null;
        var sent = WriteHeaders.ContextOf(context, errors.Any ? null : idempotencyKey, bytes, version: null);
        return new CommandWrite<TBody>(body, sent, problem ?? (errors.Any ? Problems.Invalid(errors) : null));
    }

    /// <inheritdoc/>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata([JsonBody.MediaType], typeof(TBody), isOptional: MayBeEmpty));
}
