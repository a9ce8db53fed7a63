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
        var keys = api.MapGroup("/keys").WithTags("keys").RequireAuthorization(AccessPolicies.Admins);
        keys.MapPost("", CreateAsync).Does("createKey", "Makes a key; it is shown once.")
            .Refuses(
                StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status413PayloadTooLarge,
                StatusCodes.Status415UnsupportedMediaType);
        keys.MapGet("", ListAsync).Does("listKeys", "Lists the keys, without their secrets.")
            .Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden);
        keys.MapDelete("/{id}", RevokeAsync).Does("revokeKey", "Revokes a key.")
            .Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Created<NewKey>, ProblemHttpResult>> CreateAsync(
        Body<KeyBody> body, HttpContext context, IKeys keys, CancellationToken cancellationToken)
    {
        if (context.Request.Headers.ContainsKey(WriteHeaders.IdempotencyKey))
        {
            return Problems.Invalid(
                WriteHeaders.IdempotencyKey, "A key's secret is shown once and not kept, so this request cannot be answered again; revoke what a lost answer made.");
        }

        var key = await keys.CreateAsync(body.Value.ToRequest(), KeyPrincipal.Of(context).Actor.Id, cancellationToken);
        return TypedResults.Created($"/api/keys/{key.Id}", key);
    }

    private static async Task<Ok<Listed<KeyView>>> ListAsync(IKeys keys, CancellationToken cancellationToken) =>
        TypedResults.Ok(new Listed<KeyView>(await keys.ListAsync(cancellationToken)));

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(string id, IKeys keys, CancellationToken cancellationToken) =>
        Texts.Refuse(id) is null && await keys.RevokeAsync(id, cancellationToken) ? TypedResults.NoContent() : Problems.KeyNotFound();
}

/// <summary>What a key shall be for.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Person">Who uses it; where four eyes are asked for, persons are compared.</param>
/// <param name="Role">The role.</param>
/// <param name="Level">Level of the authority.</param>
/// <param name="Regions">Regions of a provincial or municipal authority, by code or name.</param>
internal sealed record KeyBody(string Name, string Person, Role Role, Level Level = Level.National, IReadOnlyList<string>? Regions = null) : IChecked
{
    /// <inheritdoc/>
    public void Check(Errors errors)
    {
        var regions = Regions ?? [];
        if (Level == Level.National && regions.Count > 0)
            errors.Add("regions", "The national authority answers for every region; leave them out, or name another level.");
        if (Level != Level.National && regions.Count == 0)
            errors.Add("regions", $"A {KebabCase<Level>.Word(Level)} authority answers for at least one region.");
        for (var i = 0; i < regions.Count; i++)
        {
            if (!Region.TryParse(regions[i], out var code))
                errors.Add($"regions[{i}]", $"Has to be {Region.Form}.");
            else if (Level == Level.Provincial && Region.Responsible(code).Code != code)
                errors.Add($"regions[{i}]", "Has to be a province, a planning city or the Corps.");
        }
    }

    /// <summary>The request.</summary>
    public KeyRequest ToRequest() =>
        new(Name, Person, Role, Level, [.. (Regions ?? []).Select(text => Region.TryParse(text, out var code) ? code : text).Distinct()]);
}
