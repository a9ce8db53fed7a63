using System.Text.Json.Serialization;

namespace Supervision;

/// <summary>What anyone may rely on about an entity: the standing of its best title.</summary>
[JsonConverter(typeof(KebabCase<Standing>))]
public enum Standing
{
    /// <summary>A title is in force.</summary>
    Valid,

    /// <summary>Every title was lost, and the best of them by decision.</summary>
    Removed,

    /// <summary>None is in force, and the last ended by a decision without a fault.</summary>
    Lapsed,

    /// <summary>Registered, without a title ever.</summary>
    NeverListed,

    /// <summary>Not registered.</summary>
    Unknown,

    /// <summary>No title is in force; the certificate of one is suspended.</summary>
    Suspended,

    /// <summary>The best title was lost with its certificate, whose validity ended.</summary>
    Expired,

    /// <summary>The best title was given up by the holder.</summary>
    Withdrawn,

    /// <summary>The best title was lost with its certificate, which was given back or has no object any more.</summary>
    Cancelled,

    /// <summary>The best title was lost with its certificate, which was taken away for a fault.</summary>
    Revoked,
}
