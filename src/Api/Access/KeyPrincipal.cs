using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Supervision.Api.Access;

/// <summary>Who sends a request: the holder of its key. Made once per holder and shared by its requests.</summary>
internal sealed class KeyPrincipal(KeyHolder holder) : ClaimsPrincipal(new ClaimsIdentity([], KeyAuthentication.SchemeName))
{
    public KeyHolder Holder => holder;

    /// <summary>The holder of a request's key.</summary>
    /// <exception cref="InvalidOperationException">The endpoint is public and the request came without a key.</exception>
    public static KeyHolder Of(HttpContext context) =>
        (context.User as KeyPrincipal)?.Holder ?? throw new InvalidOperationException("The request has no key.");
}
