using System.Text.Json;
using TraceGrains.Domain.Identity;

namespace TraceGrains.Links.Tests;

public sealed class ResolverTests(Silo silo)
{
    const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";
    static readonly string Jar = new Uri(Silo.Cast.UntouchedUnit).AbsolutePath;

    [Theory]
    [InlineData(Browser, "text/html")]
    [InlineData(null, "text/html")]
    [InlineData("*/*", "text/html")]
    [InlineData("application/linkset+json", "application/linkset+json")]
    [InlineData("application/json", "application/json")]
    [InlineData("application/json;q=0.5, application/linkset+json", "application/linkset+json")]
    [InlineData("text/html;q=0.1, application/*", "application/linkset+json")]
    public async Task Each_client_gets_what_it_reads(string? accept, string mediaType)
    {
        var answer = await silo.Get(Jar, accept);
        Assert.Equal((200, mediaType), (answer.Status, answer.MediaType));
        Assert.Contains("Accept", answer.Header("Vary"));
        Assert.Equal("*", answer.Header("Access-Control-Allow-Origin"));
        Assert.Contains("rel=\"linkset\"; type=\"application/linkset+json\"", answer.Header("Link"));
        Assert.Contains($"<{Silo.Cast.UntouchedUnit}>; rel=\"canonical\"", answer.Header("Link"));
    }

    [Fact]
    public async Task What_nobody_can_make_is_not_acceptable() => Assert.Equal(406, (await silo.Get(Jar, "image/png")).Status);

    [Fact]
    public async Task A_linkset_has_the_shape_of_the_standard()
    {
        var answer = await silo.Get(Jar, "application/linkset+json", "en");
        var links = Assert.Single(answer.Json.GetProperty("linkset").EnumerateArray());
        Assert.EndsWith(Jar, links.GetProperty("anchor").GetString());
        foreach (var type in (string[])["defaultLink", "pip", "traceability", "epcis", "recallStatus"])
        {
            var link = links.GetProperty("https://ref.gs1.org/voc/" + type)[0];
            Assert.True(Uri.TryCreate(link.GetProperty("href").GetString(), UriKind.Absolute, out _));
            Assert.NotEmpty(link.GetProperty("title").GetString()!);
            Assert.NotEmpty(link.GetProperty("type").GetString()!);
        }
        Assert.Contains("http://www.w3.org/ns/json-ld#context", answer.Header("Link"));
    }

    [Theory]
    [InlineData("all", Browser, 200, "application/linkset+json")]
    [InlineData("linkset", "application/json", 200, "application/json")]
    [InlineData("gs1:pip", Browser, 200, "text/html")]
    [InlineData("https://ref.gs1.org/voc/pip", Browser, 200, "text/html")]
    [InlineData("gs1:traceability", "application/json", 200, "application/json")]
    [InlineData("gs1:epcis", Browser, 307, null)]
    [InlineData("gs1:recallStatus", Browser, 307, null)]
    [InlineData("gs1:recipeInfo", Browser, 404, "application/problem+json")]
    [InlineData("<script>", Browser, 404, "application/problem+json")]
    public async Task A_link_type_chooses(string linkType, string accept, int status, string? mediaType)
    {
        var answer = await silo.Get($"{Jar}?linkType={Uri.EscapeDataString(linkType)}", accept);
        Assert.Equal((status, mediaType), (answer.Status, answer.MediaType));
    }

