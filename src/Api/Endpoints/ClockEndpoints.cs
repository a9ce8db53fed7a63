using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Supervision.Api.Access;
using Supervision.Api.Binding;

namespace Supervision.Api.Endpoints;

/// <summary>The clock of a silo on manual time.</summary>
internal static class ClockEndpoints
{
    /// <summary>Longest way in one step, so that a slip of the keyboard does not end everything.</summary>
    private const int YearsMax = 200;

    public static void Map(RouteGroupBuilder api)
    {
        var clock = api.MapGroup("/clock").WithTags("clock");
        clock.MapGet("", Show).Does("showClock", "Tells the time.").RequireAuthorization(AccessPolicies.AdminsAndAuditors).Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden);
        clock.MapPost("", MoveAsync).Does("moveClock", "Moves time forward, and answers when everything due by then has happened.").Privileged()
            .RequireAuthorization(AccessPolicies.Admins).MayTakeLong()
            .Refuses(
                StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status413PayloadTooLarge,
                StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status503ServiceUnavailable);
    }

    private static Ok<ClockBody> Show(IManualClock clock) => TypedResults.Ok(new ClockBody(clock.Now));

    private static async Task<Results<Ok<ClockBody>, ProblemHttpResult>> MoveAsync(
        Body<ClockBody> body, IManualClock clock, CancellationToken cancellationToken)
    {
        var (to, now) = (body.Value.Now, clock.Now);
        if (to < now)
            return Backward(now);
        if (to > now.AddYears(YearsMax))
            return Problems.Invalid("now", $"Has to be within {YearsMax} years of {InstantConverter.Format(now)}.");
        try
        {
            return TypedResults.Ok(new ClockBody(await clock.MoveToAsync(to, cancellationToken)));
        }
        catch (ArgumentOutOfRangeException)
        {
            // Somebody else moved it further meanwhile.
            return Backward(clock.Now);
        }
    }

    private static ProblemHttpResult Backward(DateTimeOffset now) =>
        Problems.Invalid("now", $"Time moves forward only; it is {InstantConverter.Format(now)}.");
}

/// <summary>The time.</summary>
/// <param name="Now">The instant, in UTC.</param>
internal sealed record ClockBody(DateTimeOffset Now);
