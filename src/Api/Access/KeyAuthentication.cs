using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Supervision.Api.Access;

/// <summary>Tells who sends a request by its key: <c>Authorization: Bearer &lt;key&gt;</c>.</summary>
internal sealed class KeyAuthentication(
    IKeys keys, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "key";

    private const string Prefix = "Bearer ";

    // Holders live as long as the keys are not read anew; what is derived from one lives with it.
    private static readonly ConditionalWeakTable<KeyHolder, AuthenticationTicket> Tickets = [];

    private static readonly Task<AuthenticateResult> NoKey = Task.FromResult(AuthenticateResult.NoResult());

    private static readonly Task<AuthenticateResult> UnknownKey = Task.FromResult(AuthenticateResult.Fail("The key is unknown."));

    private static readonly Task<AuthenticateResult> Revoked = Task.FromResult(AuthenticateResult.Fail("The key was revoked."));

    /// <inheritdoc/>
    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization;
        if (header.Count == 0)
            return NoKey;
        if (header.Count > 1 || header[0] is not { } text || !text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return UnknownKey;
        switch (keys.Find(text.AsSpan(Prefix.Length).Trim(' ')))
        {
            case null:
                return UnknownKey;
            case { Revoked: true } holder:
                Context.Features.Set(new RevokedKey(holder));
                return Revoked;
            case var holder:
                return Task.FromResult(AuthenticateResult.Success(Tickets.GetValue(holder, static known => new AuthenticationTicket(new KeyPrincipal(known), SchemeName))));
        }
    }

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var given = Request.Headers.Authorization.Count > 0;
        Response.Headers.WWWAuthenticate = given ? "Bearer realm=\"supervision\", error=\"invalid_token\"" : "Bearer realm=\"supervision\"";
        var reason = Context.Features.Get<RevokedKey>() is not null ? "The key was revoked."
            : given ? "The key is unknown, or not sent as 'Authorization: Bearer <key>'."
            : "This needs a key, sent as 'Authorization: Bearer <key>'.";
        return Problems.KeyRequired(reason).ExecuteAsync(Context);
    }

    /// <inheritdoc/>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Context.Features.Set(RoleDenied.Instance);
        return Problems.RoleNotAllowed(KeyPrincipal.Of(Context).Actor.Role).ExecuteAsync(Context);
    }
}
