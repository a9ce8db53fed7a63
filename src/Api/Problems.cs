using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Supervision.Api.Binding;

namespace Supervision.Api;

/// <summary>Every way in which the interface says no, as problem details (RFC 9457).</summary>
internal static class Problems
{
    /// <summary>What every type of problem begins with. Public: never changed.</summary>
    public const string TypeBase = "https://supervision.example/problems/";

    public const string ContentType = "application/problem+json";

    /// <summary>What the interface itself is cited as where no article is behind a refusal.</summary>
    private const string Contract = "contract";

    /// <summary>The slugs that come from the interface and not from a grain.</summary>
    public static IReadOnlyList<string> OwnSlugs { get; } =
    [
        "invalid-request", "import-refused", "key-required", "role-not-allowed", "not-found", "import-not-found", "key-not-found", "job-not-found", "hold-not-found",
        "subscription-not-found", "delivery-not-found", "subscription-not-active", "subscription-status", "too-many-subscriptions", "secrets-unavailable", "method-not-allowed",
        "document-not-stored", "document-not-found", "document-damaged", "document-quota-reached", "storage-full", "log-not-signed", "log-damaged", "idempotency-key-in-use", "idempotency-key-reused", "precondition-failed", "body-too-large", "unsupported-media-type", "too-many-requests",
        "request-not-served", "request-timed-out", "ledger-unavailable", "outcome-unknown", "not-yet-reflected", "streams-full", "internal-error",
    ];

    /// <summary>The one place where what a grain refuses becomes HTTP.</summary>
    public static ProblemHttpResult From(Rejection rejection)
    {
        var status = rejection.Class switch
        {
            RejectionClass.Invalid => StatusCodes.Status400BadRequest,
            RejectionClass.Forbidden => StatusCodes.Status403Forbidden,
            RejectionClass.NotFound => StatusCodes.Status404NotFound,
            RejectionClass.Conflict => StatusCodes.Status409Conflict,
            RejectionClass.Stale => StatusCodes.Status412PreconditionFailed,
            _ => throw new System.Diagnostics.UnreachableException($"{rejection.Class} has no status."),
        };
        var errors = rejection is { Class: RejectionClass.Invalid, Field: { } field } ? Errors.Of(field, rejection.Detail) : null;
        return Of(status, rejection.Code, rejection.Detail, errors, rejection.Article);
    }

    public static ProblemHttpResult Invalid(Errors errors) =>
        Of(StatusCodes.Status400BadRequest, "invalid-request", errors.Summary, errors);

    public static ProblemHttpResult Invalid(string member, string expected) => Invalid(Errors.Of(member, expected));

    public const string CursorForm = "This is not a cursor that a page of this very list gave; begin without one.";

    public static ProblemHttpResult BadCursor() => Invalid("cursor", CursorForm);

    public static ProblemHttpResult ImportRefused(string field, string detail) =>
        Of(StatusCodes.Status400BadRequest, "import-refused", detail, Errors.Of(field, detail));

    public static ProblemHttpResult DocumentsNotStored(IReadOnlyList<string> named, IReadOnlyList<string> unknown)
    {
        var errors = new Errors();
        for (var i = 0; i < named.Count; i++)
        {
            if (unknown.Contains(named[i]))
                errors.Add($"documents[{i}]", "Is no stored document that you may name; send its content to /api/documents first.");
        }

        return Of(StatusCodes.Status400BadRequest, "document-not-stored", errors.Summary, errors);
    }

    public static ProblemHttpResult DocumentNotFound() =>
        Of(StatusCodes.Status404NotFound, "document-not-found", "No event of this entity names a document of that hash that you may read.");

    public static ProblemHttpResult DocumentDamaged() => Of(
        StatusCodes.Status500InternalServerError, "document-damaged",
        "The stored content is missing or not what its hash names, and is not given out. It was logged; silo verify-ledger names every such document, and a backup has them.");

