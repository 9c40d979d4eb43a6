using TraceGrains.Domain.Access;

namespace TraceGrains.Domain.Tests.Access;

public sealed class JurisdictionTests
{
    // Yuzhong and Jiangbei are districts of Chongqing (5001…), Chongqing a prefecture of the province 50.
    const string Yuzhong = "500103", Jiangbei = "500105", Chongqing = "500100", Province = "500000", Sichuan = "510000";

    [Theory]
    // Who opened it: the authority of a district, somebody who lies in one, both, nobody known.
    [InlineData(Yuzhong, Yuzhong, null, true)]
    [InlineData(Yuzhong, null, Yuzhong, true)]
    [InlineData(Yuzhong, Jiangbei, Yuzhong, true)]
    [InlineData(Yuzhong, Yuzhong, Jiangbei, true)]
    [InlineData(Yuzhong, Jiangbei, null, false)]
    [InlineData(Yuzhong, null, Jiangbei, false)]
    [InlineData(Yuzhong, null, null, false)]
    // What is above a district runs what comes from it, and not the other way round.
    [InlineData(Chongqing, Yuzhong, null, true)]
    [InlineData(Province, null, Yuzhong, true)]
    [InlineData(Sichuan, Yuzhong, Yuzhong, false)]
    [InlineData(Yuzhong, Chongqing, null, false)]
    public void A_case_is_run_where_it_comes_from(string territory, string? authority, string? opener, bool expected) => Assert.Equal(expected, Jurisdiction.OverCase(territory, new(authority, opener)));

    [Theory]
    [InlineData(Yuzhong, Yuzhong, Jiangbei, true)]
    [InlineData(Yuzhong, Jiangbei, Jiangbei, false)]
    // A party elsewhere is its own district's, also in a case that comes from here.
    [InlineData(Yuzhong, Jiangbei, Yuzhong, false)]
    [InlineData(Yuzhong, null, Yuzhong, true)]
    [InlineData(Yuzhong, null, Jiangbei, false)]
    [InlineData(Yuzhong, null, null, false)]
    [InlineData(Chongqing, Jiangbei, null, true)]
    public void A_party_is_looked_after_where_it_lies(string territory, string? district, string? opener, bool expected) => Assert.Equal(expected, Jurisdiction.OverParty(territory, district, new(null, opener)));

    [Theory]
    [InlineData(null, true)]
    [InlineData(Yuzhong, true)]
    [InlineData(Jiangbei, false)]
    public void Nobody_speaks_for_who_lies_elsewhere(string? district, bool expected) => Assert.Equal(expected, Jurisdiction.MaySpeakFor(Yuzhong, district));

    [Theory]
    [InlineData("", false)]
    [InlineData("-", false)]
    [InlineData("500105", false)]
    [InlineData("500103", true)]
    [InlineData("- 500103", true)]
    [InlineData("500105 500103", true)]
    public void A_thing_is_held_where_some_of_it_is(string districts, bool expected) => Assert.Equal(expected, Jurisdiction.MayHold(Yuzhong, Read(districts)));

    [Theory]
    [InlineData(Yuzhong, "500105;", true)]
    [InlineData(null, "500103;500103", true)]
    [InlineData(null, "- 500103;500103 500103", true)]
    [InlineData(null, "500103;500105", false)]
    [InlineData(null, "500103 500105", false)]
    [InlineData(null, "500103;-", false)]
    [InlineData(null, "500103;", false)]
    [InlineData(Jiangbei, "500103", true)]
    [InlineData(Jiangbei, "500105", false)]
    public void A_hold_is_released_by_who_placed_it_or_where_all_of_it_is(string? placedBy, string things, bool expected) =>
        Assert.Equal(expected, Jurisdiction.MayRelease(Yuzhong, placedBy, things.Split(';').Select(Read)));

    static string?[] Read(string districts) => [.. districts.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => one == "-" ? null : one)];
}
