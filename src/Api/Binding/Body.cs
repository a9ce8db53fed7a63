using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;

namespace Supervision.Api.Binding;

/// <summary>The body of a request that is no command to a grain.</summary>
internal sealed class Body<TBody> : IBound, IBindableFromHttpContext<Body<TBody>>, IEndpointParameterMetadataProvider
    where TBody : class
{
    private Body(TBody? value, byte[] bytes, ProblemHttpResult? problem) => (Value, Bytes, Problem) = (value!, bytes, problem);

    /// <summary>The body.</summary>
    public TBody Value { get; }

    /// <summary>The body as it was sent.</summary>
    public byte[] Bytes { get; }

    /// <inheritdoc/>
    public ProblemHttpResult? Problem { get; }

    /// <inheritdoc/>
    public static async ValueTask<Body<TBody>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var (bytes, problem) = await JsonBody.ReadAsync(context.Request, mayBeEmpty: false);
        if (problem is not null)
            return new Body<TBody>(null, bytes, problem);
        var errors = new Errors();
        var value = JsonBody.Parse<TBody>(bytes, errors);
        return new Body<TBody>(value, bytes, errors.Any ? Problems.Invalid(errors) : null);
    }

    /// <inheritdoc/>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata([JsonBody.MediaType], typeof(TBody)));
}