    [Fact]
    public async Task The_recall_status_is_where_its_link_says()
    {
        var leads = await silo.Get($"{Jar}?linkType=gs1:recallStatus");
        var status = await silo.Get(leads.Header("Location"));
        Assert.Equal((200, "False", Silo.Cast.UntouchedUnit), (status.Status, status.Json.GetProperty("recalled").ToString(), status.Json.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("zh-CN,zh;q=0.9,en;q=0.8", "", "zh-CN")]
    [InlineData("en-GB,en;q=0.9,zh;q=0.8", "", "en")]
    [InlineData("de, en;q=0.5", "", "en")]
    [InlineData("fr", "", "zh-CN")]
    [InlineData(null, "", "zh-CN")]
    [InlineData("zh", "?lang=en", "en")]
    public async Task The_page_speaks_the_readers_language(string? accepted, string query, string language)
    {
        var answer = await silo.Get(Jar + query, Browser, accepted);
        Assert.Equal(language, answer.Header("Content-Language"));
        Assert.Contains($"<html lang=\"{language}\">", answer.Text);
    }

    [Theory]
    [InlineData("/01/09520120000039", "(01) GTIN 09520120000039", "check digit 8", "9")]
    [InlineData("/01/9520120000038", "(01) GTIN is too short", "14 characters", "13")]
    [InlineData("/00/006141411234567891", "(00) SSCC 006141411234567891", "check digit 0", "1")]
    [InlineData("/01/09520120000038/21/1/10/L", "(10) BATCH/LOT is out of place in the path: after (01) GTIN", "in this order 22, 10, 21 or 235", null)]
    [InlineData("/01/09520120000038/21/A%5EB", "(21) SERIAL has '^' at position 2", "letters, digits and !\"%&'()*+,-./:;<=>?_", null)]
    [InlineData("/01/09520120000038?17=261331", "(17) USE BY or EXPIRY 261331", "a date YYMMDD, where DD may be 00", null)]
    [InlineData("/01/09520120000038/9876/x", "'9876'", null, null)]
    [InlineData("/414/9520301000025", "(414) LOC No. 9520301000025", "check digit 4", "5")]
    public async Task A_malformed_link_says_what_is_wrong_where(string path, string field, string? expected, string? found)
    {
        var answer = await silo.Get(path, "application/json");
        Assert.Equal((400, "application/problem+json"), (answer.Status, answer.MediaType));
        Assert.Contains(field, answer.Json.GetProperty("detail").GetString());
        if (expected is not null) Assert.Equal(expected, answer.Json.GetProperty("expected").GetString());
        if (found is not null) Assert.Equal(found, answer.Json.GetProperty("found").GetString());
        var page = await silo.Get(path, Browser);
        Assert.Equal((400, "text/html"), (page.Status, page.MediaType));
    }

    [Theory]
    [InlineData("/01/09520120000038/21/NOBODY")]
    [InlineData("/8003/04012345666663A1")]
    [InlineData("/8004/4012345X")]
    [InlineData("/8006/095201234567880102/21/7")]
    [InlineData("/8010/4012345A%23/8011/7")]
    [InlineData("/8013/1987654Ad4X4bL5ttr2310c2K")]
    [InlineData("/8017/123456789012345675")]
    [InlineData("/8018/123456789012345675/8019/123")]
    [InlineData("/00/006141411234567890")]
    [InlineData("/253/9520123456788X1")]
    [InlineData("/255/95201234567881")]
    [InlineData("/401/9520123456")]
    [InlineData("/402/40123459999876541")]
    [InlineData("/414/9520123456788/254/32a%2Fb")]
    [InlineData("/415/9520123456788/8020/R1")]
    [InlineData("/417/9520123456788")]
    public async Task Every_key_is_taken_and_what_nobody_named_is_not_found(string path)
    {
        var answer = await silo.Get(path, "application/json");
        Assert.Equal((404, "application/problem+json"), (answer.Status, answer.MediaType));
        Assert.Equal("https://id.gs1.org" + path, answer.Json.GetProperty("code").GetString());
        Assert.Equal(404, (await silo.Get(path, Browser)).Status);
    }

    [Fact]
    public async Task No_key_of_the_syntax_dictionary_is_left_out()
    {
        var description = (await silo.Get("/.well-known/gs1resolver")).Json;
        Assert.Equal(SyntaxDictionary.All.Where(key => key.IsLinkKey).Select(key => key.Ai).Order(StringComparer.Ordinal),
            description.GetProperty("supportedPrimaryKeys").EnumerateArray().Select(ai => ai.GetString()!));
        Assert.StartsWith("http://", description.GetProperty("resolverRoot").GetString());
        foreach (var key in SyntaxDictionary.All.Where(key => key.IsLinkKey))
            Assert.Equal(400, (await silo.Get($"/{key.Ai}/%01", "application/json")).Status);
    }

    [Fact]
    public async Task A_serial_nobody_named_leads_to_its_product()
    {
        var answer = await silo.Get(Jar[..Jar.IndexOf("/21/", StringComparison.Ordinal)] + "/21/NOBODY", Browser);
        Assert.Equal(404, answer.Status);
        Assert.Contains($"href=\"{Jar[..Jar.IndexOf("/21/", StringComparison.Ordinal)]}\"", answer.Text);
    }

    [Fact]
    public async Task Head_answers_the_same_head_without_a_body()
    {
        var (head, get) = (await silo.Get(Jar, Browser, method: HttpMethod.Head), await silo.Get(Jar, Browser));
        Assert.Equal((200, 0), (head.Status, head.Bytes.Length));
        Assert.Equal(get.ContentHeaders.ContentLength, head.ContentHeaders.ContentLength);
        Assert.Equal(get.Header("Link"), head.Header("Link"));
    }

    [Theory]
    [InlineData("/01/09520120000038/21/1")]
    [InlineData("/e/urn:uuid:0192d3a4-7a7e-7cc1-9c3e-000000000001")]
    [InlineData("/identify")]
    public async Task Options_lets_any_page_read(string path)
    {
        var answer = await silo.Get(path, method: HttpMethod.Options);
        Assert.Equal((204, "*", "GET, HEAD, OPTIONS"), (answer.Status, answer.Header("Access-Control-Allow-Origin"), answer.Header("Access-Control-Allow-Methods")));
        Assert.Equal(405, (await silo.Get(path, method: HttpMethod.Delete)).Status);
    }

    [Fact]
    public async Task A_link_longer_than_any_right_one_is_refused() => Assert.Equal(414, (await silo.Get("/01/09520120000038/21/" + new string('A', 5_000), "application/json")).Status);

    [Fact]
    public async Task A_spelling_leads_to_the_same_thing()
    {
        var gtin = Jar.Split('/')[2];
        var serial = Jar.Split('/')[^1];
        var answer = await silo.Get($"/01/{gtin}/22/V1/10/ANY/21/%3{serial[0]}{serial[1..]}?17=271231&utm=x", "application/linkset+json");
        Assert.EndsWith(Jar, answer.Json.GetProperty("linkset")[0].GetProperty("anchor").GetString());
    }
}
