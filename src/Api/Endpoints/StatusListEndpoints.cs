using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Supervision.Api.Endpoints;

/// <summary>Public: where all titles stand, as signed lists to be looked up offline.</summary>
internal static class StatusListEndpoints
{
    private const string TokenType = "application/statuslist+jwt";

    private const string CredentialType = "application/vc+jwt";

    private const string KeysType = "application/jwk-set+json";

    public static void Map(RouteGroupBuilder api)
    {
        var lists = api.MapGroup("/status-list").WithTags("verification").AllowAnonymous();
        lists.MapGet("", async (IStatusLists made, CancellationToken cancellationToken) => Text((await made.GetAsync(cancellationToken)).Token, TokenType))
            .Does("getStatusList", "Where every title stands, by the index that verification gives, as a signed status list token (IETF) of 4 bits an entry.")
            .MayTakeLong().Produces<string>(StatusCodes.Status200OK, TokenType).Refuses(StatusCodes.Status503ServiceUnavailable);
        lists.MapGet("/credential", async (IStatusLists made, CancellationToken cancellationToken) => Text((await made.GetAsync(cancellationToken)).Credential, CredentialType))
            .Does("getStatusListCredential", "The same as a signed credential with a Bitstring Status List (W3C): a bit is set unless the title may be relied on.")
            .MayTakeLong().Produces<string>(StatusCodes.Status200OK, CredentialType).Refuses(StatusCodes.Status503ServiceUnavailable);
        lists.MapGet("/keys", (IStatusLists made) => Text(made.Keys, KeysType))
            .Does("getStatusListKeys", "The public keys by which status lists are verified, as a JSON Web Key Set.").Produces<string>(StatusCodes.Status200OK, KeysType);
    }

    private static ContentHttpResult Text(string text, string type) => TypedResults.Text(text, type, Encoding.UTF8);
}
