using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using System.Text;
using GraphQL;
using TraceGrains.Contracts.Custody;
using TraceGrains.GraphQL.Nodes;

namespace TraceGrains.GraphQL.Events;

[Description("A recorded EPCIS 2.0 event. Nothing in the ledger is edited or deleted; a mistake is withdrawn by an error declaration.")]
[Implements(typeof(INode))]
public sealed class Event(EventView view) : INode
{
    [Id]
    [Description("What 'node' takes to answer it again.")]
    public string NodeId => new Nodes.NodeId(NodeSort.Event, view.Sequence.ToString(CultureInfo.InvariantCulture)).ToString();

    readonly Lazy<JsonElement> content = new(() => Read(view.Json));

    [Id]
    [Description("The id it is known by: its eventID, or its CBV hash where it came without one.")]
    public string Id => view.EventId;

    [Description("Place in the ledger's order, from 1.")]
    public long Sequence => view.Sequence;

    [Description("When it was recorded.")]
    public DateTimeOffset RecordTime => view.RecordTime;

    [Description("When it happened, with the offset in which it was written down; null when it cannot be read.")]
    public DateTimeOffset? EventTime =>
        DateTimeOffset.TryParse(Text("eventTime"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    [Description("EPCIS event type, such as ObjectEvent.")]
    public string? Type => Text("type");

    [Description("EPCIS action: ADD, OBSERVE or DELETE; null for events that have none.")]
    public string? Action => Text("action");

    [Description("CBV business step, as stored; null when not given.")]
    public string? BizStep => Text("bizStep");

    [Description("CBV disposition, as stored; null when not given.")]
    public string? Disposition => Text("disposition");

    [Description("Where it was observed (id of the readPoint); null when not given.")]
    public string? ReadPoint => PlaceOf("readPoint");

    [Description("Where the things are afterwards (id of the bizLocation); null when not given.")]
    public string? BizLocation => PlaceOf("bizLocation");

    [Description("The whole event as canonical JSON-LD, as stored.")]
    public string Json => Encoding.UTF8.GetString(view.Json);

    [Description("SHA-256 over record time and stored bytes, hexadecimal: what the chains hash.")]
    public string EventHash => view.EventHash;

    [Description("CBV 2.0 hash id (ni:///sha-256;…).")]
    public string CbvHash => view.CbvHash;

    [Description("Whether it is an error declaration itself.")]
    public bool DeclaresError => view.DeclaresError;

    [Complexity(Limits.CallWeight)]
    [Description("The error declaration that withdrew its effect; null while it stands.")]
    public async Task<Event?> WithdrawnBy(IResolveFieldContext context) => view.WithdrawnBy is { } sequence ? await At(context, sequence) : null;

    [Complexity(Limits.CallWeight)]
    [Description("Error declarations recorded under the same id, oldest first; this event itself is left out.")]
    public async Task<IReadOnlyList<Event>> Corrections(IResolveFieldContext context) =>
        [.. (await context.Reads().EventsOf[view.EventId]).Where(other => other.DeclaresError && other.Sequence != view.Sequence).Select(other => new Event(other))];

    [Complexity(Limits.CallWeight)]
    [Description("Proof that it stands in the transparency log; a tree head is signed for it where the latest is older.")]
    public async Task<Transparency.InclusionProof> Inclusion([FromServices] IGrainFactory grains) =>
        Transparency.InclusionProof.Of(await grains.GetGrain<Contracts.Transparency.ITransparencyGrain>(0).Inclusion(view.Sequence, null));

    /// <summary>A field of it as a caller may see it: of the whole event, of what grants show of it, or of what anybody may know.</summary>
    internal async ValueTask<string?> Shown(Contracts.Access.Viewer viewer, string field)
    {
        if (content.Value.ValueKind != JsonValueKind.Object) return field == "json" ? "{}" : null;
        var shown = await viewer.Shown(view.Json) ?? Domain.Access.PublicEvent.Of(view.Json);
        if (field == "json") return Encoding.UTF8.GetString(shown.Span);
        using var document = JsonDocument.Parse(shown, new JsonDocumentOptions { MaxDepth = Domain.Events.CaptureLimits.MaxJsonDepth });
        return document.RootElement.TryGetProperty(field, out var place) ? TextOf(place, "id") : null;
    }

    internal static async Task<Event?> At(IResolveFieldContext context, long sequence) => await context.Reads().Events[sequence] is { } found ? new Event(found) : null;

    string? Text(string name) => TextOf(content.Value, name);

    static string? TextOf(JsonElement part, string name) =>
        part.ValueKind == JsonValueKind.Object && part.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    string? PlaceOf(string name) =>
        content.Value.ValueKind == JsonValueKind.Object && content.Value.TryGetProperty(name, out var place) ? TextOf(place, "id") : null;

    /// <summary>A ledger that somebody tampered with may have lost an event's bytes or spoilt them. The chain's check says so; the rest still has to be shown.</summary>
    static JsonElement Read(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
