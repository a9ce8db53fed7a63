using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Supervision;

/// <summary>
/// A region with an industry department of its own, by its six-digit code (GB/T 2260): a province, a planning city
/// (计划单列市), which answers to no province, or the Xinjiang Production and Construction Corps (新疆生产建设兵团), which
/// has no code in the standard and is 660000 here.
/// </summary>
/// <param name="Code">Six digits, for example <c>430000</c>.</param>
/// <param name="Name">The short Chinese name, for example 湖南.</param>
/// <param name="Spellings">Every other spelling met in published lists.</param>
public sealed record Region(string Code, string Name, IReadOnlyList<string> Spellings)
{
    /// <summary>Every region, in the order of codes.</summary>
    public static IReadOnlyList<Region> All { get; } =
    [
        new("110000", "北京", ["北京市"]),
        new("120000", "天津", ["天津市"]),
        new("130000", "河北", ["河北省"]),
        new("140000", "山西", ["山西省"]),
        new("150000", "内蒙古", ["内蒙", "内蒙古自治区"]),
        new("210000", "辽宁", ["辽宁省"]),
        new("210200", "大连", ["大连市"]),
        new("220000", "吉林", ["吉林省"]),
        new("230000", "黑龙江", ["黑龙江省"]),
        new("310000", "上海", ["上海市"]),
        new("320000", "江苏", ["江苏省"]),
        new("330000", "浙江", ["浙江省"]),
        new("330200", "宁波", ["宁波市"]),
        new("340000", "安徽", ["安徽省"]),
        new("350000", "福建", ["福建省"]),
        new("350200", "厦门", ["厦门市"]),
        new("360000", "江西", ["江西省"]),
        new("370000", "山东", ["山东省"]),
        new("370200", "青岛", ["青岛市"]),
        new("410000", "河南", ["河南省"]),
        new("420000", "湖北", ["湖北省"]),
        new("430000", "湖南", ["湖南省"]),
        new("440000", "广东", ["广东省"]),
        new("440300", "深圳", ["深圳市"]),
        new("450000", "广西", ["广西壮族自治区"]),
        new("460000", "海南", ["海南省"]),
        new("500000", "重庆", ["重庆市"]),
        new("510000", "四川", ["四川省"]),
        new("520000", "贵州", ["贵州省"]),
        new("530000", "云南", ["云南省"]),
        new("540000", "西藏", ["西藏自治区"]),
        new("610000", "陕西", ["陕西省"]),
        new("620000", "甘肃", ["甘肃省"]),
        new("630000", "青海", ["青海省"]),
        new("640000", "宁夏", ["宁夏回族自治区"]),
        new("650000", "新疆", ["新疆维吾尔自治区"]),
        new("660000", "新疆兵团", ["兵团", "新疆生产建设兵团", "生产建设兵团"]),
    ];

    private const string CorpsCode = "660000";

    // GB/T 2260 has the Corps's own cities (石河子, 五家渠, …) among the county-level places of Xinjiang.
    private const string CorpsCities = "6590";

    // The third and fourth digit of counties that their province administers directly (省直管县), in no city.
    private const string DirectCounties = "90";

    // Beijing, Tianjin, Shanghai, Chongqing: cities with the standing of a province, whose districts have that of a city.
    private static readonly string[] Municipalities = ["11", "12", "31", "50"];

    private static readonly FrozenDictionary<string, Region> ByCode = All.ToFrozenDictionary(region => region.Code, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Region>.AlternateLookup<ReadOnlySpan<char>> ByDigits = ByCode.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenDictionary<string, Region> BySpelling = All
        .SelectMany(region => region.Spellings.Prepend(region.Name).Select(spelling => (spelling, region)))
        .ToFrozenDictionary(pair => pair.spelling, pair => pair.region);

    /// <summary>What a region looks like, in words for an error message.</summary>
    public const string Form = "a six-digit code of a Chinese region (for example 430000) or the name of a province, planning city or the Corps";

    /// <summary>
    /// Reads a name in any known spelling, or a six-digit code: a region's own, or one of a city or county below it.
    /// </summary>
    /// <param name="text">The name or code.</param>
    /// <param name="code">The six-digit code that was meant.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out string? code)
    {
        code = null;
        if (text is null)
            return false;
        if (BySpelling.TryGetValue(text.Trim(), out var region))
            code = region.Code;
        else if (text.Length == 6 && text.All(char.IsAsciiDigit) && ByCode.ContainsKey(text[..2] + "0000"))
            code = text;
        return code is not null;
    }

    /// <summary>
    /// The region whose department answers for a code: a planning city for itself and what lies below it, the Corps for
    /// its cities, otherwise the province.
    /// </summary>
    public static Region Responsible(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        if (code.StartsWith(CorpsCities, StringComparison.Ordinal))
            return ByCode[CorpsCode];
        Span<char> other = ['0', '0', '0', '0', '0', '0'];
        code.AsSpan(0, 4).CopyTo(other);
        if (ByDigits.TryGetValue(other, out var city))
            return city;
        other[2..4].Fill('0');
        return ByDigits[other];
    }

    /// <summary>
    /// The code of the municipal authority for a code: a planning city, which is its own; a county that its province
    /// administers directly, and a district of Beijing, Tianjin, Shanghai or Chongqing, themselves; otherwise the city.
    /// Null for a province as a whole, and for codes that stand for a group of such counties or districts.
    /// </summary>
    public static string? MunicipalOf(string code)
    {
        var responsible = Responsible(code).Code;
        if (!responsible.EndsWith("0000", StringComparison.Ordinal))
            return responsible;
        var isDirect = code[2..4] == DirectCounties || Municipalities.Contains(code[..2]);
        return isDirect ? (code.EndsWith("00", StringComparison.Ordinal) ? null : code)
            : code.EndsWith("0000", StringComparison.Ordinal) ? null
            : code[..4] + "00";
    }

    /// <summary>The Chinese name for a code, with that of the responsible region for a city or county below it; null for null.</summary>
    public static string? NameOf(string? code) => code is null ? null : Responsible(code).Name;

    /// <summary>
    /// Whether a scope covers a code: the same code, one below it; a province does not cover its planning cities, nor
    /// Xinjiang those of the Corps.
    /// </summary>
    public static bool Covers(string scope, string code)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(code);
        var responsible = Responsible(scope).Code;
        if (!string.Equals(responsible, Responsible(code).Code, StringComparison.Ordinal))
            return false;
        var significant = scope.EndsWith("00", StringComparison.Ordinal) ? 4 : 6;
        return string.Equals(scope, responsible, StringComparison.Ordinal) || code.StartsWith(scope[..significant], StringComparison.Ordinal);
    }

    /// <summary>
    /// What a scope covers, in digits with which codes begin: those of <c>Within</c> without those of <c>Without</c>.
    /// The same as <see cref="Covers"/>, in a form in which a database can look codes up.
    /// </summary>
    public static (IReadOnlyList<string> Within, IReadOnlyList<string> Without) DigitsOf(string scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (!scope.EndsWith("0000", StringComparison.Ordinal))
            return ([scope[..(scope.EndsWith("00", StringComparison.Ordinal) ? 4 : 6)]], []);
        var province = scope[..2];
        List<string> without = [.. All
            .Where(city => city.Code.StartsWith(province, StringComparison.Ordinal) && !city.Code.EndsWith("0000", StringComparison.Ordinal))
            .Select(city => city.Code[..4])];
        if (CorpsCities.StartsWith(province, StringComparison.Ordinal))
            without.Add(CorpsCities);
        return (scope == CorpsCode ? [province, CorpsCities] : [province], without);
    }
}
