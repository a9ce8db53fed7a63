namespace Supervision;

/// <summary>The keys with which the interface is used.</summary>
public interface IKeys
{
    /// <summary>Who a key speaks for, or spoke for before it was revoked; null when it is unknown. Answers from memory, at most a second old.</summary>
    KeyHolder? Find(ReadOnlySpan<char> secret);

    /// <summary>Makes a key; its secret is given out once and not kept.</summary>
    /// <param name="request">What it shall be for.</param>
    /// <param name="createdBy">Pseudonym of who makes it.</param>
    /// <param name="identity">Under which the request may be sent again: then the same key is named, without its secret.</param>
    /// <param name="cancellationToken">Ends the making.</param>
    /// <returns>The key; null when the identity was used for another request.</returns>
    Task<NewKey?> CreateAsync(KeyRequest request, string createdBy, CommandIdentity? identity, CancellationToken cancellationToken);

    /// <summary>Every key, oldest first.</summary>
    Task<IReadOnlyList<KeyView>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Revokes a key; false when there is no such key.</summary>
    Task<bool> RevokeAsync(string id, CancellationToken cancellationToken);
}

/// <summary>Who a key speaks for.</summary>
/// <param name="KeyId">The key.</param>
/// <param name="Actor">The actor.</param>
/// <param name="Revoked">Whether the key was revoked: nobody acts with it any more, and whoever tries is named in the audit.</param>
public sealed record KeyHolder(string KeyId, Actor Actor, bool Revoked = false);

/// <summary>What a key shall be for.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Person">Who uses it; where four eyes are asked for, persons are compared.</param>
/// <param name="Role">The role.</param>
/// <param name="Level">Level of the authority.</param>
/// <param name="Regions">Regions of the authority, six-digit codes.</param>
/// <param name="Bootstrap">Whether it acts for any authority.</param>
/// <param name="Enterprise">The enterprise that it is bound to; null: none.</param>
/// <param name="Body">The certification body or evaluator that it is bound to; null: none.</param>
public sealed record KeyRequest(
    string Name, string Person, Role Role, Level Level, IReadOnlyList<string> Regions, bool Bootstrap = false, GrainId? Enterprise = null, string? Body = null);

/// <summary>A key that was just made.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Key">Its secret; null when it was given out before.</param>
public sealed record NewKey(string Id, string? Key);

/// <summary>A key as it is listed.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Person">Who uses it.</param>
/// <param name="PersonId">The pseudonym that stands in the ledger.</param>
/// <param name="Role">The role.</param>
/// <param name="Level">Level of the authority.</param>
/// <param name="Regions">Regions of the authority.</param>
/// <param name="Bootstrap">Whether it acts for any authority.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="RevokedAt">When it was revoked, or null.</param>
/// <param name="Enterprise">The enterprise that it is bound to, or null.</param>
/// <param name="Body">The certification body or evaluator that it is bound to, or null.</param>
public sealed record KeyView(
    string Id, string Name, string Person, string PersonId, Role Role, Level Level, IReadOnlyList<string> Regions, bool Bootstrap,
    DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt, GrainId? Enterprise = null, string? Body = null);
