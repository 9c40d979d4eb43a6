namespace TraceGrains.GraphQL.Tests;

public sealed class IdentityTests
{
    const string Fields = "text valid ambiguous best { scheme title kind code lotCode why oneIn source unverified parts { name value meaning } } candidates { scheme valid problem { field expected found } } problem { field expected found }";

    [Fact]
    public async Task A_text_is_identified_with_its_parts()
    {
        await using var surface = await Surface.Start();
        var reading = (await surface.Data($$"""query($text: String!) { identify(text: $text) { {{Fields}} } }""", new { text = "]C1010952012345678817261231\u001d10L7\u001d21A1" })).GetProperty("identify");
        Assert.Equal(("True", "gs1:element-string", "UNIT"), (reading.Text("valid"), reading.Text("best", "scheme"), reading.Text("best", "kind")));
        Assert.Equal(("https://id.gs1.org/01/09520123456788/21/A1", "https://id.gs1.org/01/09520123456788/10/L7"), (reading.Text("best", "code"), reading.Text("best", "lotCode")));
        Assert.Equal(["09520123456788", "261231", "L7", "A1"], reading.At("best", "parts").EnumerateArray().Select(part => part.Text("value")!));
        Assert.Empty(surface.Grains.Asked);
    }

    [Fact]
    public async Task A_wrong_code_names_field_expectation_and_finding()
    {
        await using var surface = await Surface.Start();
        var reading = (await surface.Data($$"""{ identify(text: "91350100M000100Y44") { {{Fields}} } }""")).GetProperty("identify");
        Assert.Equal("False", reading.Text("valid"));
        Assert.Null(reading.Text("best"));
        Assert.Equal(("check character (place 18)", "3", "4"), (reading.Text("problem", "field"), reading.Text("problem", "expected"), reading.Text("problem", "found")));
    }
}
