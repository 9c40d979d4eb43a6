namespace TraceGrains.Links.Tests;

public sealed class LabelTests(Silo silo)
{
    const string Jar = "https://id.gs1.org/01/09520120000038/10/L1/21/8755090001", Drug = "81234567890123456789", Seed = "urn:tracegrains:cn:seed:%E9%87%8D%E5%BA%86%E6%9F%90%E7%A7%8D%E4%B8%9A:CQ1";

    public static TheoryData<string, string, string> Codes { get; } = new()
    {
        { Jar, "link", "/01/09520120000038/10/L1/21/8755090001" },
        { "(00)006141411234567890", "link", "/00/006141411234567890" },
        { "https://id.gs1.org/8004/9520123CYL%2F1", "link", "/8004/9520123CYL%2F1" },
        { Drug, "link", "/e/urn%3Atracegrains%3Acn%3Adrug%3A" + Drug },
        { Drug, "code", Drug },
        { "91350100M000100Y43", "code", "91350100M000100Y43" },
        { Seed, "link", "/e/" + Uri.EscapeDataString(Seed) },
        { Jar, "code", Jar },
        { "https://例子.cn/批次/甲", "code", "https://例子.cn/批次/甲" },
    };

    string Expected(string content, string text) => content == "link" ? silo.Http.BaseAddress!.ToString().TrimEnd('/') + text : text;

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Zbar_reads_every_picture(string code, string content, string text)
    {
        using var folder = new Folder();
        foreach (var correction in "LMQH")
        {
            var answer = await silo.Get($"/labels/qr?format=png&size=400&ecc={correction}&content={content}&text=none&code={Uri.EscapeDataString(code)}");
            Assert.Equal((200, "image/png"), (answer.Status, answer.MediaType));
            Assert.Equal([Expected(content, text)], await Tool.Decode(folder.Write($"{correction}.png", answer.Bytes)));
        }
    }

    /// <summary>What a phone's camera does to a label: too near or far, askew, out of focus, in bad light, in a lossy picture.</summary>
    public static TheoryData<string, string> Distortions { get; } = new()
    {
        { "far away", "-resize 50%" },
        { "near", "-resize 230%" },
        { "askew", "-background white -rotate 17" },
        { "upside down", "-rotate 180" },
        { "on its side and a little more", "-background white -rotate 83" },
        { "out of focus", "-blur 0x2" },
        { "in bad light", "-brightness-contrast -25x-55" },
        { "noisy", "-seed 7 -attenuate 0.35 +noise Gaussian" },
        { "from the side", "-virtual-pixel white -distort Perspective 0,0,30,25,399,0,370,0,0,399,0,399,399,399,399,370" },
        { "all of it", "-background white -rotate -9 -resize 80% -blur 0x1 -brightness-contrast -15x-35" },
    };

    [Theory]
    [MemberData(nameof(Distortions))]
    public async Task Zbar_reads_what_a_camera_sees(string what, string distortion)
    {
        using var folder = new Folder();
        var picture = folder.Write("label.png", (await silo.Get($"/labels/qr?format=png&size=400&ecc=Q&code={Uri.EscapeDataString(Jar)}")).Bytes);
        var seen = folder.Path("seen.jpg");
        await Tool.Convert([picture, .. distortion.Split(' '), "-quality", "60", seen]);
        Assert.True((await Tool.Decode(seen)) is [var read] && read == Expected("link", "/01/09520120000038/10/L1/21/8755090001"), $"not read {what}");
    }

    [Fact]
    public async Task High_correction_survives_a_stain()
    {
        using var folder = new Folder();
        var picture = folder.Write("label.png", (await silo.Get($"/labels/qr?format=png&size=400&ecc=H&text=none&code={Uri.EscapeDataString(Jar)}")).Bytes);
        var stained = folder.Path("stained.png");
        await Tool.Convert(picture, "-fill", "white", "-draw", "circle 230,230 230,270", stained);
        Assert.Equal([Expected("link", "/01/09520120000038/10/L1/21/8755090001")], await Tool.Decode(stained));
    }

    [Fact]
    public async Task A_browser_shows_the_SVG_with_its_line_and_zbar_reads_it()
    {
        using var folder = new Folder();
        var answer = await silo.Get($"/labels/qr?size=500&code={Uri.EscapeDataString(Jar)}");
        Assert.Equal((200, "image/svg+xml"), (answer.Status, answer.MediaType));
        foreach (var element in (string[])["(01)09520120000038", "(10)L1", "(21)8755090001"]) Assert.Contains($">{element}</text>", answer.Text);
        await Tool.Screenshot("file://" + folder.Write("label.svg", answer.Bytes), folder.Path("svg.png"), 520, 620);
        Assert.Equal([Expected("link", "/01/09520120000038/10/L1/21/8755090001")], await Tool.Decode(folder.Path("svg.png")));
    }

