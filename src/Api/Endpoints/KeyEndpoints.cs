using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Supervision.Api.Access;
using Supervision.Api.Binding;
using Supervision.Api.Reading;
using Supervision.Api.Writing;

namespace Supervision.Api.Endpoints;

/// <summary>The keys with which the interface is used.</summary>
internal static class KeyEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var keys = api.MapGroup("/keys").WithTags("keys");
        keys.MapPost("", CreateAsync).Does("createKey", "Makes a key; its secret is shown once.").Privileged().RequireAuthorization(AccessPolicies.Admins)
            .WithMetadata(TakesIdempotencyKey.Instance)
            .Refuses(
                StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status409Conflict, StatusCodes.Status413PayloadTooLarge,
                StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status422UnprocessableEntity);
        keys.MapGet("", ListAsync).Does("listKeys", "Lists the keys, without their secrets.").RequireAuthorization(AccessPolicies.AdminsAndAuditors)
            .Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden);
        keys.MapDelete("/{id}", RevokeAsync).Does("revokeKey", "Revokes a key.").Privileged().RequireAuthorization(AccessPolicies.Admins)
            .Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Created<MadeKey>, Ok<MadeKey>, ProblemHttpResult>> CreateAsync(
        Body<KeyBody> body, HttpContext context, IKeys keys, IInspectors inspectors, CancellationToken cancellationToken)
    {
        var errors = new Errors();
        var idempotencyKey = WriteHeaders.ReadIdempotencyKey(context.Request, errors);
        if (errors.Any)
            return Problems.Invalid(errors);
        if (body.Value.Role is Role.Evaluator or Role.CertificationBody && inspectors.IsInService(body.Value.Person))
            return Problems.From(new Rejection.EvaluatorNotInspector(body.Value.Person));
        var holder = KeyPrincipal.Of(context);
        var identity = idempotencyKey is null
            ? null
            : new CommandIdentity(WriteHeaders.CommandId(context, holder.KeyId, idempotencyKey), WriteHeaders.RequestHash(context.Request, body.Bytes));
        return await keys.CreateAsync(body.Value.ToRequest(), holder.Actor.Id, identity, cancellationToken) switch
        {
            null => Problems.IdempotencyKeyReused(),
            { Key: { } secret } made => TypedResults.Created($"/api/keys/{made.Id}", new MadeKey(made.Id, secret)),
            var made => TypedResults.Ok(new MadeKey(made.Id, null, "The secret was shown in the first answer and is not kept. If that answer was lost, revoke this key and make another.")),
        };
    }

    private static async Task<Ok<Listed<KeyView>>> ListAsync(IKeys keys, CancellationToken cancellationToken) =>
        TypedResults.Ok(new Listed<KeyView>(await keys.ListAsync(cancellationToken)));

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(string id, IKeys keys, CancellationToken cancellationToken) =>
        GivenText.Refuse(id) is null && await keys.RevokeAsync(id, cancellationToken) ? TypedResults.NoContent() : Problems.KeyNotFound();
}

/// <summary>What a key shall be for.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Person">Who uses it; where four eyes are asked for, persons are compared.</param>
/// <param name="Role">The role.</param>
/// <param name="Level">Level of the authority.</param>
/// <param name="Regions">Regions of a provincial or municipal authority, by code or name.</param>
/// <param name="Enterprise">The enterprise that uses the key, by its credit code; for the role <c>enterprise</c>.</param>
/// <param name="Body">The body that uses the key, by its name; for the roles <c>certification-body</c> and <c>evaluator</c>.</param>
internal sealed record KeyBody(
    string Name, string Person, Role Role, Level Level = Level.National, IReadOnlyList<string>? Regions = null, string? Enterprise = null, string? Body = null) : IChecked
{
    /// <inheritdoc/>
    public void Check(Errors errors)
    {
        foreach (var (member, expected) in Scope.Faults.Concat(Binding.Faults))
            errors.Add(member, expected);
    }

    /// <summary>The request.</summary>
    public KeyRequest ToRequest() => new(Name, Person, Role, Level, Scope.Regions, Enterprise: Binding.Enterprise, Body: Binding.Body);

    private KeyBinding Binding => KeyBinding.Read(Role, Enterprise, Body);

    private KeyScope Scope => KeyScope.Read(Role, Level, Regions ?? []);
}

/// <summary>A key that was made.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Key">Its secret; null when the request was sent again: it is shown once.</param>
/// <param name="Note">Why there is no secret.</param>
internal sealed record MadeKey(string Id, string? Key, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Note = null);
