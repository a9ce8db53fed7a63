using System.Text.Json.Serialization;

namespace Supervision;

/// <summary>
/// Subscriptions of integrators to what happens, and what was delivered. Whoever asks sees and changes their own; <c>owner</c> null stands for those who
/// may see all. What belongs to somebody else is answered as if it were not there.
/// </summary>
public interface ISubscriptions
{
    /// <summary>What is wrong with a request, by its members; empty: nothing. The answer depends on nothing but the request and the settings.</summary>
    IReadOnlyList<(string Member, string Expected)> Faults(SubscriptionRequest request);

    /// <summary>Makes a subscription, and asks its receiver whether it wants it; its secret is given out once and kept encrypted.</summary>
    /// <param name="request">What is asked for, without faults.</param>
    /// <param name="owner">Pseudonym of the person whose it will be.</param>
    /// <param name="identity">Under which the request may be sent again: then the same subscription is named, without its secret.</param>
    /// <param name="cancellationToken">Ends the making.</param>
    /// <exception cref="SecretsUnavailableException">The key that secrets are encrypted with is missing.</exception>
    Task<Creation> CreateAsync(SubscriptionRequest request, string owner, CommandIdentity? identity, CancellationToken cancellationToken);

    /// <summary>Subscriptions after one, in the order of their identities.</summary>
    Task<Page<SubscriptionView>> ListAsync(string? owner, string? after, int limit, CancellationToken cancellationToken);

    /// <summary>A subscription; null: there is none.</summary>
    Task<SubscriptionView?> FindAsync(string id, string? owner, CancellationToken cancellationToken);

    /// <summary>Changes what is asked for. Another address has to be confirmed first; events from now on follow the new filter.</summary>
    Task<SubscriptionView?> ChangeAsync(string id, string? owner, SubscriptionRequest request, CancellationToken cancellationToken);

    /// <summary>Deletes a subscription with everything about it; false: there is none.</summary>
    Task<bool> DeleteAsync(string id, string? owner, CancellationToken cancellationToken);

    /// <summary>Asks the receiver once more whether it wants the deliveries.</summary>
    Task<SubscriptionChange?> ConfirmAsync(string id, string? owner, CancellationToken cancellationToken);

    /// <summary>Stops deliveries; what happens meanwhile is delivered afterwards.</summary>
    Task<SubscriptionChange?> PauseAsync(string id, string? owner, CancellationToken cancellationToken);

    /// <summary>Goes on with deliveries where they stopped. One that was disabled is confirmed again first.</summary>
    Task<SubscriptionChange?> ResumeAsync(string id, string? owner, CancellationToken cancellationToken);

    /// <summary>Makes another secret; the one before signs beside it for a while.</summary>
    /// <exception cref="SecretsUnavailableException">The key that secrets are encrypted with is missing.</exception>
    Task<RotatedSecret?> RotateSecretAsync(string id, string? owner, CancellationToken cancellationToken);

    /// <summary>Sends a test event.</summary>
    Task<DeliveryChange?> TestAsync(string id, string? owner, CancellationToken cancellationToken);

    /// <summary>Delivers what the subscription asks for once more.</summary>
    /// <param name="id">The subscription.</param>
    /// <param name="owner">Whose it has to be.</param>
    /// <param name="after">Events after this seq.</param>
    /// <param name="to">Up to this seq; null: up to where the subscription stands.</param>
    /// <param name="cancellationToken">Ends the asking; what was asked for by then is delivered.</param>
    Task<ReplayOutcome?> ReplayAsync(string id, string? owner, long after, long? to, CancellationToken cancellationToken);

    /// <summary>Deliveries, newest first; null: there is no such subscription.</summary>
    /// <param name="id">The subscription.</param>
    /// <param name="owner">Whose it has to be.</param>
    /// <param name="status">Those of this status; null: of any.</param>
    /// <param name="before">Those before this number; null: from the newest on.</param>
    /// <param name="limit">Most deliveries.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<Page<DeliveryView>?> DeliveriesAsync(string id, string? owner, DeliveryStatus? status, long? before, int limit, CancellationToken cancellationToken);

