using TraceGrains.Contracts.Queries;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Events.Xml;

namespace TraceGrains.Silo.Epcis.Queries;

/// <summary>In which form and spelling a client wants a query document: JSON-LD or XML, identifiers as they were captured unless it asks otherwise, so that an event comes back as it was said.</summary>
sealed class QueryAnswerForm(string mediaType, bool isXml, Spelling spelling)
{
    /// <summary>What the headers ask for; a problem (406) where that cannot be given.</summary>
    public static (QueryAnswerForm? Form, IResult? Problem) Of(HttpRequest request)
    {
        var (spelling, refused) = AnswerSpelling.Of(request);
        if (spelling is null) return (null, refused);
        if (AnswerTypes.PreferredXml(request) is { } xml) return (new(xml, isXml: true, spelling), null);
        return AnswerTypes.PreferredJson(request) is { } json
            ? (new(json, isXml: false, spelling), null)
            : (null, Problems.NotAcceptable("Accept", "application/json or application/xml", request.Headers.Accept.ToString()));
    }

    public IResult Write(HttpContext http, QueriedEvent[] events, string queryName, DateTimeOffset now)
    {
        http.Response.Headers[AnswerSpelling.EpcFormat] = AnswerSpelling.NameOf(spelling.Epc);
        if (!isXml) return Results.Bytes(QueryDocument.Write(events, queryName, now, spelling), mediaType);
        var buffer = new MemoryStream();
        EpcisXml.WriteQueryDocument(buffer, events.Select(e => new EventToWrite(e.Json, e.EventId, e.RecordTime)), queryName, null, now, spelling);
        return Results.Bytes(buffer.ToArray(), mediaType);
    }
}
