using System.Text;
using TraceGrains.Domain.Events;
using static TraceGrains.Epcis.Tests.Documents;

namespace TraceGrains.Epcis.Tests;

/// <summary>What a request may look like, and what is said of one that may not.</summary>
public class RequestTests(SharedSilo shared)
{
    [Theory]
    [InlineData("application/json")]
    [InlineData("application/ld+json")]
    [InlineData("Application/JSON")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json;charset=\"UTF-8\"")]
    [InlineData("application/ld+json; profile=\"http://www.w3.org/ns/json-ld#compacted\"")]
    public async Task Every_spelling_of_a_media_type_that_is_read_is_accepted(string mediaType)
    {
        Assert.Single((await shared.Silo.Capture(Document(Shipping(NewId(), NewUnit())), mediaType)).Receipts);
        Assert.Equal(201, (await shared.Silo.CaptureEvent(Bare(Shipping(NewId(), NewUnit())), mediaType)).Status);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/jsonx")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("json")]
    [InlineData(null)]
    public async Task Another_media_type_is_refused_with_415_naming_what_is_read(string? mediaType)
    {
        foreach (var path in (string[])["/epcis/capture", "/epcis/events"])
        {
            var answer = await shared.Silo.Send(HttpMethod.Post, path, Document(Shipping(NewId(), NewUnit())), mediaType);

            answer.IsProblem(415, "UnsupportedMediaTypeException");
            var detail = answer.Root.GetProperty("detail").GetString()!;
            Assert.Contains("application/ld+json", detail, StringComparison.Ordinal);
            Assert.Contains($"found {mediaType ?? "none"}", detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_packed_body_is_refused_with_415_rather_than_read_as_garbage() =>
        (await shared.Silo.Capture(Document(Shipping(NewId(), NewUnit())), headers: ("Content-Encoding", "gzip"))).IsProblem(415, "UnsupportedMediaTypeException");

    [Theory]
    [InlineData("", "nothing")]
    [InlineData("{\"type\":", null)]
    [InlineData("[]", "[]")]
    [InlineData("\"EPCISDocument\"", "\"EPCISDocument\"")]
    public async Task A_body_that_is_no_document_is_refused_with_400_saying_what_was_expected(string body, string? found)
    {
        var answer = await shared.Silo.Capture(Encoding.UTF8.GetBytes(body));

        answer.IsProblem(400, "ValidationException");
        var problem = Assert.Single(answer.Problems);
        Assert.Equal((null, "document", found), (problem.Event, problem.Field, problem.Found));
    }

    [Fact]
    public async Task A_document_sent_to_events_and_an_event_sent_to_capture_are_refused_with_400()
    {
        (await shared.Silo.CaptureEvent(Document(Shipping(NewId(), NewUnit())))).IsProblem(400, "ValidationException");
        (await shared.Silo.Capture(Bare(Shipping(NewId(), NewUnit())))).IsProblem(400, "ValidationException");
    }

    [Fact]
    public async Task A_document_without_events_is_accepted() => Assert.Empty((await shared.Silo.Capture(Document())).Receipts);

    [Fact]
    public async Task As_many_events_as_the_limit_are_accepted_and_one_more_is_refused_with_413()
    {
        // All but a few are the same event: what is counted is events, not what is new.
        var same = Shipping(null, NewUnit());
        var most = Enumerable.Repeat(same, CaptureLimits.MaxEvents).ToList();

        Assert.Equal(CaptureLimits.MaxEvents, (await shared.Silo.Capture(Document(most))).Receipts.Length);
        var answer = await shared.Silo.Capture(Document(most.Append(same)));

        answer.IsProblem(413, "CaptureLimitExceededException");
        Assert.Equal((null, "epcisBody.eventList", "5001"), (answer.Problems[0].Event, answer.Problems[0].Field, answer.Problems[0].Found));
    }

    [Fact]
    public async Task A_body_that_announces_more_bytes_than_the_limit_is_refused_before_it_is_sent()
    {
        using var connection = await RawConnection.Open(shared.Silo.Http.BaseAddress!);
        await connection.Write($"POST /epcis/capture HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {CaptureLimits.MaxDocumentBytes + 1}\r\n\r\n");

        var head = await connection.ReadHead();

        Assert.StartsWith("HTTP/1.1 413 ", head, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/problem+json", head, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_body_of_unknown_length_is_refused_where_it_passes_the_limit()
    {
        using var connection = await RawConnection.Open(shared.Silo.Http.BaseAddress!);
        await connection.Write("POST /epcis/capture HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        var mebibyte = new string(' ', 1 << 20);
        for (var sent = 0; sent < CaptureLimits.MaxDocumentBytes; sent += mebibyte.Length) await connection.Write($"{mebibyte.Length:x}\r\n{mebibyte}\r\n");
        await connection.Write("1\r\n \r\n");

        Assert.StartsWith("HTTP/1.1 413 ", await connection.ReadHead(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PUT", "/epcis/capture")]
    [InlineData("DELETE", "/epcis/events/urn:uuid:1")]
    [InlineData("PATCH", "/epcis/events")]
    public async Task Another_method_is_refused_with_405_naming_those_that_there_are(string method, string path)
    {
        var answer = await shared.Silo.Send(new HttpMethod(method), path, "{}"u8.ToArray(), Requests.Json);

        Assert.Equal(405, answer.Status);
        Assert.Contains(path.Contains(':', StringComparison.Ordinal) ? "GET" : "POST", answer.Headers["Allow"], StringComparison.Ordinal);
    }
}
