using TraceGrains.Domain.Districts;

namespace TraceGrains.Domain.Tests.Districts;

public class DistrictTests
{
    [Theory]
    [InlineData("500102", "重庆", "涪陵区", "Fuling")]
    [InlineData("500243", "重庆", "彭水苗族土家族自治县", "Pengshui County")]
    [InlineData("510107", "四川", null, null)]
    public void A_code_is_a_district(string code, string province, string? name, string? english) => Assert.Equal(new District(code, province, name, english), District.Find(code));

    [Theory]
    [InlineData("500199")]
    [InlineData("500000")]
    [InlineData("990102")]
    [InlineData("100102")]
    [InlineData("50010")]
    [InlineData("50010a")]
    [InlineData("")]
    public void What_is_no_district_is_none(string code) => Assert.Null(District.Find(code));
}
