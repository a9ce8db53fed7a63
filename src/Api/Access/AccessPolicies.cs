using Microsoft.AspNetCore.Authorization;

namespace Supervision.Api.Access;

/// <summary>Who may use an endpoint. Where in the register an officer may act is the grains' decision.</summary>
internal static class AccessPolicies
{
    /// <summary>Reads: any key. An enterprise is shown its own entities only.</summary>
    public const string AnyKey = "any-key";

    /// <summary>Reads of the register as a whole.</summary>
    public const string AllButEnterprises = "all-but-enterprises";

    /// <summary>Writes to the register: officers, and the bootstrap key; an administrator's other keys do not.</summary>
    public const string Officers = "officers";

    /// <summary>Results of checks: inspectors too.</summary>
    public const string OfficersAndInspectors = "officers-and-inspectors";

    /// <summary>What a holder files, or an officer in its place.</summary>
    public const string OfficersAndEnterprises = "officers-and-enterprises";

    /// <summary>The inbox of an enterprise.</summary>
    public const string Enterprises = "enterprises";

    /// <summary>What a certification body decides, or an officer records of it.</summary>
    public const string OfficersAndCertificationBodies = "officers-and-certification-bodies";

    /// <summary>What a holder asks of a certification body.</summary>
    public const string OfficersEnterprisesAndCertificationBodies = "officers-enterprises-and-certification-bodies";

    /// <summary>Worklists of certification bodies.</summary>
    public const string OfficersInspectorsAuditorsAndCertificationBodies = "officers-inspectors-auditors-and-certification-bodies";

    /// <summary>Documents that bear out what is written.</summary>
    public const string OfficersInspectorsAndParties = "officers-inspectors-and-parties";

    /// <summary>Documents of entities.</summary>
    public const string EnterprisesAndSupervisors = "enterprises-and-those-who-supervise";

    /// <summary>Worklists.</summary>
    public const string OfficersInspectorsAndAuditors = "officers-inspectors-and-auditors";

    /// <summary>Deadlines.</summary>
    public const string OfficersInspectorsAuditorsAndEnterprises = "officers-inspectors-auditors-and-enterprises";

    /// <summary>Imports.</summary>
    public const string OfficersAndAdmins = "officers-and-admins";

    /// <summary>What became of imports.</summary>
    public const string OfficersAdminsAndAuditors = "officers-admins-and-auditors";

    /// <summary>The audit trail, keys and the clock, as far as they are read.</summary>
    public const string AdminsAndAuditors = "admins-and-auditors";

    /// <summary>Keys and the clock, as far as they are written.</summary>
    public const string Admins = "admins";

    /// <summary>Subscriptions: those who integrate, each their own, and administrators.</summary>
    public const string IntegratorsAndAdmins = "integrators-and-admins";

    public static IReadOnlyDictionary<string, RoleRequirement> Requirements { get; } = new Dictionary<string, RoleRequirement>
    {
        [AnyKey] = new(Enum.GetValues<Role>()),
        [AllButEnterprises] = new([.. Enum.GetValues<Role>().Where(role => role != Role.Enterprise)]),
        [Officers] = new([Role.Officer], OrAnyAuthority: true),
        [OfficersAndInspectors] = new([Role.Officer, Role.Inspector], OrAnyAuthority: true),
        [OfficersInspectorsAndAuditors] = new([Role.Officer, Role.Inspector, Role.Auditor], OrAnyAuthority: true),
        [OfficersAndEnterprises] = new([Role.Officer, Role.Enterprise], OrAnyAuthority: true),
        [Enterprises] = new([Role.Enterprise]),
        [OfficersAndCertificationBodies] = new([Role.Officer, Role.CertificationBody], OrAnyAuthority: true),
        [OfficersEnterprisesAndCertificationBodies] = new([Role.Officer, Role.Enterprise, Role.CertificationBody], OrAnyAuthority: true),
        [OfficersInspectorsAuditorsAndCertificationBodies] = new([Role.Officer, Role.Inspector, Role.Auditor, Role.CertificationBody], OrAnyAuthority: true),
        [OfficersInspectorsAndParties] = new([Role.Officer, Role.Inspector, Role.Enterprise, Role.CertificationBody, Role.Evaluator], OrAnyAuthority: true),
        [EnterprisesAndSupervisors] = new([Role.Officer, Role.Inspector, Role.Admin, Role.Auditor, Role.Enterprise]),
        [OfficersInspectorsAuditorsAndEnterprises] = new([Role.Officer, Role.Inspector, Role.Auditor, Role.Enterprise], OrAnyAuthority: true),
        [OfficersAndAdmins] = new([Role.Officer, Role.Admin]),
        [OfficersAdminsAndAuditors] = new([Role.Officer, Role.Admin, Role.Auditor]),
        [AdminsAndAuditors] = new([Role.Admin, Role.Auditor]),
        [Admins] = new([Role.Admin]),
        [IntegratorsAndAdmins] = new([Role.Integrator, Role.Admin]),
    };

    /// <summary>Adds the policies, and denies whatever has none to those without a key.</summary>
    public static void SetUp(AuthorizationOptions options)
    {
        foreach (var (name, requirement) in Requirements)
            options.AddPolicy(name, policy => policy.RequireAuthenticatedUser().AddRequirements(requirement));
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
    }
}

/// <summary>Asks for one of some roles.</summary>
/// <param name="Roles">The roles.</param>
/// <param name="OrAnyAuthority">Whether a key that acts for any authority may, whatever its role.</param>
internal sealed record RoleRequirement(IReadOnlyList<Role> Roles, bool OrAnyAuthority = false) : IAuthorizationRequirement, IAuthorizationHandler
{
    /// <inheritdoc/>
    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        if (context.User is KeyPrincipal { Holder.Actor: var actor } && (Roles.Contains(actor.Role) || (OrAnyAuthority && actor.AnyAuthority)))
            context.Succeed(this);
        return Task.CompletedTask;
    }
}
