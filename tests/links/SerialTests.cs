using System.Text.Json.Nodes;
using TraceGrains.Domain.Identity;
using TraceGrains.Domain.Labels;
using TraceGrains.Tests;

namespace TraceGrains.Links.Tests;

public sealed class SerialTests(Silo silo)
{
    static string Gtin(int item) => CheckDigit.Append($"0952000{item:000000}");

    [Fact]
    public async Task A_hundred_thousand_serials_are_distinct_and_right_and_are_told_again()
    {
        var (id, gtin) = (Guid.NewGuid(), Gtin(1));
        var answer = await silo.Post("/labels/serials", new { id, code = gtin, count = SerialNumbers.CountMax });
        Assert.Equal((201, $"/labels/serials/{id}"), (answer.Status, answer.Header("Location")));
        var serials = Serials(answer);
        Assert.Equal(SerialNumbers.CountMax, serials.Distinct(StringComparer.Ordinal).Count());
        foreach (var serial in serials.Where((_, i) => i % 997 == 0))
            Assert.True(Identifier.TryIdentify($"https://id.gs1.org/01/{gtin}/21/{serial}", out var unit, out _) && unit.Code.EndsWith("/21/" + serial, StringComparison.Ordinal));

        var again = await silo.Post("/labels/serials", new { id, code = gtin, count = SerialNumbers.CountMax });
        Assert.Equal(200, again.Status);
        Assert.Equal(serials, Serials(again));
        Assert.Equal(serials, Serials(await silo.Get($"/labels/serials/{id}")));
        Assert.Equal(409, (await silo.Post("/labels/serials", new { id, code = gtin, count = 5 })).Status);
    }

    [Fact]
    public async Task Serials_asked_for_at_the_same_time_never_meet()
    {
        var gtin = Gtin(2);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => silo.Post("/labels/serials", new { code = $"https://id.gs1.org/01/{gtin}/10/L{i}", count = 500 })));
        var serials = answers.SelectMany(Serials).ToList();
        Assert.Equal(20 * 500, serials.Count);
        Assert.Equal(serials.Count, serials.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task A_list_for_the_printer_has_serial_code_and_link()
    {
        var lot = $"https://id.gs1.org/01/{Gtin(3)}/10/L1";
        var answer = await silo.Post("/labels/serials", new { code = lot, count = 3 }, "text/csv");
        Assert.Equal((201, "text/csv"), (answer.Status, answer.MediaType));
        var lines = answer.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("serial,code,link", lines[0]);
        Assert.Equal(4, lines.Length);
        foreach (var line in lines[1..])
        {
            var cells = line.Split(',');
            Assert.Equal($"https://id.gs1.org/01/{Gtin(3)}/21/{cells[0]}", cells[1]);
            Assert.EndsWith($"/01/{Gtin(3)}/10/L1/21/{cells[0]}", cells[2]);
            Assert.True(Identifier.TryIdentify(cells[2], out var unit, out _) && unit.Code == cells[1] && unit.LotCode == lot);
        }
    }

    [Theory]
    [InlineData("""{"code":"09520120000038","count":0}""", "count")]
    [InlineData("""{"code":"09520120000038","count":100001}""", "count")]
    [InlineData("""{"code":"09520120000039","count":1}""", "code: check digit")]
    [InlineData("""{"code":"81234567890123456789","count":1}""", "code")]
    [InlineData("""{"code":"(01)09520120000038(21)1","count":1}""", "code")]
    [InlineData("""{"code":"09520120000038","count":1,"id":"1"}""", "id")]
    [InlineData("""{"code":"09520120000038","count":"x"}""", "$.count")]
    [InlineData("[]", "$")]
    public async Task A_wrong_wish_names_its_field(string body, string field)
    {
        using var response = await silo.Http.PostAsync("/labels/serials", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        var answer = await Answer.Of(response);
        Assert.Equal((400, field), (answer.Status, answer.Json.GetProperty("field").GetString()));
    }

    [Fact]
    public async Task What_was_issued_outlives_the_process_and_no_serial_comes_twice()
    {
        var data = Directory.CreateTempSubdirectory("tracegrains-serials-");
        try
        {
            var (id, gtin) = (Guid.NewGuid(), Gtin(4));
            string[] before;
            await using (var first = await SiloProcess.Start(data.FullName))
            {
                using var http = Silo.ClientOf(first);
                before = await Issue(http, id, gtin, 2_000);
                await first.Kill();
            }
            await using var second = await SiloProcess.Start(data.FullName);
            using var again = Silo.ClientOf(second);
            Assert.Equal(before, await Issue(again, id, gtin, 2_000));
            var after = await Issue(again, Guid.NewGuid(), gtin, 2_000);
            Assert.Empty(before.Intersect(after, StringComparer.Ordinal));
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    static async Task<string[]> Issue(HttpClient http, Guid id, string gtin, int count)
    {
        using var response = await http.PostAsync("/labels/serials", new StringContent(new JsonObject { ["id"] = id.ToString(), ["code"] = gtin, ["count"] = count }.ToJsonString(), System.Text.Encoding.UTF8, "application/json"));
        return [.. Serials(await Answer.Of(response))];
    }

    static IEnumerable<string> Serials(Answer answer) => [.. answer.Json.GetProperty("serials").EnumerateArray().Select(serial => serial.GetString()!)];
}
