using System.Text.Json.Serialization;

namespace Supervision;

/// <summary>What anyone may rely on about an entity: the standing of its best title.</summary>
[JsonConverter(typeof(KebabCase<Standing>))]
public enum Standing
{
    /// <summary>A title is in force.</summary>
    Valid,

    /// <summary>Every title was lost by decision.</summary>
    Removed,

    /// <summary>None is in force, and the last ended by a decision without a fault.</summary>
    Lapsed,

    /// <summary>Registered, without a title ever.</summary>
    NeverListed,

    /// <summary>Not registered.</summary>
    Unknown,
}
