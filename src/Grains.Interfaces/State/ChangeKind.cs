using System.Text.Json.Serialization;

namespace Supervision;

/// <summary>What an enterprise files as a change of a listed entity (变更).</summary>
[JsonConverter(typeof(KebabCase<ChangeKind>))]
public enum ChangeKind
{
    /// <summary>更名: another name, nothing else.</summary>
    Rename,

    /// <summary>搬迁: another address or boundary.</summary>
    Relocation,

    /// <summary>重组: another scope of the entity, the legal person stays.</summary>
    Restructuring,

    /// <summary>合并: with another legal person.</summary>
    Merger,

    /// <summary>分立: into several legal persons.</summary>
    Split,
}
