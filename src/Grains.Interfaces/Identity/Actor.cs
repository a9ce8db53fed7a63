namespace Supervision;

/// <summary>What a key may be used for.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(KebabCase<Role>))]
public enum Role
{
    /// <summary>Keys and settings; no writes to the register beyond import.</summary>
    Admin,

    /// <summary>Acts in the register for its authority.</summary>
    Officer,

    /// <summary>Records results of the checks that name its person.</summary>
    Inspector,

    /// <summary>Reads, and subscribes to changes of standing.</summary>
    Integrator,

    /// <summary>Reads everything, the audit trail included, and writes nothing.</summary>
    Auditor,

    /// <summary>An enterprise: sees its own entities, and files statements, changes and letters about them.</summary>
    Enterprise,

    /// <summary>认证机构: reads the register, and files letters about what it certified.</summary>
    CertificationBody,

    /// <summary>第三方评价机构: reads the register, and files letters about what it evaluated.</summary>
    Evaluator,
}

/// <summary>Who sends a command.</summary>
/// <param name="Id">The pseudonym that stands in the ledger, for example <c>p-4f1c…</c>; the person behind it is kept beside the ledger and can be erased.</param>
/// <param name="Person">The person, as the key names it; compared where four eyes are asked for and with the inspectors of a check.</param>
/// <param name="Role">The role of the key.</param>
/// <param name="Authority">The authority for which the key acts.</param>
/// <param name="AnyAuthority">True for the bootstrap key, which acts for any authority.</param>
public sealed record Actor(string Id, string Person, Role Role, Authority Authority, bool AnyAuthority = false)
{
    /// <summary>The silo itself, for what time alone brings about.</summary>
    public static Actor System { get; } = new("system", "", Role.Admin, Authority.National, AnyAuthority: true);

    /// <summary>The enterprise that the key of an enterprise is bound to; null for any other.</summary>
    public GrainId? Enterprise { get; init; }

    /// <summary>
    /// Every identity of that enterprise, once they were looked up: the one that the key is bound to, the one into which it was merged,
    /// and those that were merged into it.
    /// </summary>
    public IReadOnlyList<GrainId> Own { get; init; } = [];

    /// <summary>The certification body or evaluator that the key is bound to, by name; null for any other.</summary>
    public string? Body { get; init; }

    /// <summary>Whether the actor is one of those whom supervision is about, or who certify and evaluate, and not one of those who supervise.</summary>
    public bool IsParty() => Role is Role.Enterprise or Role.CertificationBody or Role.Evaluator;

    /// <summary>Whether an entity is the actor's own: of its enterprise, or evaluated by its body.</summary>
    public bool Owns(GrainId entity, GrainState.Subject subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return Role == Role.Enterprise
            ? Own.Contains(entity) || (subject.Enterprise is { } enterprise && Own.Contains(enterprise))
            : Body is { } body && subject.Titles.Any(title => title.Evaluator is { } evaluator && EntityName.Normalise(evaluator) == EntityName.Normalise(body));
    }

    /// <summary>Whether this actor speaks for the authority of that name.</summary>
    public bool Issues(string authority) => AnyAuthority || (!IsParty() && Authority.Is(authority));

    /// <summary>Whether an entity of that region lies in this actor's scope.</summary>
    public bool Covers(string? region) => AnyAuthority || Authority.Covers(region);
}
