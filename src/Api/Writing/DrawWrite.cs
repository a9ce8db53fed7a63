using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Supervision.Api.Access;
using Supervision.Api.Binding;

namespace Supervision.Api.Writing;

/// <summary>A write to a draw: who sends it and under which conditions.</summary>
internal sealed class DrawWrite<TBody> : IBound, IBindableFromHttpContext<DrawWrite<TBody>>, IEndpointParameterMetadataProvider
    where TBody : class
{
    private DrawWrite(TBody? body, CommandContext context, ProblemHttpResult? problem) => (Body, Context, Problem) = (body!, context, problem);

    /// <summary>The body.</summary>
    public TBody Body { get; }

    /// <summary>What comes with the command.</summary>
    public CommandContext Context { get; }

    /// <inheritdoc/>
    public ProblemHttpResult? Problem { get; }

    private static bool MayBeEmpty => typeof(TBody) == typeof(NoMembers);

    /// <inheritdoc/>
    public static async ValueTask<DrawWrite<TBody>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var errors = new Errors();
        var idempotencyKey = WriteHeaders.ReadIdempotencyKey(context.Request, errors);
        var (bytes, problem) = await JsonBody.ReadAsync(context.Request, MayBeEmpty);
        var body = problem is null ? JsonBody.Parse<TBody>(bytes, errors) : null;
        var holder = KeyPrincipal.Of(context);
        var identity = idempotencyKey is null || errors.Any
            ? null
            : new CommandIdentity(WriteHeaders.CommandId(context, holder.KeyId, idempotencyKey), WriteHeaders.RequestHash(context.Request, bytes));
        return new DrawWrite<TBody>(body, new CommandContext(holder.Actor, identity), problem ?? (errors.Any ? Problems.Invalid(errors) : null));
    }

    /// <inheritdoc/>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata([JsonBody.MediaType], typeof(TBody), isOptional: MayBeEmpty));
}
