using static TraceGrains.Epcis.Tests.Documents;

namespace TraceGrains.Epcis.Tests;

public class HeaderTests(SharedSilo shared)
{
    [Theory]
    [InlineData("/epcis/capture", "GET, OPTIONS, POST", true)]
    [InlineData("/epcis/capture/{job}", "GET, OPTIONS", false)]
    [InlineData("/epcis/events", "OPTIONS, POST", false)]
    [InlineData("/epcis/events/{event}", "GET, OPTIONS", false)]
    public async Task Whoever_asks_what_there_is_hears_methods_versions_and_limits(string path, string methods, bool isCapture)
    {
        var job = await shared.Silo.Capture(Document(Shipping(NewId(), NewUnit())));
        path = path.Replace("{job}", job.Root.GetProperty("captureID").GetString(), StringComparison.Ordinal).Replace("{event}", job.Receipts[0].EventId, StringComparison.Ordinal);

        var answer = await shared.Silo.Send(HttpMethod.Options, path);

        Assert.Equal(204, answer.Status);
        Assert.Subset(answer.Headers["Allow"].Split(", ").ToHashSet(), methods.Split(", ").ToHashSet());
        foreach (var header in (string[])["GS1-EPCIS-Version", "GS1-EPCIS-Min", "GS1-EPCIS-Max", "GS1-CBV-Version", "GS1-CBV-Min", "GS1-CBV-Max"])
            Assert.Matches(@"^\d+(\.\d+)*$", answer.Headers[header]);
        foreach (var header in (string[])["GS1-Extensions", "GS1-Vendor-Version", "GS1-EPC-Format", "GS1-CBV-XML-Format"])
            Assert.NotEmpty(answer.Headers[header]);
        Assert.Equal(isCapture ? ("5000", "52428800", "all") : (null, null, null),
            (answer.Headers.GetValueOrDefault("GS1-EPCIS-Capture-Limit"), answer.Headers.GetValueOrDefault("GS1-EPCIS-Capture-File-Size-Limit"), answer.Headers.GetValueOrDefault("GS1-Capture-Error-Behaviour")));
    }

    [Theory]
    [InlineData("/epcis/capture/nobody")]
    [InlineData("/epcis/events/urn:uuid:nobody")]
    public async Task Of_what_is_not_there_nothing_can_be_discovered(string path) => (await shared.Silo.Send(HttpMethod.Options, path)).IsProblem(404, "NoSuchResourceException");

    [Fact]
    public async Task Every_answer_states_the_versions_refusals_included()
    {
        foreach (var answer in (Answer[])
            [
                await shared.Silo.Capture(Document(Shipping(NewId(), NewUnit()))), await shared.Silo.CaptureEvent(Bare(Shipping(NewId(), NewUnit()))), await shared.Silo.Get("/epcis/capture"),
                await shared.Silo.Capture("{}"u8.ToArray()), await shared.Silo.EventById("urn:uuid:nobody"), await shared.Silo.Get("/epcis/nothing/here"),
            ])
            Assert.Equal(("2.0.0", "2.0.0", true), (answer.Headers["GS1-EPCIS-Version"], answer.Headers["GS1-CBV-Version"], answer.Headers.ContainsKey("GS1-Extensions")));
    }

    [Theory]
    [InlineData("GS1-EPCIS-Version", "2.0", 202)]
    [InlineData("GS1-EPCIS-Version", "2.0.1", 202)]
    [InlineData("GS1-EPCIS-Version", "3.0.0", 406)]
    [InlineData("GS1-EPCIS-Version", "new", 400)]
    [InlineData("GS1-CBV-Version", "2.0.0", 202)]
    [InlineData("GS1-CBV-Version", "3", 406)]
    public async Task A_document_of_a_version_that_is_not_read_is_refused_and_not_stored(string header, string version, int status)
    {
        var id = NewId();

        var answer = await shared.Silo.Capture(Document(Shipping(id, NewUnit())), headers: (header, version));

        Assert.Equal(status, answer.Status);
        if (status != 202) answer.IsProblem(status, status == 406 ? "NotAcceptableException" : "ValidationException");
        Assert.Equal(status == 202 ? 200 : 404, (await shared.Silo.EventById(id)).Status);
    }

    [Theory]
    [InlineData("GS1-EPCIS-Min", "1.2.0", 200)]
    [InlineData("GS1-EPCIS-Min", "2.1.0", 406)]
    [InlineData("GS1-EPCIS-Max", "2.0.0", 200)]
    [InlineData("GS1-EPCIS-Max", "0.9", 406)]
    [InlineData("GS1-CBV-Max", "0.9", 406)]
    [InlineData("Accept", "application/json", 200)]
    [InlineData("Accept", "text/html, */*;q=0.1", 200)]
    [InlineData("Accept", "application/*", 200)]
    [InlineData("Accept", "application/ld+json; profile=\"https://www.w3.org/ns/json-ld#compacted\"", 200)]
    [InlineData("Accept", "application/json;q=0, text/html", 406)]
    [InlineData("Accept", "text/html", 406)]
    public async Task An_answer_that_the_client_could_not_read_is_refused(string header, string value, int status)
    {
        var answer = await shared.Silo.Send(HttpMethod.Get, "/epcis/capture?perPage=1", headers: (header, value));

        Assert.Equal(status, answer.Status);
        if (status != 200) answer.IsProblem(406, "NotAcceptableException");
    }

    [Fact]
    public async Task A_client_that_takes_no_JSON_is_refused_before_anything_is_recorded()
    {
        var id = NewId();

        (await shared.Silo.Capture(Document(Shipping(id, NewUnit())), headers: ("Accept", "text/html"))).IsProblem(406, "NotAcceptableException");

        Assert.Equal(404, (await shared.Silo.EventById(id)).Status);
    }

    [Fact]
    public async Task A_document_over_the_limit_is_told_the_limits()
    {
        var answer = await shared.Silo.Capture(Document(Enumerable.Repeat(Shipping(null, NewUnit()), 5_001)));

        answer.IsProblem(413, "CaptureLimitExceededException");
        Assert.Equal(("5000", "52428800"), (answer.Headers["GS1-EPCIS-Capture-Limit"], answer.Headers["GS1-EPCIS-Capture-File-Size-Limit"]));
    }

    [Fact]
    public async Task What_routing_refuses_is_a_problem_document_too()
    {
        (await shared.Silo.Get("/epcis/nothing/here")).IsProblem(404, "NoSuchResourceException");
        (await shared.Silo.Send(HttpMethod.Delete, "/epcis/capture")).IsProblem(405, "ImplementationException");
    }
}
