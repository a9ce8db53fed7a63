using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Supervision.Api.Binding;

namespace Supervision.Api.Writing;

/// <summary>A write to an entity: whom it is for, who sends it and under which conditions.</summary>
internal abstract class EntityWrite(GrainId entity, string part, CommandContext context, bool mustExist) : IBound
{
    /// <summary>The entity.</summary>
    public GrainId Entity => entity;

    /// <summary>The part of the entity that the address names by <c>{id}</c>; empty where it names none.</summary>
    public string Part => part;

    /// <summary>What comes with the command.</summary>
    public CommandContext Context => context;

    /// <summary>Whether the sender asks for an entity that is registered, at whichever version.</summary>
    public bool MustExist => mustExist;

    /// <summary>The documents that the body names; null without any.</summary>
    public IReadOnlyList<string>? Documents { get; protected init; }

    /// <inheritdoc/>
    public ProblemHttpResult? Problem { get; protected init; }
}

/// <summary>A write to an entity with its body.</summary>
internal sealed class EntityWrite<TBody> : EntityWrite, IBindableFromHttpContext<EntityWrite<TBody>>, IEndpointParameterMetadataProvider
    where TBody : class
{
    private EntityWrite(GrainId entity, string part, TBody? body, CommandContext context, bool mustExist)
        : base(entity, part, context, mustExist) => Body = body!;

    /// <summary>The body.</summary>
    public TBody Body { get; }

    private static bool MayBeEmpty => typeof(TBody) == typeof(NoMembers);

    /// <inheritdoc/>
    public static async ValueTask<EntityWrite<TBody>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var errors = new Errors();
        var request = context.Request;
        var entity = EntityAddress.Parse(request, errors);
        var part = EntityAddress.ParsePart(request, errors);
        var idempotencyKey = WriteHeaders.ReadIdempotencyKey(request, errors);
        var (version, any) = WriteHeaders.ReadVersion(request, errors);
        var (bytes, problem) = await JsonBody.ReadAsync(request, MayBeEmpty);
        var body = problem is null ? JsonBody.Parse<TBody>(bytes, errors) : null;
        var sent = WriteHeaders.ContextOf(context, errors.Any ? null : idempotencyKey, bytes, version);
        return new EntityWrite<TBody>(entity, part, body, sent, any)
        {
            Documents = body is INamesDocuments { Documents: { Count: > 0 } documents } ? documents : null,
            Problem = problem ?? (errors.Any ? Problems.Invalid(errors) : null),
        };
    }

    /// <inheritdoc/>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(WritesEntity.Instance);
        builder.Metadata.Add(new AcceptsMetadata([JsonBody.MediaType], typeof(TBody), isOptional: MayBeEmpty));
    }
}

/// <summary>Marks endpoints that take the headers of writes.</summary>
internal sealed class WritesEntity
{
    public static WritesEntity Instance { get; } = new();
}
