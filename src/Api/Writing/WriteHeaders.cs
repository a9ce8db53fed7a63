using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Supervision.Api.Access;
using Supervision.Api.Binding;

namespace Supervision.Api.Writing;

/// <summary>The headers with which a write is made safe to send again and sure of what it changes.</summary>
internal static class WriteHeaders
{
    public const string IdempotencyKey = "Idempotency-Key";

    public const string IfMatch = "If-Match";

    /// <summary>The header by which only what is not there yet is written.</summary>
    public const string IfNoneMatch = "If-None-Match";

    private const int IdempotencyKeyLengthMax = 255;

    /// <summary>The idempotency key; null when none was sent or, with an error, when it is not one.</summary>
    public static string? ReadIdempotencyKey(HttpRequest request, Errors errors)
    {
        var header = request.Headers[IdempotencyKey];
        if (header.Count == 0)
            return null;
        // Blanks around a value are not part of it, which not every version of HTTP sees to.
        var key = header[0]!.Trim(' ', '\t');
        if ((header.Count > 1 ? "Has to be one header." : GivenText.Refuse(key, IdempotencyKeyLengthMax)) is not { } wrong)
            return key;
        errors.Add(IdempotencyKey, wrong);
        return null;
    }

    /// <summary>The version that the write is for; 0: that of an entity that is not registered; <c>Any</c>: whichever, of an entity that is.</summary>
    public static (long? Version, bool Any) ReadVersion(HttpRequest request, Errors errors)
    {
        var (header, none) = (request.Headers.IfMatch, request.Headers.IfNoneMatch);
        if (none.Count > 0)
        {
            if (none.Count == 1 && none[0] == "*" && header.Count == 0)
                return (0, false);
            errors.Add(IfNoneMatch, "Has to be *, without If-Match beside it: only what is not registered yet is written then.");
            return (null, false);
        }

        if (header.Count == 0)
            return (null, false);
        if (header.Count == 1 && header[0] == "*")
            return (null, true);
        if (header.Count == 1 && header[0] is ['"', .. var version, '"'] && long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return (number, false);
        errors.Add(IfMatch, "Has to be one version in quotes, as the ETag has it, or *.");
        return (null, false);
    }

    /// <summary>What comes with a command: who sends it, its identity where it may be sent again, and the version that it is for.</summary>
    public static CommandContext ContextOf(HttpContext context, string? idempotencyKey, byte[] body, long? version)
    {
        var holder = KeyPrincipal.Of(context);
        return new CommandContext(
            holder.Actor, idempotencyKey is null ? null : new CommandIdentity(CommandId(context, holder.KeyId, idempotencyKey), RequestHash(context.Request, body)), version);
    }

    /// <summary>The identity of a command: made of who sends it, where to and the idempotency key, so that it is nobody else's.</summary>
    public static Guid CommandId(HttpContext context, string keyId, string idempotencyKey)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{keyId}\0{context.Request.Method} {CanonicalPath(context)}\0{idempotencyKey}"));
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }

    /// <summary>The hash by which another request under the same identity is noticed.</summary>
    public static byte[] RequestHash(HttpRequest request, byte[] body)
    {
        var condition = request.Headers.IfMatch.ToString() is { Length: > 0 } match ? match : request.Headers.IfNoneMatch.ToString() is { Length: > 0 } none ? $"not {none}" : "";
        return SHA256.HashData(condition.Length == 0 ? body : [.. body, 0, .. Encoding.UTF8.GetBytes(condition)]);
    }

    /// <summary>The path as the route spells it: routing takes other cases and a slash at the end for the same address.</summary>
    private static string CanonicalPath(HttpContext context)
    {
        var path = ((RouteEndpoint)context.GetEndpoint()!).RoutePattern.RawText!;
        foreach (var (name, value) in context.Request.RouteValues)
            path = path.Replace($"{{{name}}}", (string?)value, StringComparison.Ordinal);
        return path;
    }
}