    [Fact]
    public async Task Sheets_print_as_HTML_and_as_PDF_and_every_symbol_reads()
    {
        using var folder = new Folder();
        string[] codes = [Jar, "(00)006141411234567890", "https://id.gs1.org/8004/9520123CYL-1", Drug, "91350100M000100Y43", "urn:uuid:0192d3a4-7a7e-7cc1-9c3e-000000000001", "https://id.gs1.org/01/09520120000038/10/L1"];
        var expected = codes.Select(code => Expected("link", code switch
        {
            ['h', ..] => new Uri(code).AbsolutePath,
            "(00)006141411234567890" => "/00/006141411234567890",
            Drug => "/e/urn%3Atracegrains%3Acn%3Adrug%3A" + Drug,
            "91350100M000100Y43" => "/e/urn%3Atracegrains%3Acn%3Auscc%3A91350100M000100Y43",
            _ => "/e/" + Uri.EscapeDataString(code),
        })).Order(StringComparer.Ordinal).ToList();
        var body = new { labels = codes.Select(code => new { code }) };

        var html = await silo.Post("/labels/sheet?columns=2&rows=2", body);
        Assert.Equal((200, "text/html"), (html.Status, html.MediaType));
        Assert.Contains("style-src 'sha256-", html.Header("Content-Security-Policy"));
        await Tool.Screenshot("file://" + folder.Write("sheet.html", html.Bytes), folder.Path("sheet.png"), 800, 2400);
        Assert.Equal(expected, (await Tool.Decode(folder.Path("sheet.png"))).Order(StringComparer.Ordinal));

        var pdf = await silo.Post("/labels/sheet?columns=2&rows=2&format=pdf", body);
        Assert.Equal((200, "application/pdf"), (pdf.Status, pdf.MediaType));
        await Tool.PdfToPng(folder.Write("sheet.pdf", pdf.Bytes), folder.Path("page"));
        var read = new List<string>();
        foreach (var page in (string[])["page-1.png", "page-2.png"]) read.AddRange(await Tool.Decode(folder.Path(page)));
        Assert.Equal(expected, read.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("code=", "code: text")]
    [InlineData("code=6901234567890&ecc=M", "code: check digit")]
    [InlineData("code=09520120000038&ecc=X", "ecc")]
    [InlineData("code=09520120000038&ecc=1", "ecc")]
    [InlineData("code=09520120000038&size=63", "size")]
    [InlineData("code=09520120000038&size=5000", "size")]
    [InlineData("code=09520120000038&size=64&format=png&ecc=H&text=none", "size")]
    [InlineData("code=09520120000038&quiet=3", "quiet")]
    [InlineData("code=09520120000038&format=gif", "format")]
    [InlineData("code=09520120000038&content=picture", "content")]
    [InlineData("code=09520120000038&code=09520120000038", "code")]
    public async Task A_wrong_wish_names_its_field(string query, string field)
    {
        var answer = await silo.Get("/labels/qr?" + query);
        Assert.Equal((400, field), (answer.Status, answer.Json.GetProperty("field").GetString()));
        Assert.NotEmpty(answer.Json.GetProperty("expected").GetString()!);
    }

    [Fact]
    public async Task A_line_too_long_or_with_markup_is_refused_or_escaped()
    {
        Assert.Equal(400, (await silo.Get($"/labels/qr?code=09520120000038&text={new string('x', 101)}")).Status);
        var svg = (await silo.Get($"/labels/qr?code=09520120000038&text={Uri.EscapeDataString("</svg><script>")}")).Text;
        Assert.DoesNotContain("<script>", svg);
        Assert.Equal("labels", (await silo.Post("/labels/sheet", new { labels = Array.Empty<object>() })).Json.GetProperty("field").GetString());
        Assert.Equal("labels[1].code: check digit", (await silo.Post("/labels/sheet", new { labels = new[] { new { code = "09520120000038" }, new { code = "09520120000039" } } })).Json.GetProperty("field").GetString());
    }

    [Fact]
    public async Task Chinese_lines_work_in_SVG_always_and_in_pictures_where_a_font_has_them_and_never_become_boxes()
    {
        var query = $"/labels/qr?size=600&code={Drug}&text={Uri.EscapeDataString("虚构片 24片/盒")}";
        Assert.Contains("虚构片", (await silo.Get(query)).Text);
        var png = await silo.Get(query + "&format=png");
        if (png.Status == 200)
        {
            using var folder = new Folder();
            Assert.Single(await Tool.Decode(folder.Write("zh.png", png.Bytes)));
        }
        else Assert.Equal((400, "text"), (png.Status, png.Json.GetProperty("field").GetString()));
        // Letters of a script that no font here draws.
        var none = await silo.Get($"/labels/qr?format=png&size=600&code={Drug}&text={Uri.EscapeDataString("\U00012000")}");
        Assert.Equal((400, "text"), (none.Status, none.Json.GetProperty("field").GetString()));
    }
}
