using System.Text.Json.Serialization;

namespace Supervision;

/// <summary>Why an enterprise comes onto the yearly list of energy-conservation inspection (节能监察).</summary>
[JsonConverter(typeof(KebabCase<EnergyTrigger>))]
public enum EnergyTrigger
{
    /// <summary>It makes a product that holds a title.</summary>
    ProductProducer,

    /// <summary>A product that it makes lost its title.</summary>
    ProductRemoved,

    /// <summary>What the inspection of the year before found was not rectified.</summary>
    ViolatorFollowUp,
}

/// <summary>How an enterprise is inspected.</summary>
[JsonConverter(typeof(KebabCase<EnergyMethod>))]
public enum EnergyMethod
{
    /// <summary>书面监察: by what it hands in.</summary>
    Written,

    /// <summary>现场监察: on site.</summary>
    OnSite,
}

/// <summary>Why an inspection needs no notice beforehand.</summary>
[JsonConverter(typeof(KebabCase<EnergyWithoutNotice>))]
public enum EnergyWithoutNotice
{
    /// <summary>涉嫌违法: a violation is suspected.</summary>
    Suspicion,

    /// <summary>举报: somebody complained.</summary>
    Complaint,

    /// <summary>抽查: the inspection is a spot check.</summary>
    SpotCheck,
}
