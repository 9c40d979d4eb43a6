using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using TraceGrains.Domain.Events.Xml;

namespace TraceGrains.Domain.Events;

/// <summary>Reads a whole document, or one event: all of its events, or all of its problems.</summary>
sealed class DocumentReader
{
    static readonly JsonProperty[] NothingCarried = [];

    readonly ProblemList problems = new();
    readonly List<int> positions = [];
    readonly IdentityCache ids = new();
    readonly EventHash hash = new();
    readonly ArrayBufferWriter<byte> scratch = new(4096);
    readonly EventReader events;
    readonly bool trusted, proceeds;
    readonly List<JsonElement> vocabularies = [];
    IReadOnlyList<CanonicalEvent> masterData = [];
    readonly XmlProblems? earlier;

    DocumentReader(bool trusted, bool proceeds = false, XmlProblems? earlier = null)
    {
        (this.trusted, this.proceeds, this.earlier) = (trusted, proceeds, earlier);
        events = new EventReader(problems, ids, trusted, asXml: trusted || earlier is not null);
    }

    /// <param name="utf8">The document in JSON-LD.</param>
    /// <param name="behaviour">What becomes of the good events beside the bad.</param>
    /// <param name="earlier">What is already known to be wrong with its events, where it was written in another form.</param>
    public static ReadDocument Document(ReadOnlyMemory<byte> utf8, CaptureErrorBehaviour behaviour, XmlProblems? earlier = null) =>
        new DocumentReader(false, behaviour == CaptureErrorBehaviour.Proceed, earlier).Read(utf8, (reader, root, read) => reader.ReadDocument(root, read));

    public static ReadDocument Event(ReadOnlyMemory<byte> utf8, bool trusted, XmlProblems? earlier = null) => new DocumentReader(trusted, earlier: earlier).Read(utf8, (reader, root, read) =>
    {
        if (root.ValueKind == JsonValueKind.Object && !root.TryGetProperty("@context"u8, out _))
            reader.problems.Add("@context", ContextExpected, null);
        reader.ReadEvent(root, null, JsonLdContext.Empty, [], NothingCarried, read);
    });

    const string ContextExpected = "a JSON-LD context: the address of the EPCIS context, an object of prefixes, or an array of these";

