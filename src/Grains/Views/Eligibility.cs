using Supervision.Grains.Behaviour;
using Supervision.Grains.Policies;

namespace Supervision.Grains.Views;

/// <summary>What stands against titles of an enterprise, as a function of its state.</summary>
public static class Eligibility
{
    /// <summary>The view.</summary>
    /// <param name="entity">The entity that is asked about.</param>
    /// <param name="enterprise">The enterprise behind it.</param>
    /// <param name="state">Its state, with everything taken in that is due.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="moment">The moment at which it is asked.</param>
    /// <param name="on">The civil date.</param>
    public static EligibilityView Of(GrainId entity, GrainId enterprise, GrainState.Subject state, Policy policy, VetoMoment moment, DateOnly on)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(policy);
        var bans = state.Bans.Where(ban => ban.Status == BanStatus.InForce && on >= ban.From && on <= ban.Until)
            .Select(ban => new ObstacleView(Kind: null, ban.Id, Original: null, ban.Article));
        var vetoes = EnterpriseFacts.Against(state, policy, moment, on)
            .Select(found => new ObstacleView(found.Rule.Kind, found.Fact, found.Rule.Original, found.Rule.Article));
        ObstacleView[] obstacles = [.. bans, .. vetoes];
        return new EligibilityView(
            entity, enterprise, policy.Id, moment, on, obstacles.Length == 0, obstacles,
            [.. (state.Vetoes ?? []).Where(veto => veto.Status == VetoStatus.Matched).Select(EnterpriseViews.Of)]);
    }
}
