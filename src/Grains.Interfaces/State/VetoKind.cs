using System.Text.Json.Serialization;

namespace Supervision;

/// <summary>A fact about an enterprise that keeps it off the lists (一票否决), as 第十五条 of 工信部节〔2024〕13号 names them.</summary>
[JsonConverter(typeof(KebabCase<VetoKind>))]
public enum VetoKind
{
    /// <summary>工商注销: struck from the commercial register.</summary>
    Deregistered,

    /// <summary>连续停产: production stopped without a break.</summary>
    Stopped,

    /// <summary>列入经营异常名单且未移出: in the list of abnormal operation.</summary>
    AbnormalOperation,

    /// <summary>事故: a safety, data, quality or environmental incident.</summary>
    Incident,

    /// <summary>偷漏税: tax evasion.</summary>
    TaxEvasion,

    /// <summary>被动态调整出名单: removed from a list.</summary>
    Removed,

    /// <summary>督查发现严重问题: a serious finding of an inspection of the State Council or a ministry.</summary>
    SeriousInspectionFinding,

    /// <summary>节能监察整改名单且未按要求完成整改: an energy rectification that was not done.</summary>
    EnergyRectificationMissed,

    /// <summary>失信被执行人: a dishonest judgment debtor.</summary>
    DishonestJudgmentDebtor,
}

/// <summary>When vetoes are looked for.</summary>
[JsonConverter(typeof(KebabCase<VetoMoment>))]
public enum VetoMoment
{
    /// <summary>申请: when a title is applied for or recommended.</summary>
    Application,

    /// <summary>When a title is granted.</summary>
    Grant,

    /// <summary>Once a year, of what is listed.</summary>
    Yearly,
}
