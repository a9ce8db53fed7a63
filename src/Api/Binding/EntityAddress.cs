using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Supervision.Api.Binding;

/// <summary>The entity that an address names by <c>{kind}</c> and <c>{key}</c>.</summary>
internal sealed class EntityAddress : IBound, IBindableFromHttpContext<EntityAddress>
{
    private EntityAddress(GrainId entity, ProblemHttpResult? problem) => (Entity, Problem) = (entity, problem);

    /// <summary>The entity.</summary>
    public GrainId Entity { get; }

    /// <inheritdoc/>
    public ProblemHttpResult? Problem { get; }

    /// <inheritdoc/>
    public static ValueTask<EntityAddress?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var errors = new Errors();
        var entity = Parse(context.Request, errors);
        return ValueTask.FromResult<EntityAddress?>(new EntityAddress(entity, errors.Any ? Problems.Invalid(errors) : null));
    }

    /// <summary>Reads the entity from an address.</summary>
    public static GrainId Parse(HttpRequest request, Errors errors)
    {
        var kindName = (string?)request.RouteValues["kind"] ?? "";
        var key = (string?)request.RouteValues["key"] ?? "";
        if (!GrainKind.TryFind(kindName, out var kind) || !kind.IsSubject)
            errors.Add("kind", $"Has to be one of {string.Join(", ", GrainKind.Subjects)}.");
        else if (!GrainId.TryParse($"{kindName}/{key}", out var entity))
            errors.Add("key", $"A key of kind {kind} is {kind.KeyForm}.");
        else
            return entity;
        return default;
    }
}
