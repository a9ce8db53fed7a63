using System.Text.Json.Serialization;

namespace Supervision;

/// <summary>What went wrong in an incident (事故).</summary>
[JsonConverter(typeof(KebabCase<IncidentKind>))]
public enum IncidentKind
{
    /// <summary>生产安全.</summary>
    Safety,

    /// <summary>网络安全、数据安全.</summary>
    DataSecurity,

    /// <summary>质量.</summary>
    Quality,

    /// <summary>环境污染.</summary>
    Environment,
}

/// <summary>The level of an incident, as the department competent for it determines it; least first.</summary>
[JsonConverter(typeof(KebabCase<IncidentLevel>))]
public enum IncidentLevel
{
    /// <summary>一般; Ⅳ级 of an environmental event.</summary>
    General,

    /// <summary>较大; Ⅲ级.</summary>
    Larger,

    /// <summary>重大; Ⅱ级.</summary>
    Major,

    /// <summary>特别重大; Ⅰ级.</summary>
    EspeciallyMajor,
}
