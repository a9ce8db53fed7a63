namespace Supervision.Api.Pages;

/// <summary>The words of public pages, in Chinese and English.</summary>
internal static class PageWords
{
    public static string Of(Standing standing) => standing switch
    {
        Standing.Valid => "有效 · Valid",
        Standing.Removed => "已除名 · Removed",
        Standing.Lapsed => "已失效 · Lapsed",
        Standing.NeverListed => "从未列入 · Never listed",
        Standing.Unknown => "未登记 · Unknown",
        Standing.Suspended => "已暂停 · Suspended",
        Standing.Expired => "已到期 · Expired",
        Standing.Withdrawn => "已放弃 · Withdrawn",
        Standing.Cancelled => "已注销 · Cancelled",
        Standing.Revoked => "已撤销 · Revoked",
        _ => throw new System.Diagnostics.UnreachableException($"{standing} has no words."),
    };

    /// <summary>What a standing means for whoever relies on it.</summary>
    public static string Meaning(Standing standing) => standing switch
    {
        Standing.Valid => "该主体目前持有有效称号。 · It holds a title that is in force.",
        Standing.Suspended => "证书暂停期间不得依赖该称号。 · A certificate is suspended; nobody may rely on the title meanwhile.",
        Standing.NeverListed => "已登记，但从未持有称号。 · It is registered and has never held a title.",
        Standing.Unknown => "名录中没有该主体。 · Nothing is registered under this identity.",
        _ => "该主体目前不持有有效称号。 · It holds no title that is in force.",
    };

    public static string Of(TitleStatus status) => status switch
    {
        TitleStatus.Listed => "在列 · listed",
        TitleStatus.Rectifying => "在列，整改中 · listed, rectifying",
        TitleStatus.Removed => "除名 · removed",
        TitleStatus.Lapsed => "失效 · lapsed",
        TitleStatus.Suspended => "暂停 · suspended",
        TitleStatus.Revoked => "撤销 · revoked",
        TitleStatus.Cancelled => "注销 · cancelled",
        TitleStatus.Expired => "到期 · expired",
        TitleStatus.Withdrawn => "放弃 · withdrawn",
        _ => throw new System.Diagnostics.UnreachableException($"{status} has no words."),
    };

    public static string Of(Level level) => level switch
    {
        Level.National => "国家级 · national",
        Level.Provincial => "省级 · provincial",
        _ => "市级 · municipal",
    };

    /// <summary>A kind, or the honour of a title as policies name it; what has no words here stays as it is.</summary>
    public static string Of(string name) => name switch
    {
        "factory" or "green-factory" => $"绿色工厂 · {name}",
        "product" or "green-design-product" => $"绿色（设计）产品 · {name}",
        "park" or "green-park" => $"绿色工业园区 · {name}",
        "supply-chain" or "green-supply-chain" => $"绿色供应链管理企业 · {name}",
        "data-centre" or "green-data-centre" => $"绿色数据中心 · {name}",
        "green-product-certification" => $"绿色产品认证 · {name}",
        "enterprise" => $"企业 · {name}",
        "green-enterprise" => $"绿色企业 · {name}",
        _ => name,
    };

    /// <summary>A ground as policies name it; what has no words here stays as it is.</summary>
    public static string Ground(string ground) => ground switch
    {
        "failed-spot-check" => $"抽查不符合要求 · {ground}",
        "refused-spot-check" => $"拒绝抽查 · {ground}",
        "overdue-rectification" => $"逾期未整改 · {ground}",
        "false-declaration" => $"自我声明或材料不实 · {ground}",
        "report-refused" => $"拒不填报 · {ground}",
        "major-accident" => $"较大及以上事故 · {ground}",
        "missed-re-evaluation" => $"未按期接受再评价 · {ground}",
        "failed-re-evaluation" => $"再评价不符合要求 · {ground}",
        "energy-rectification-missed" => $"节能监察逾期未整改 · {ground}",
        _ => ground,
    };
}