    /// <summary>What the owner has to know, newest first, at most 100; null: there is no such subscription.</summary>
    Task<IReadOnlyList<SubscriptionNotice>?> NoticesAsync(string id, string? owner, CancellationToken cancellationToken);

    /// <summary>Delivers an event once more, now, under the same identity.</summary>
    Task<DeliveryChange?> RedeliverAsync(long delivery, string? owner, CancellationToken cancellationToken);
}

/// <summary>Where a subscription stands.</summary>
[JsonConverter(typeof(KebabCase<SubscriptionStatus>))]
public enum SubscriptionStatus
{
    /// <summary>Its receiver has not said yet that it wants the deliveries; nothing is sent.</summary>
    Unconfirmed,

    /// <summary>Events are delivered.</summary>
    Active,

    /// <summary>Its owner has stopped it.</summary>
    Paused,

    /// <summary>Its receiver has refused it, or failed for too long.</summary>
    Disabled,
}

/// <summary>Where a delivery stands.</summary>
[JsonConverter(typeof(KebabCase<DeliveryStatus>))]
public enum DeliveryStatus
{
    /// <summary>It is attempted at its next instant.</summary>
    Pending,

    /// <summary>The receiver has taken it.</summary>
    Delivered,

    /// <summary>Every attempt has failed; it can be asked for again.</summary>
    Failed,

    /// <summary>Nobody outside is shown the event any more.</summary>
    Withheld,
}

/// <summary>How an attempt ended.</summary>
[JsonConverter(typeof(KebabCase<AttemptOutcome>))]
public enum AttemptOutcome
{
    /// <summary>The receiver answered with a status of success.</summary>
    Delivered,

    /// <summary>It answered with another status.</summary>
    Refused,

    /// <summary>It did not answer as HTTP asks for: it could not be reached, hung up, or its answer is larger than what is read.</summary>
    NoAnswer,

    /// <summary>It had not answered in time.</summary>
    TimedOut,
}

/// <summary>What a subscription asks for.</summary>
/// <param name="Url">Where it is delivered to.</param>
/// <param name="Types">The types of events; null: every decision about a title.</param>
/// <param name="Filter">Of which entities and titles.</param>
public sealed record SubscriptionRequest(string Url, IReadOnlyList<string>? Types, SubscriptionFilter Filter);

/// <summary>Of which entities and titles events are asked for. What is left out or empty does not count.</summary>
/// <param name="Kind">Kinds of entities.</param>
/// <param name="Region">Regions, with what lies below them, six-digit codes.</param>
/// <param name="Policy">Policies of the title.</param>
/// <param name="Level">Levels of the title.</param>
/// <param name="Entities">Entities: the one that the event is about, or the enterprise behind it.</param>
public sealed record SubscriptionFilter(
    IReadOnlyList<string>? Kind = null, IReadOnlyList<string>? Region = null, IReadOnlyList<string>? Policy = null, IReadOnlyList<Level>? Level = null,
    IReadOnlyList<GrainId>? Entities = null);

/// <summary>What became of a request for a subscription.</summary>
public abstract record Creation
{
    private Creation()
    {
    }

    /// <summary>The subscription is there.</summary>
    /// <param name="Id">Its identity.</param>
    /// <param name="Secret">What its deliveries are signed with; null when it was given out before.</param>
    public sealed record Made(string Id, string? Secret) : Creation;

    /// <summary>The identity was used for another request.</summary>
    public sealed record IdentityReused : Creation;

    /// <summary>The person has as many subscriptions as one may have.</summary>
    public sealed record TooMany : Creation;
}

