using Microsoft.AspNetCore.Http;

namespace Supervision.Api.Access;

/// <summary>
/// Who is shown an event of the log itself, and not only its hash. Those who supervise are shown all; others with a key what the history of the entity
/// shows them; everyone else what the public is told anyway: who has which title, and how draws are made.
/// </summary>
internal static class LoggedEvents
{
    /// <summary>Events that tell nothing but what verification tells, of entities that are not withheld.</summary>
    private static readonly string[] OfTitles =
    [
        "title.granted", "title.derived", "title.transferred", "title.removed", "title.reinstated", "title.lapsed", "title.fallen", "title.succeeded",
        "certificate.suspended", "certificate.restored", "certificate.revoked", "certificate.cancelled", "certificate.expired", "certificate.renewed",
    ];

    public static async Task<bool> IsShownAsync(HttpContext context, long seq, LoggedEvent @event, IRegister register, CancellationToken cancellationToken)
    {
        var actor = (context.User as KeyPrincipal)?.Holder.Actor;
        if (actor is { Role: Role.Officer or Role.Auditor or Role.Admin })
            return true;
        if (!@event.Grain.Kind.IsSubject)
            return OutsideEvents.IsTold(@event.Grain, @event.Type);
        if (actor is null && !OfTitles.Contains(@event.Type))
            return false;
        var reader = actor is null ? Anyone : await actor.WithIdentitiesAsync(register, cancellationToken);
        var shown = await Reader.RegisterFor(reader, register).HistoryAsync(@event.Grain, HistoryOrder.Oldest, @event.Version - 1, 1, cancellationToken);
        // The leaf is the whole event: where the history keeps back a part of it, or all of its data, only the hash is told.
        return shown is { Items: [var entry] } && entry.Seq == seq && @event.Leaf.EndsWith($"\"data\":{entry.Data}}}", StringComparison.Ordinal);
    }

    private static Actor Anyone { get; } = new("", "", Role.Integrator, Authority.National);
}
