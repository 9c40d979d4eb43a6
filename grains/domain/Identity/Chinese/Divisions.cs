namespace TraceGrains.Domain.Identity.Chinese;

/// <summary>The first two digits of division codes (GB/T 2260): provinces, autonomous regions, municipalities, special administrative regions.</summary>
static class Divisions
{
    /// <summary>National authorities write 10.</summary>
    public const string National = "10";

    static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["11"] = "北京", ["12"] = "天津", ["13"] = "河北", ["14"] = "山西", ["15"] = "内蒙古",
        ["21"] = "辽宁", ["22"] = "吉林", ["23"] = "黑龙江",
        ["31"] = "上海", ["32"] = "江苏", ["33"] = "浙江", ["34"] = "安徽", ["35"] = "福建", ["36"] = "江西", ["37"] = "山东",
        ["41"] = "河南", ["42"] = "湖北", ["43"] = "湖南", ["44"] = "广东", ["45"] = "广西", ["46"] = "海南",
        ["50"] = "重庆", ["51"] = "四川", ["52"] = "贵州", ["53"] = "云南", ["54"] = "西藏",
        ["61"] = "陕西", ["62"] = "甘肃", ["63"] = "青海", ["64"] = "宁夏", ["65"] = "新疆",
        ["71"] = "台湾", ["81"] = "香港", ["82"] = "澳门",
    };

    /// <summary>One in three two-digit numbers is a province.</summary>
    public const int OneIn = 3;

    public static string? NameOf(string division) => Names.GetValueOrDefault(division[..2]) ?? (division.StartsWith(National, StringComparison.Ordinal) ? "全国" : null);

    public static bool IsKnown(string division) => NameOf(division) is not null;
}
