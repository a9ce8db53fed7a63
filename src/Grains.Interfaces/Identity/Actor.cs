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

    /// <summary>Reads everything.</summary>
    Auditor,
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

    /// <summary>Whether this actor speaks for the authority of that name.</summary>
    public bool Issues(string authority) => AnyAuthority || Authority.Is(authority);

    /// <summary>Whether an entity of that region lies in this actor's scope.</summary>
    public bool Covers(string? region) => AnyAuthority || Authority.Covers(region);
}
