using System.Text.Json.Serialization;

namespace Supervision.Grains.Policies;

/// <summary>Energy-conservation inspection (节能监察) of enterprises, and what it means for titles.</summary>
public sealed record EnergyInspectionRules
{
    /// <summary>What brings an enterprise onto the yearly list. An officer may list any that makes a certified product, with a reason.</summary>
    public required IReadOnlyList<EnergyTriggerRule> Triggers { get; init; }

    /// <summary>The share of the enterprises of each credit-risk class that is drawn for the list; none where nothing is drawn.</summary>
    public IReadOnlyList<DrawRate>? Rates { get; init; }

    /// <summary>The share of the written inspections that is drawn for a visit as well, in percent.</summary>
    public required Figure<int> OnSitePercent { get; init; }

    /// <summary>The least time from the written notice to the inspection.</summary>
    public required Period Notice { get; init; }

    /// <summary>When an inspection needs no notice.</summary>
    public required WithoutNotice WithoutNotice { get; init; }

    /// <summary>How long there is for the notice of rectification, from the inspection.</summary>
    public required Period RectificationNotice { get; init; }

    /// <summary>How long the enterprise has to rectify, from service of that notice.</summary>
    public required Period Rectification { get; init; }

    /// <summary>How much longer it may be given, once, if it asks before the time is over.</summary>
    public required Period Extension { get; init; }

    /// <summary>How long there is for the re-check, from the day on which the enterprise reports that it has rectified.</summary>
    public required Period Recheck { get; init; }

    /// <summary>The ground of the case on each title when what was found is not rectified in time; no other result is one.</summary>
    public required string MissedGround { get; init; }
}

/// <summary>What brings an enterprise onto the list.</summary>
/// <param name="Trigger">The trigger.</param>
/// <param name="Effect">Whether it lists or proposes.</param>
/// <param name="Article">The article.</param>
public sealed record EnergyTriggerRule(EnergyTrigger Trigger, EnergyTriggerEffect Effect, string Article);

/// <summary>What a trigger does.</summary>
[JsonConverter(typeof(KebabCase<EnergyTriggerEffect>))]
public enum EnergyTriggerEffect
{
    /// <summary>The enterprise is on the list.</summary>
    Lists,

    /// <summary>An officer is asked to list it.</summary>
    Proposes,
}

/// <summary>When an inspection needs no notice.</summary>
/// <param name="For">The reasons.</param>
/// <param name="Article">The article.</param>
public sealed record WithoutNotice(IReadOnlyList<EnergyWithoutNotice> For, string Article);
