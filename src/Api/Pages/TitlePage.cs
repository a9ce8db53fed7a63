using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Supervision.Api.Pages;

/// <summary>The public page of an entity: whether its titles hold now, since when, by which decision. HTML without scripts, for phones and for paper.</summary>
internal static class TitlePage
{
    private const string Style = """
        :root{color-scheme:light}
        body{font:1rem/1.5 system-ui,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;margin:0 auto;max-width:44rem;padding:1rem;color:#1a1a1a;background:#fff}
        h1{font-size:1.35rem;margin:.5rem 0;overflow-wrap:anywhere}
        h2{font-size:1.1rem;margin:1.25rem 0 .25rem}
        .standing{border:3px solid;border-radius:.5rem;padding:.75rem 1rem;margin:1rem 0}
        .standing strong{display:block;font-size:1.6rem}
        .holds{color:#0b5d2a}.not{color:#9c1c1c}.none{color:#3d3d3d}
        .standing span{color:#1a1a1a}
        dl{display:grid;grid-template-columns:minmax(7rem,12rem) 1fr;gap:.15rem .75rem;margin:.25rem 0}
        dt{color:#4a4a4a}dd{margin:0;overflow-wrap:anywhere}
        section{border-top:1px solid #767676;break-inside:avoid}
        footer{border-top:1px solid #767676;margin-top:1.5rem;font-size:.9rem}
        a{color:#0a4a8f}
        img{width:9rem;height:9rem}
        @media(max-width:26rem){dl{grid-template-columns:1fr}dd{margin-bottom:.4rem}}
        @media print{@page{size:A4;margin:18mm}body{max-width:none;padding:0}a{color:inherit}}
        """;

    // Nothing in names has a meaning in HTML; Chinese stays readable in the source.
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>What browsers may do with the page: show it, with this style and the QR code.</summary>
    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>The page of an entity.</summary>
    /// <param name="entity">Kind and key as they were asked for.</param>
    /// <param name="view">What anyone may see of it; null: nothing is registered, or nothing may be told.</param>
    /// <param name="at">When the page is made.</param>
    /// <param name="seq">The ledger that it reflects.</param>
    public static string Of(GrainId entity, EntityView? view, DateTimeOffset at, long seq)
    {
        var standing = view?.Standing ?? Standing.Unknown;
        var name = view?.Name ?? entity.Value;
        var page = new StringBuilder(8192);
        page.Append(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html lang="zh-CN">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <meta name="robots" content="noindex">
            <title>{Text(PageWords.Of(standing))} – {Text(name)}</title>
            <style>{Style}</style>
            </head>
            <body>
            <main>
            <h1>{Text(name)}</h1>
            <div class="standing {ClassOf(standing)}" role="status"><strong>{Text(PageWords.Of(standing))}</strong><span>{Text(PageWords.Meaning(standing))}</span></div>
            <dl>
            """);
        Row(page, "编号 · Identity", entity.Value);
        if (view is not null)
            WriteEntity(page, view);
        page.Append("</dl>\n");
        foreach (var title in view?.Titles ?? [])
            WriteTitle(page, title);
        page.Append(CultureInfo.InvariantCulture, $"""
            </main>
            <footer>
            <dl>
            """);
        Row(page, "查询时间 · As of", CivilTime(at));
        Row(page, "账本序号 · Ledger seq", seq.ToString(CultureInfo.InvariantCulture));
        page.Append(CultureInfo.InvariantCulture, $"""
            </dl>
            <p><a href="/api/verify/{Text(entity.Value)}">数据 · The same as JSON</a></p>
            <p><img src="/v/{Text(entity.Value)}/qr.svg" alt="本页二维码 · QR code of this page" width="144" height="144"></p>
            <p>以扫码打开的本页当前内容为准，纸质件可能已过时。<br><span lang="en">What counts is this page as it is now; a printed copy may be out of date.</span></p>
            </footer>
            </body>
            </html>

            """);
        return page.ToString();
    }

    private static void WriteEntity(StringBuilder page, EntityView view)
    {
        Row(page, "类别 · Kind", PageWords.Of(view.Kind));
        if (view.Names.Where(other => other.Status == NameStatus.Former).Select(other => other.Name).ToList() is { Count: > 0 } former)
            Row(page, "曾用名 · Former names", string.Join("；", former));
        if (view.RegionName is { } region)
            Row(page, "地区 · Region", $"{region} ({view.Region})");
        if (view.UnderReview)
            Row(page, "审查中 · Under review", "有案件尚未决定，称号仍有效。 · A case is open and not decided; titles stay in force meanwhile.");
    }

    private static void WriteTitle(StringBuilder page, TitleView title)
    {
        page.Append(CultureInfo.InvariantCulture, $"<section>\n<h2>{Text(PageWords.Of(title.Honour))}</h2>\n<dl>\n");
        Row(page, "状态 · Status", PageWords.Of(title.Status));
        Row(page, "自 · Since", Day(title.Since));
        Row(page, "级别 · Level", PageWords.Of(title.Level));
        Row(page, "办法 · Policy", title.Policy);
        Row(page, "授予日期 · Granted on", Day(title.GrantedOn));
        if (title.Certificate is { } certificate)
            Row(page, "证书编号 · Certificate", certificate);
        if (title.ValidUntil is { } until)
            Row(page, "有效期至 · Valid until", Day(until));
        if (title.Removal is { } removal)
        {
            Row(page, "决定文号 · Decision", removal.Number ?? "未记录 · not recorded");
            Row(page, "决定日期 · Decided on", Day(removal.On));
            Row(page, "原因 · Ground", PageWords.Ground(removal.Ground));
            Row(page, "依据 · Article", ArticleOf(removal.Article));
            if (removal.BanUntil is { } ban)
                Row(page, "禁报期至 · Banned until", Day(ban));
        }
        else if (title.CertificateState is { Trigger: { } trigger } state)
        {
            Row(page, "决定文号 · Decision", state.Number ?? "未记录 · not recorded");
            Row(page, "决定日期 · Decided on", Day(state.Since));
            Row(page, "原因 · Ground", trigger);
            if (state.Article is { } article)
                Row(page, "依据 · Article", ArticleOf(article));
        }
        else if (title.Withdrawal is { } withdrawal)
        {
            Row(page, "放弃日期 · Given up on", Day(withdrawal.On));
            Row(page, "依据 · Article", ArticleOf(withdrawal.Article));
        }

        page.Append("</dl>\n</section>\n");
    }

    /// <summary>An article as citizens read it: what the policy notes beside a setting of its own is for those who keep the policy.</summary>
    private static string ArticleOf(string article) => article.StartsWith("configuration:", StringComparison.Ordinal)
        ? "文件未载明，由主管部门设定 · not stated in the source, set by the authority"
        : article;

    private static void Row(StringBuilder page, string word, string value) =>
        page.Append(CultureInfo.InvariantCulture, $"<dt>{Text(word)}</dt><dd>{Text(value)}</dd>\n");

    private static string Text(string text) => Html.Encode(text);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string CivilTime(DateTimeOffset at) => at.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " (UTC+8)";

    private static string ClassOf(Standing standing) => standing switch
    {
        Standing.Valid => "holds",
        Standing.NeverListed or Standing.Unknown => "none",
        _ => "not",
    };
}
