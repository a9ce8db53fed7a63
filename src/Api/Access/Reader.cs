using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Supervision.Api.Binding;

namespace Supervision.Api.Access;

/// <summary>Who reads, and the register as it is shown to them. An enterprise that asks for an entity of another is refused.</summary>
internal sealed class Reader : IBound, IBindableFromHttpContext<Reader>
{
    private Reader(IRegister register, Actor actor, ProblemHttpResult? problem) => (Register, Actor, Problem) = (register, actor, problem);

    /// <summary>The register as it is shown to whoever asks.</summary>
    public IRegister Register { get; }

    /// <summary>Who asks, with what was looked up of it.</summary>
    public Actor Actor { get; }

    /// <inheritdoc/>
    public ProblemHttpResult? Problem { get; }

    /// <inheritdoc/>
    public static async ValueTask<Reader?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var whole = context.RequestServices.GetRequiredService<IRegister>();
        var actor = await KeyPrincipal.Of(context).Actor.WithIdentitiesAsync(whole, context.RequestAborted);
        var isForeign = actor.Role == Role.Enterprise && context.Request.RouteValues.ContainsKey("key")
            && EntityAddress.Parse(context.Request, new Errors()) is { Value.Length: > 0 } entity && !await actor.OwnsAsync(entity, whole, context.RequestAborted);
        return new Reader(
            RegisterFor(actor, whole), actor, isForeign ? Problems.From(new Rejection.NotYourEntity(EntityAddress.Parse(context.Request, new Errors()))) : null);
    }

    /// <summary>The register as it is shown to somebody.</summary>
    public static IRegister RegisterFor(Actor actor, IRegister whole) =>
        actor.Role is Role.Officer or Role.Auditor or Role.Admin ? whole : new OutsideRegister(whole, actor);
}
