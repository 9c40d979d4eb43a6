using System.ComponentModel;

namespace TraceGrains.GraphQL.MasterData;

[Description("A county-level division of China (GB/T 2260).")]
public sealed class District(Domain.Districts.District district)
{
    [Description("Its code, six digits.")]
    public string Code => district.Code;

    [Description("Province, municipality or region.")]
    public string Province => district.Province;

    [Description("District or county; null outside Chongqing, of whose districts alone the names are known here.")]
    public string? Name => district.Name;
}
