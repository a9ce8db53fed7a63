using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Supervision.Api.Binding;

/// <summary>The entity that an address names by <c>{kind}</c> and <c>{key}</c>.</summary>
internal sealed partial class EntityAddress : IBound, IBindableFromHttpContext<EntityAddress>
{
    private EntityAddress(GrainId entity, string part, ProblemHttpResult? problem) => (Entity, Part, Problem) = (entity, part, problem);

    /// <summary>The entity.</summary>
    public GrainId Entity { get; }

    /// <summary>The part of the entity that the address names by <c>{id}</c>; empty where it names none.</summary>
    public string Part { get; }

    /// <inheritdoc/>
    public ProblemHttpResult? Problem { get; }

    /// <inheritdoc/>
    public static ValueTask<EntityAddress?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var errors = new Errors();
        var entity = Parse(context.Request, errors);
        var part = ParsePart(context.Request, errors);
        return ValueTask.FromResult<EntityAddress?>(new EntityAddress(entity, part, errors.Any ? Problems.Invalid(errors) : null));
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

    /// <summary>Reads the part of an entity from an address.</summary>
    public static string ParsePart(HttpRequest request, Errors errors)
    {
        var part = (string?)request.RouteValues["id"] ?? "";
        if (part.Length > 0 && !IsPart(part))
            errors.Add("id", "Has to be an id as the entity shows it, for example check-1.");
        return part;
    }

    /// <summary>Whether a text has the form of an id.</summary>
    public static bool IsPart(string text) => PartForm().IsMatch(text);

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9-]{0,63}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PartForm();
}
