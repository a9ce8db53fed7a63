namespace Supervision;

/// <summary>Whether an entity may be granted a title, as far as vetoes and bans on record tell.</summary>
public interface IEligibility
{
    /// <summary>What stands against an entity under a policy today; null when the entity is not registered.</summary>
    /// <param name="entity">The entity that applies, or the enterprise itself.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="moment">The moment at which it is asked.</param>
    /// <exception cref="KeyNotFoundException">There is no such policy.</exception>
    Task<EligibilityView?> FindAsync(GrainId entity, string policy, VetoMoment moment);
}

/// <summary>What stands against a title.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="Enterprise">The enterprise behind it.</param>
/// <param name="Policy">The policy.</param>
/// <param name="Moment">The moment at which it is asked.</param>
/// <param name="On">The civil date of the answer.</param>
/// <param name="Eligible">Whether nothing does.</param>
/// <param name="Obstacles">Bans in force, and what counts as a veto.</param>
/// <param name="Unconfirmed">Matches that count for nothing until an officer confirms them.</param>
public sealed record EligibilityView(
    GrainId Entity, GrainId Enterprise, string Policy, VetoMoment Moment, DateOnly On, bool Eligible, IReadOnlyList<ObstacleView> Obstacles,
    IReadOnlyList<VetoView> Unconfirmed);
