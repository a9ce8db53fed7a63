namespace Supervision;

/// <summary>The register of inspectors.</summary>
public interface IInspectors
{
    /// <summary>An inspector; null: it is not registered.</summary>
    Task<InspectorView?> FindAsync(GrainId inspector, CancellationToken cancellationToken);

    /// <summary>A page of inspectors, in the order of their numbers by bytes.</summary>
    /// <param name="filter">Which ones.</param>
    /// <param name="after">The inspector after which the page begins.</param>
    /// <param name="limit">Most inspectors.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<Page<InspectorView>> ListAsync(InspectorFilter filter, GrainId? after, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Sends a command to an inspector. A name that is the registered one is told from its hash, so that it does not count as changed; who
    /// evaluates or certifies by a key of its own is refused.
    /// </summary>
    /// <exception cref="LedgerUnavailableException">The ledger cannot take the command now.</exception>
    Task<CommandOutcome> SendAsync(GrainId inspector, GrainCommand command, CommandContext context, CancellationToken cancellationToken);

    /// <summary>Whether a person is an inspector in service, so that it can neither evaluate nor certify.</summary>
    bool IsInService(string person);
}

/// <summary>Which inspectors are asked for.</summary>
public sealed record InspectorFilter
{
    /// <summary>Those who inspect in a region or in a part of it, by code.</summary>
    public string? Region { get; init; }

    /// <summary>Those with a field of expertise, word for word.</summary>
    public string? Field { get; init; }

    /// <summary>Those whose certificate is valid on a day.</summary>
    public DateOnly? ValidOn { get; init; }

    /// <summary>Those with a conflict with an enterprise that stands.</summary>
    public GrainId? Conflict { get; init; }

    /// <summary>Those who retired, or those in service; null: both.</summary>
    public bool? Retired { get; init; }
}

/// <summary>An inspector as it is shown.</summary>
/// <param name="Id">The public service number.</param>
/// <param name="Name">The name; null once it was erased.</param>
/// <param name="Regions">Where it inspects, by codes; empty: everywhere.</param>
/// <param name="CertificateValidUntil">Last day of the certificate.</param>
/// <param name="Fields">Fields of expertise.</param>
/// <param name="Conflicts">Enterprises that it keeps away from, those that ended among them.</param>
/// <param name="RegisteredOn">When it was registered.</param>
/// <param name="RetiredOn">When it retired; null: it is in service.</param>
/// <param name="RetiredFor">Why it retired.</param>
/// <param name="Version">The version.</param>
public sealed record InspectorView(
    string Id, string? Name, IReadOnlyList<string> Regions, DateOnly CertificateValidUntil, IReadOnlyList<string> Fields,
    IReadOnlyList<InspectorConflictView> Conflicts, DateOnly RegisteredOn, DateOnly? RetiredOn, string? RetiredFor, long Version);

/// <summary>An enterprise that an inspector keeps away from, as it is shown.</summary>
/// <param name="Id">For example <c>conflict-1</c>.</param>
/// <param name="Enterprise">The enterprise.</param>
/// <param name="Identities">Other identities of that enterprise.</param>
/// <param name="Reason">Why; null where the list of inspectors named it without a word.</param>
/// <param name="On">Since when.</param>
/// <param name="By">Who recorded it (pseudonym).</param>
/// <param name="EndedOn">When it ended; null: it stands.</param>
/// <param name="Article">The article.</param>
public sealed record InspectorConflictView(
    string Id, GrainId Enterprise, IReadOnlyList<GrainId> Identities, string? Reason, DateOnly On, string By, DateOnly? EndedOn, string Article);
