using System.Text.Json;
using Supervision.Testing;

namespace Supervision.Hosting.Tests.Webhooks;

/// <summary>A silo that delivers, and what the tests do with it.</summary>
internal static class Subscribed
{
    /// <summary>Somebody who integrates, with a key; the answer is the pseudonym.</summary>
    public static async Task<string> IntegratorAsync(TestSilo silo, string person = "bank")
    {
        var made = await silo.Keys.CreateAsync(new KeyRequest(person, person, Role.Integrator, Level.National, []), "test", null, TestContext.Current.CancellationToken);
        return (await silo.Keys.ListAsync(TestContext.Current.CancellationToken)).Single(key => key.Id == made!.Id).PersonId;
    }

    /// <summary>A subscription that its receiver has confirmed.</summary>
    public static async Task<string> ToAsync(TestSilo silo, string owner, RawReceiver receiver, IReadOnlyList<string>? types = null, SubscriptionFilter? filter = null)
    {
        var id = await MadeAsync(silo, owner, receiver, types, filter);
        await Eventually.TrueAsync(() => StatusOf(silo, id) == SubscriptionStatus.Active, $"{id} is active");
        return id;
    }

    public static async Task<string> MadeAsync(TestSilo silo, string owner, RawReceiver receiver, IReadOnlyList<string>? types = null, SubscriptionFilter? filter = null) =>
        ((Creation.Made)await silo.Subscriptions.CreateAsync(
            new SubscriptionRequest(receiver.Url, types, filter ?? new SubscriptionFilter()), owner, null, TestContext.Current.CancellationToken)).Id;

    public static SubscriptionStatus StatusOf(TestSilo silo, string id) => ViewOf(silo, id).Status;

    public static SubscriptionView ViewOf(TestSilo silo, string id) =>
        silo.Subscriptions.FindAsync(id, null, TestContext.Current.CancellationToken).GetAwaiter().GetResult()!;

    public static async Task<IReadOnlyList<DeliveryView>> DeliveriesAsync(TestSilo silo, string id, DeliveryStatus? status = null) =>
        (await silo.Subscriptions.DeliveriesAsync(id, null, status, null, 500, TestContext.Current.CancellationToken))!.Items;

    /// <summary>Brings everything about that is due up to an instant.</summary>
    public static Task UntilAsync(TestSilo silo, DateTimeOffset instant) => silo.Clock.MoveToAsync(instant, TestContext.Current.CancellationToken);

    /// <summary>The events that a receiver got, in the order of arrival.</summary>
    public static IReadOnlyList<(long Seq, long? Previous, string Type, string Subject)> EventsOf(RawReceiver receiver) =>
    [
        .. receiver.Posts.Select(post => JsonDocument.Parse(post.Body).RootElement)
            .Where(body => body.TryGetProperty("seq", out _))
            .Select(body => (
                long.Parse(body.GetProperty("seq").GetString()!, System.Globalization.CultureInfo.InvariantCulture),
                body.TryGetProperty("previousseq", out var previous) ? long.Parse(previous.GetString()!, System.Globalization.CultureInfo.InvariantCulture) : default(long?),
                body.GetProperty("type").GetString()!, body.GetProperty("subject").GetString()!)),
    ];
}