    public static ProblemHttpResult DocumentRefused(DocumentRefusal refusal, string detail) => refusal switch
    {
        DocumentRefusal.Empty => Invalid("body", detail),
        DocumentRefusal.TooLarge => Of(StatusCodes.Status413PayloadTooLarge, "body-too-large", detail),
        DocumentRefusal.TypeNotAllowed => Of(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", detail),
        DocumentRefusal.QuotaReached => Of(StatusCodes.Status429TooManyRequests, "document-quota-reached", detail),
        DocumentRefusal.StorageFull => Of(StatusCodes.Status507InsufficientStorage, "storage-full", detail),
        _ => throw new System.Diagnostics.UnreachableException($"{refusal} has no status."),
    };

    public static ProblemHttpResult LogNotSigned() => Of(
        StatusCodes.Status404NotFound, "log-not-signed", "No checkpoint is here: none was signed yet, or key or checkpoint were lost; /health/ready says which.");

    public static ProblemHttpResult LogDamaged() => Of(
        StatusCodes.Status500InternalServerError, "log-damaged",
        "The ledger lacks an event or a hash that it should have, so that nothing can be proven with it. It was logged; silo verify-ledger names the first.");

    public static ProblemHttpResult KeyRequired(string detail) => Of(StatusCodes.Status401Unauthorized, "key-required", detail);

    public static ProblemHttpResult RoleNotAllowed(Role role) =>
        Of(StatusCodes.Status403Forbidden, "role-not-allowed", $"A key with the role {KebabCase<Role>.Word(role)} may not do this.");

    public static ProblemHttpResult ImportNotFound() =>
        Of(StatusCodes.Status404NotFound, "import-not-found", "There is no import of that identity.");

    public static ProblemHttpResult RecordNotOpen(DrawStatus status) => Of(
        StatusCodes.Status404NotFound, "record-not-open",
        $"The draw is {KebabCase<DrawStatus>.Word(status)}. Its record is there once its visits are ordered, and open to everyone once they are over.");

    public static ProblemHttpResult KeyNotFound() => Of(StatusCodes.Status404NotFound, "key-not-found", "There is no key of that identity.");

    public static ProblemHttpResult HoldNotFound() => Of(StatusCodes.Status404NotFound, "hold-not-found", "There is no hold of that number.");

    public static ProblemHttpResult JobNotFound() => Of(StatusCodes.Status404NotFound, "job-not-found", "There is no job of that name.");

    public static ProblemHttpResult SubscriptionNotFound() =>
        Of(StatusCodes.Status404NotFound, "subscription-not-found", "You have no subscription of that identity.");

    public static ProblemHttpResult DeliveryNotFound() =>
        Of(StatusCodes.Status404NotFound, "delivery-not-found", "No subscription of yours has a delivery of that number; those that are over are kept for a limited time.");

    public static ProblemHttpResult SubscriptionNotActive() =>
        Of(StatusCodes.Status409Conflict, "subscription-not-active", "Nothing is delivered to a subscription that is not active; confirm or resume it first.");

    public static ProblemHttpResult SubscriptionStatus(SubscriptionStatus status) => Of(
        StatusCodes.Status409Conflict, "subscription-status",
        $"The subscription is {KebabCase<SubscriptionStatus>.Word(status)}; an active one can be paused, one that is paused or disabled resumed, an unconfirmed one confirmed.");

    public static ProblemHttpResult TooManySubscriptions() =>
        Of(StatusCodes.Status409Conflict, "too-many-subscriptions", "You have as many subscriptions as one may have; change or delete one.");

    public static ProblemHttpResult SecretsUnavailable() => Of(
        StatusCodes.Status503ServiceUnavailable, "secrets-unavailable", "Secrets can be neither made nor used now; those who run the service find in its log what is missing.");

    public static ProblemHttpResult IdempotencyKeyInUse() => Of(
        StatusCodes.Status409Conflict, "idempotency-key-in-use",
        "A request with the same Idempotency-Key is still being carried out; send it again for its outcome.");

    public static ProblemHttpResult IdempotencyKeyReused() => Of(
        StatusCodes.Status422UnprocessableEntity, "idempotency-key-reused",
        "The Idempotency-Key was used for another request; a new request needs a new one.");

    public static ProblemHttpResult NothingMatches(GrainId entity) =>
        Of(StatusCodes.Status412PreconditionFailed, "precondition-failed", $"If-Match: * asks for a registered entity; {entity} is not registered.");

    public static ProblemHttpResult BodyTooLarge(long bytesMax) =>
        Of(StatusCodes.Status413PayloadTooLarge, "body-too-large", $"A body of this request has at most {bytesMax} bytes.");

    public static ProblemHttpResult UnsupportedMediaType(string expected) =>
        Of(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", $"The body has to be {expected}.");

    public static ProblemHttpResult TooManyRequests() => Of(
        StatusCodes.Status429TooManyRequests, "too-many-requests", "More requests came from this key, or without one from this address, than one may send; the Retry-After header says when to go on.");

    public static ProblemHttpResult RequestTimedOut() => Of(
        StatusCodes.Status503ServiceUnavailable, "request-timed-out", "The request took longer than it may. A read may be asked more narrowly; a write is sent again with the same Idempotency-Key.");

    public static ProblemHttpResult OwnChecksOnly() => Of(
        StatusCodes.Status403Forbidden, "role-not-allowed", "An inspector sees the checks that name it; leave inspector out.");

    public static ProblemHttpResult LedgerUnavailable(string detail) =>
        Of(StatusCodes.Status503ServiceUnavailable, "ledger-unavailable", detail);

    public static ProblemHttpResult OutcomeUnknown() => Of(
        StatusCodes.Status503ServiceUnavailable, "outcome-unknown",
        "The outcome is not known yet: the command may be carried out all the same. Send it again with the same Idempotency-Key for its outcome; "
        + "without one, read the entity first.");

    public static ProblemHttpResult NotYetReflected(long minSeq, long seq) => Of(
        StatusCodes.Status503ServiceUnavailable, "not-yet-reflected", $"Reads reflect the ledger up to {seq}, not yet up to {minSeq}.");

    public static ProblemHttpResult StreamsFull(int max) => Of(
        StatusCodes.Status503ServiceUnavailable, "streams-full", $"This silo serves {max} event streams, which is as many as it may. Read /api/events meanwhile.");

    /// <summary>The problem for a bare status, as routing and the server give it.</summary>
    public static ProblemHttpResult ForStatus(int status) => status switch
    {
        StatusCodes.Status404NotFound => Of(status, "not-found", "There is nothing at this address."),
        StatusCodes.Status405MethodNotAllowed => Of(status, "method-not-allowed", "This address does not take this method; the Allow header names those it takes."),
        StatusCodes.Status413PayloadTooLarge => Of(status, "body-too-large", "The body is larger than this request takes."),
        StatusCodes.Status415UnsupportedMediaType => Of(status, "unsupported-media-type", "The body does not have the media type that this request takes."),
        StatusCodes.Status503ServiceUnavailable => LedgerUnavailable("The service cannot answer now."),
        >= 500 => Of(StatusCodes.Status500InternalServerError, "internal-error", "The request could not be served. It was logged."),
        _ => Of(status, "request-not-served", "The request is not one that can be served."),
    };

    private static ProblemHttpResult Of(int status, string slug, string detail, Errors? errors = null, string article = Contract)
    {
        var problem = new ProblemDetails
        {
            Type = TypeBase + slug,
            Title = TitleOf(slug),
            Status = status,
            Detail = detail,
            Extensions = { ["code"] = slug, ["article"] = article },
        };
        if (errors is not null)
            problem.Extensions["errors"] = errors.ToMap();
        return TypedResults.Problem(problem);
    }

    /// <summary>The title is constant per type: its slug as words.</summary>
    private static string TitleOf(string slug) => char.ToUpperInvariant(slug[0]) + slug[1..].Replace('-', ' ');
}

/// <summary>Problem details as the interface writes them.</summary>
/// <param name="Type">The stable identity of the problem.</param>
/// <param name="Title">The type in words.</param>
/// <param name="Status">The status of the answer.</param>
/// <param name="Detail">What was wrong this time.</param>
/// <param name="Code">The last part of the type.</param>
/// <param name="Article">The article behind a refusal, or <c>contract</c>.</param>
/// <param name="Errors">What is wrong, by member or parameter.</param>
internal sealed record Problem(
    string Type, string Title, int Status, string Detail, string Code, string Article, IReadOnlyDictionary<string, string[]>? Errors = null);