    ReadDocument Read(ReadOnlyMemory<byte> utf8, Action<DocumentReader, JsonElement, List<CanonicalEvent>> body)
    {
        if (utf8.Length > CaptureLimits.MaxDocumentBytes)
            return new([], [new CaptureProblem(null, "document", $"at most {CaptureLimits.MaxDocumentBytes} bytes", $"{utf8.Length} bytes") { ExceedsCaptureLimit = true }]);
        // A byte order mark is no JSON, but many an editor leaves one.
        if (utf8.Span.StartsWith("\uFEFF"u8))
            utf8 = utf8[3..];
        if (MalformedText(utf8.Span) is { } place)
            return Refused($"well-formed JSON ({place})", "a text that is not Unicode");
        JsonDocument json;
        try
        {
            json = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = CaptureLimits.MaxJsonDepth });
        }
        catch (JsonException malformed)
        {
            return TooDeep(utf8.Span)
                ? Refused($"objects and arrays nested at most {CaptureLimits.MaxJsonDepth} deep", "deeper nesting")
                : Refused($"well-formed JSON (line {malformed.LineNumber + 1}, byte {malformed.BytePositionInLine + 1})", utf8.Length == 0 ? "nothing" : null);
        }
        using (json)
        {
            List<CanonicalEvent> read = [];
            body(this, json.RootElement, read);
            if (problems.Count == 0) return new ReadDocument(read, []) { MasterData = masterData };
            return proceeds && problems.Found.All(problem => problem.EventIndex is not null) ? new ReadDocument(read, problems.Found) { Positions = positions, MasterData = masterData } : new ReadDocument([], problems.Found);
        }
    }

    static ReadDocument Refused(string expected, string? found) => new([], [new CaptureProblem(null, "document", expected, found)]);

    void ReadDocument(JsonElement root, List<CanonicalEvent> read)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            problems.Add("document", "an EPCISDocument or EPCISQueryDocument", ProblemList.Shorten(root));
            return;
        }
        var type = root.TryGetProperty("type"u8, out var named) && named.ValueKind == JsonValueKind.String ? named.GetString() : null;
        var query = type == "EPCISQueryDocument";
        if (type is not ("EPCISDocument" or "EPCISQueryDocument"))
            problems.Add("type", "EPCISDocument or EPCISQueryDocument", named.ValueKind == JsonValueKind.Undefined ? null : ProblemList.Shorten(named));

        List<JsonProperty> carried = [];
        JsonElement? contextElement = root.TryGetProperty("@context"u8, out var given) ? given : null;
        var contextIsSound = contextElement is { } c && CheckContext(c);
        if (contextElement is null)
            problems.Add("@context", ContextExpected, null);
        var context = contextIsSound ? JsonLdContext.Read(contextElement!.Value) : JsonLdContext.Empty;

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in root.EnumerateObject())
        {
            var name = member.Name;
            if (!names.Add(name))
            {
                problems.Add(name, "each member once", "the same member again");
                continue;
            }
            switch (name)
            {
                case "@context" or "type" or "epcisBody":
                    break;
                case "id":
                    Require(member, value => value.ValueKind == JsonValueKind.String && UriText.IsUri(value.GetString()), "an absolute URI");
                    break;
                case "schemaVersion":
                    Require(member, IsVersion, "a version number, such as 2.0");
                    break;
                case "creationDate":
                    Require(member, IsTime, EventClock.Expected);
                    break;
                case "instanceIdentifier" or "sender" or "receiver" when !query:
                    Require(member, value => value.ValueKind == JsonValueKind.String, "a text");
                    break;
                case "epcisHeader" when !query:
                    MasterData.Check(member.Value, problems);
                    if (problems.Count == 0 && MasterData.ListIn(member.Value) is { } inHeader)
                        vocabularies.Add(inHeader);
                    break;
                default:
                    DocumentMember(member, context, carried);
                    break;
            }
        }
        if (!query && !names.Contains("schemaVersion"))
            problems.Add("schemaVersion", "a version number, such as 2.0", null);
        if (!query && !names.Contains("creationDate"))
            problems.Add("creationDate", EventClock.Expected, null);

        if (!root.TryGetProperty("epcisBody"u8, out var body) || body.ValueKind != JsonValueKind.Object)
        {
            problems.Add("epcisBody", query ? "an object with queryResults" : "an object with eventList", body.ValueKind == JsonValueKind.Undefined ? null : ProblemList.Shorten(body));
            return;
        }
        problems.Enter("epcisBody");
        var list = query ? QueryResults(body, context, carried) : Member(body, "eventList", "a list of events");
        if (list is { ValueKind: JsonValueKind.Array } found)
            ReadEvents(found, contextElement is { } sound && contextIsSound ? sound : null, context, carried, read);
        else if (list is { } other)
            problems.Add("eventList", "a list of events", ProblemList.Shorten(other));
        problems.Leave();
        if (problems.Found.All(problem => problem.EventIndex is not null) && vocabularies.Count > 0 && root.TryGetProperty("creationDate"u8, out var said) && EventClock.TryRead(said.GetString(), out var time))
            masterData = MasterDataEvent.Build([.. vocabularies.SelectMany(vocabulary => MasterData.Elements(vocabulary, context, ids))], time);
    }

    JsonElement? QueryResults(JsonElement body, JsonLdContext context, List<JsonProperty> carried)
    {
        OnlyKnown(body, context, null, "queryResults");
        if (Member(body, "queryResults", "an object with queryName and resultsBody") is not { } results)
            return null;
        if (results.ValueKind != JsonValueKind.Object)
        {
            problems.Add("queryResults", "an object with queryName and resultsBody", ProblemList.Shorten(results));
            return null;
        }
        problems.Enter("queryResults");
        JsonElement? list = null;
        OnlyKnown(results, context, carried, "queryName", "subscriptionID", "resultsBody");
        if (Member(results, "queryName", "the name of a query") is { ValueKind: not JsonValueKind.String } name)
            problems.Add("queryName", "the name of a query", ProblemList.Shorten(name));
        if (results.TryGetProperty("subscriptionID"u8, out var subscription) && subscription.ValueKind != JsonValueKind.String)
            problems.Add("subscriptionID", "the id of a subscription", ProblemList.Shorten(subscription));
        if (Member(results, "resultsBody", "an object with eventList") is { } resultsBody)
        {
            problems.Enter("resultsBody");
            if (resultsBody.ValueKind != JsonValueKind.Object)
                problems.Add("an object with eventList", resultsBody);
            else
            {
                OnlyKnown(resultsBody, context, null, "eventList", "vocabularyList");
                if (resultsBody.TryGetProperty("vocabularyList"u8, out var inResults))
                {
                    MasterData.CheckVocabularies(inResults, problems);
                    vocabularies.Add(inResults);
                }
                list = Member(resultsBody, "eventList", "a list of events");
            }
            problems.Leave();
        }
        problems.Leave();
        return list;
    }

    void ReadEvents(JsonElement list, JsonElement? outer, JsonLdContext context, List<JsonProperty> carried, List<CanonicalEvent> read)
    {
        var count = list.GetArrayLength();
        if (count > CaptureLimits.MaxEvents)
        {
            problems.AddLimit("eventList", $"at most {CaptureLimits.MaxEvents} events in one document", $"{count}");
            return;
        }
        problems.Leave(); // Paths of an event begin at the event.
        var outerBytes = outer is { } element ? CanonicalJson.MergeContexts(element, null) : [];
        read.Capacity = count;
        var index = 0;
        foreach (var value in list.EnumerateArray())
        {
            problems.EventIndex = index++;
            if (proceeds)
                problems.MakeRoom();
            ReadEvent(value, outer, context, outerBytes, carried, read);
            if (problems.Full && !proceeds)
                break;
        }
        problems.EventIndex = null;
        problems.Enter("epcisBody");
    }

    void ReadEvent(JsonElement value, JsonElement? outer, JsonLdContext context, byte[] contextBytes, IReadOnlyList<JsonProperty> carried, List<CanonicalEvent> read)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            problems.Add("an event: an object with a type", value);
            return;
        }
        // Where one bad event spoils all, nothing is worked out for the others beyond what is wrong with them.
        var before = proceeds ? problems.Count : 0;
        if (earlier is not null)
            problems.Add(earlier.Of(problems.EventIndex ?? XmlDocumentTranslator.BareEventIndex));
        var size = JsonMarshal.GetRawUtf8Value(value).Length;
        // What was accepted stays readable: stored events carry their context besides, and two merged contexts may well be alike.
        if (!trusted && size > CaptureLimits.MaxEventBytes)
        {
            problems.Add(null, $"at most {CaptureLimits.MaxEventBytes} bytes in one event", $"{size} bytes");
            return;
        }
        if (value.TryGetProperty("@context"u8, out var own))
        {
            if (!CheckContext(own))
                return;
            contextBytes = CanonicalJson.MergeContexts(outer, own);
            // The meaning is taken from the very bytes that are kept, so that reading them back cannot come to another one.
            using var merged = JsonDocument.Parse(contextBytes, new JsonDocumentOptions { MaxDepth = CaptureLimits.MaxJsonDepth });
            context = JsonLdContext.Read(merged.RootElement);
        }
        if (events.Read(value, context) is not { } said || problems.Count > before)
            return;
        if (carried.Count > 0)
            carried = [.. carried.Where(member => !value.TryGetProperty(member.Name, out _))];
        var content = new EventContent(context, ids).Of(value, carried);
        if (proceeds)
            positions.Add(problems.EventIndex!.Value);
        read.Add(new CanonicalEvent
        {
            Event = said,
            Json = CanonicalJson.Of(value, contextBytes, carried, scratch),
            CbvHash = hash.Of(content),
        });
    }

    bool CheckContext(JsonElement context)
    {
        var before = problems.Count;
        problems.Enter("@context");
        var size = JsonMarshal.GetRawUtf8Value(context).Length;
        if (!trusted && size > CaptureLimits.MaxContextBytes)
            problems.Add(null, $"a context of at most {CaptureLimits.MaxContextBytes} bytes", $"{size} bytes");
        else if (!trusted && context.ValueKind == JsonValueKind.Array && context.GetArrayLength() > CaptureLimits.MaxContexts)
            problems.Add(null, $"at most {CaptureLimits.MaxContexts} contexts", $"{context.GetArrayLength()}");
        else if (context.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            var earlier = new List<JsonElement>();
            foreach (var part in context.EnumerateArray())
            {
                problems.Enter(index++);
                Part(part);
                if (!trusted && earlier.Exists(other => JsonElement.DeepEquals(other, part)))
                    problems.Add("each context once", part);
                earlier.Add(part);
                problems.Leave();
            }
        }
        else
            Part(context);
        problems.Leave();
        return problems.Count == before;

        void Part(JsonElement part)
        {
            if (part.ValueKind == JsonValueKind.String ? !UriText.IsUri(part.GetString()) : part.ValueKind != JsonValueKind.Object)
                problems.Add(ContextExpected, part);
            else if (part.ValueKind == JsonValueKind.Object)
            {
                var names = new HashSet<string>(StringComparer.Ordinal);
                foreach (var member in part.EnumerateObject())
                    if (!names.Add(member.Name))
                        problems.Add(member.Name, "each member once", "the same member again");
                    else if (JsonLdContext.MeaningOf(member.Value) is { Length: > CaptureLimits.MaxNamespaceLength } meaning)
                        problems.Add(member.Name, $"an address of at most {CaptureLimits.MaxNamespaceLength} characters", ProblemList.Shorten(meaning));
            }
        }
    }

    void DocumentMember(JsonProperty member, JsonLdContext context, List<JsonProperty>? carried)
    {
        if (!UriText.IsUri(member.Name))
            problems.Add(member.Name, "a member of an EPCIS document, or one of your own named by a URI or a CURIE", ProblemList.Shorten(member.Value));
        else if (!trusted && JsonLdContext.IsReserved(context.Expand(member.Name)))
            problems.Add(member.Name, "nothing here: reserved for TraceGrains itself", ProblemList.Shorten(member.Value));
        else if (carried is not null && EventContent.IsIgnoreList(member.Name) && carried.All(earlier => earlier.Name != member.Name))
        {
            // It goes into every event, as the context does.
            if (!EventContent.IsListOfNames(member.Value))
                problems.Add(member.Name, "a list of field names", ProblemList.Shorten(member.Value));
            else if (JsonMarshal.GetRawUtf8Value(member.Value).Length > CaptureLimits.MaxContextBytes || carried.Count == 4)
                problems.Add(member.Name, $"at most four lists of fields to ignore, each of at most {CaptureLimits.MaxContextBytes} bytes", ProblemList.Shorten(member.Value));
            else
                carried.Add(member);
        }
    }

    void OnlyKnown(JsonElement value, JsonLdContext context, List<JsonProperty>? carried, params ReadOnlySpan<string> known)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
            if (!names.Add(member.Name))
                problems.Add(member.Name, "each member once", "the same member again");
            else if (!known.Contains(member.Name))
                DocumentMember(member, context, carried);
    }

    JsonElement? Member(JsonElement value, string name, string expected)
    {
        if (value.TryGetProperty(name, out var member))
            return member;
        problems.Add(name, expected, null);
        return null;
    }

    void Require(JsonProperty member, Func<JsonElement, bool> holds, string expected)
    {
        if (!holds(member.Value))
            problems.Add(member.Name, expected, ProblemList.Shorten(member.Value));
    }

    static bool IsTime(JsonElement value) => value.ValueKind == JsonValueKind.String && EventClock.TryRead(value.GetString(), out _);

    static bool IsVersion(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text && text.Split('.').All(part => part.Length > 0 && part.All(char.IsAsciiDigit));

    // JSON may carry what is no text: broken UTF-8, or half a surrogate pair as an escape. Both would fail much later, in the middle of a string.
    static string? MalformedText(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
            return "valid UTF-8";
        if (utf8.IndexOf("\\ud"u8) < 0 && utf8.IndexOf("\\uD"u8) < 0)
            return null;
        try
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = 1000 });
            while (reader.Read())
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                    try
                    {
                        reader.GetString();
                    }
                    catch (InvalidOperationException)
                    {
                        return $"complete surrogate pairs, byte {reader.TokenStartIndex + 1}";
                    }
        }
        catch (JsonException)
        {
            // Not well-formed either; the parser says where.
        }
        return null;
    }

    static bool TooDeep(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = CaptureLimits.MaxJsonDepth + 1 });
        try
        {
            while (reader.Read())
                if (reader.CurrentDepth >= CaptureLimits.MaxJsonDepth && reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
                    return true;
        }
        catch (JsonException)
        {
            return reader.CurrentDepth >= CaptureLimits.MaxJsonDepth;
        }
        return false;
    }
}