/// <summary>A subscription as its owner sees it.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Owner">Pseudonym of the person whose it is.</param>
/// <param name="Url">Where it is delivered to.</param>
/// <param name="Types">The types of events.</param>
/// <param name="Filter">Of which entities and titles.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Reason">Why it was disabled, or is not confirmed; null: there is nothing to say.</param>
/// <param name="Position">Every event up to this seq that it asks for was sent at least once.</param>
/// <param name="SentSeq">The last event that was sent; null: none was.</param>
/// <param name="Failures">Attempts that failed since the last one that did not.</param>
/// <param name="FailingSince">Since when every attempt has failed; null: the last one did not.</param>
/// <param name="SucceededAt">The last attempt that did not fail; null: none was made.</param>
/// <param name="PreviousSecretUntil">Until when the secret before the last rotation signs as well; null: it does not.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ChangedAt">When it was changed last.</param>
public sealed record SubscriptionView(
    string Id, string Owner, string Url, IReadOnlyList<string> Types, SubscriptionFilter Filter, SubscriptionStatus Status, string? Reason, long Position, long? SentSeq,
    int Failures, DateTimeOffset? FailingSince, DateTimeOffset? SucceededAt, DateTimeOffset? PreviousSecretUntil, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt);

/// <summary>What became of a change of status.</summary>
/// <param name="Subscription">The subscription afterwards.</param>
/// <param name="Done">Whether it could be changed so from where it stood.</param>
public sealed record SubscriptionChange(SubscriptionView Subscription, bool Done);

/// <summary>A secret that was made.</summary>
/// <param name="Secret">The secret, given out once.</param>
/// <param name="PreviousUntil">Until when the one before it signs as well.</param>
public sealed record RotatedSecret(string Secret, DateTimeOffset PreviousUntil);

/// <summary>A delivery that was asked for.</summary>
/// <param name="Delivery">The delivery; null: it is not made, because the subscription is not active.</param>
public sealed record DeliveryChange(DeliveryView? Delivery);

/// <summary>What is delivered once more.</summary>
/// <param name="Events">How many events.</param>
/// <param name="To">The last seq that was looked at.</param>
/// <param name="IsWhole">False: there are more than are replayed at once; ask again after <paramref name="To"/>.</param>
public sealed record ReplayOutcome(int Events, long To, bool IsWhole);

/// <summary>A delivery of an event to a subscription.</summary>
/// <param name="Id">Its number; later ones are greater.</param>
/// <param name="Subscription">The subscription.</param>
/// <param name="MessageId">The identity under which every attempt is sent (<c>webhook-id</c>).</param>
/// <param name="Seq">The event; null: a test.</param>
/// <param name="PreviousSeq">The event that was sent before it.</param>
/// <param name="Type">The type of the event.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Attempts">How often it was attempted.</param>
/// <param name="AttemptedAt">When it was attempted last.</param>
/// <param name="NextAttemptAt">When it is attempted next.</param>
/// <param name="Response">How the last attempt ended; null: there was none.</param>
public sealed record DeliveryView(
    long Id, string Subscription, string MessageId, long? Seq, long? PreviousSeq, string Type, DeliveryStatus Status, int Attempts, DateTimeOffset? AttemptedAt,
    DateTimeOffset? NextAttemptAt, ResponseSummary? Response);

/// <summary>What came of an attempt.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Status">The status of the answer; null: there was none.</param>
/// <param name="Bytes">Bytes of its body that were read.</param>
/// <param name="DurationMilliseconds">How long the attempt took.</param>
/// <param name="Excerpt">How the body of an answer begins that was no success.</param>
public sealed record ResponseSummary(AttemptOutcome Outcome, int? Status, int Bytes, int DurationMilliseconds, string? Excerpt);

/// <summary>What the owner of a subscription has to know of it.</summary>
/// <param name="Type">What it is about: <c>subscription.disabled</c>, <c>subscription.not-confirmed</c> or <c>delivery.exhausted</c>.</param>
/// <param name="At">Since when.</param>
/// <param name="Detail">In words.</param>
public sealed record SubscriptionNotice(string Type, DateTimeOffset At, string Detail);

/// <summary>The key that secrets of subscriptions are encrypted with is missing.</summary>
public sealed class SecretsUnavailableException : Exception
{
    /// <summary>Creates the exception.</summary>
    public SecretsUnavailableException()
    {
    }

    /// <summary>Creates the exception with what is to be done.</summary>
    public SecretsUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with what is to be done and its cause.</summary>
    public SecretsUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
