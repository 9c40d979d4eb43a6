using TraceGrains.Contracts.Custody;
using TraceGrains.Contracts.Lineage;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Identity;
using TraceGrains.Domain.Identity.Chinese;
using TraceGrains.Domain.Identity.Scanning;
using TraceGrains.Domain.Lineage;
using TraceGrains.Ledger;

namespace TraceGrains.Silo.Links;

/// <summary>
/// Puts together what the public may know of a thing. A unit's story is told by its own events, by those of the containers it lay in while it lay in them, and by
/// how its lot was made.
/// </summary>
sealed class Provenance(IGrainFactory grains, ILedger ledger, IPublicDirectory directory)
{
    /// <summary>A crate that is used again and again has a long chain, of which one thing's story needs a short window.</summary>
    const int ContainerEventsMax = 2_000;

    const int EventsMax = 300, ContainersMax = 30, NestingMax = 4, MadeFromMax = 20;

    /// <param name="identified">The thing.</param>
    /// <param name="tells">Whether its story is wanted: without it the answer costs little.</param>
    public async Task<PublicRecord> Of(Identification identified, bool tells)
    {
        var record = new PublicRecord
        {
            Code = identified.Code, Kind = identified.Kind, IsOnRecord = false, LotCode = identified.LotCode,
            Parts = ScannedText.Identify(identified.Code).Best?.Parts ?? [], Name = await NameOf(identified.Code),
        };
        if (await GrainOf(identified.Code, identified.Kind).View(null) is not { } view)
            return record with { IsOnRecord = await IsKnownProduct(identified), Wider = await Wider(identified) };

        record = record with { IsOnRecord = true, Recalls = await RecallsOf(view) };
        // Everything that ever passed a company or a place stands in its chain: that is for those who may see it.
        if (!tells || view.Kind is EntityKind.Enterprise or EntityKind.Location or EntityKind.Recall) return record;
        return await Tell(record, view.Kind);
    }

    async Task<PublicRecord> Tell(PublicRecord record, EntityKind kind)
    {
        var story = new Dictionary<long, ToldEvent>();
        await foreach (var told in EventsOf(record.Code, record.Kind, EventsMax)) story.TryAdd(told.Sequence, told);
        var ties = await grains.GetGrain<ILineageGrain>(0).Neighbours(new TraceRequest { Code = record.Code, Direction = TraceDirection.Backward, Depth = 1, First = 100 });
        var lot = ties.FirstOrDefault(tie => tie.Kind == EdgeKind.MemberOf)?.To ?? record.LotCode;
        var inputs = ties.Where(tie => tie.Kind == EdgeKind.MadeOf).Select(tie => tie.To).ToList();
        if (lot is not null)
        {
            await foreach (var told in EventsOf(lot, CodeKind.Batch, EventsMax))
                if (IsOfMaking(told.Event, lot)) story.TryAdd(told.Sequence, told);
            inputs.AddRange((await grains.GetGrain<ILineageGrain>(0).Neighbours(new TraceRequest { Code = lot, Direction = TraceDirection.Backward, Follow = EdgeKind.MadeOf, Depth = 1, First = MadeFromMax })).Select(tie => tie.To));
        }
        await AddContainers(story, ties, NestingMax, [record.Code]);

        var steps = new List<PublicStep>();
        foreach (var told in story.Values.Where(told => IsPublic(told.Event, record, kind)).OrderBy(told => told.Event.EventTime).ThenBy(told => told.Sequence).Take(EventsMax))
            steps.Add(await StepOf(told, record.Code, IsOfMaking(told.Event, lot ?? record.Code)));
        return record with { LotCode = lot, Expires = story.Values.Select(told => told.Expires).FirstOrDefault(day => day is not null), Steps = steps, MadeFrom = await NamesOf(inputs) };
    }

    /// <summary>What happened to containers while the thing lay in them, and to what they themselves lay in.</summary>
    async Task AddContainers(Dictionary<long, ToldEvent> story, IEnumerable<PathStep> ties, int nesting, HashSet<string> visited)
    {
        foreach (var tie in ties.Where(tie => tie.Kind == EdgeKind.ContainedIn))
        {
            if (visited.Count > ContainersMax || story.Count > EventsMax || !visited.Add($"{tie.To} {tie.Since:O}")) continue;
            var kind = Identifier.TryIdentify(tie.To, out var container, out _) ? container.Kind : CodeKind.Other;
            await foreach (var told in EventsOf(tie.To, kind, ContainerEventsMax))
                if (told.Event.EventTime >= tie.Since && (tie.Until is null || told.Event.EventTime <= tie.Until) && told.Event.Type != EventType.AggregationEvent) story.TryAdd(told.Sequence, told);
            if (nesting == 0) continue;
            var outer = await grains.GetGrain<ILineageGrain>(0).Neighbours(new TraceRequest { Code = tie.To, Direction = TraceDirection.Backward, Follow = EdgeKind.ContainedIn, Depth = 1, First = 100 });
            await AddContainers(story, outer.Select(one => Cut(one, tie)).OfType<PathStep>(), nesting - 1, visited);
        }
    }

    /// <summary>The part of an outer placement that falls into an inner one; null where they do not meet.</summary>
    static PathStep? Cut(PathStep outer, PathStep inner)
    {
        var since = outer.Since > inner.Since ? outer.Since : inner.Since;
        var until = outer.Until is null || inner.Until < outer.Until ? inner.Until : outer.Until;
        return until < since ? null : new() { From = outer.From, To = outer.To, Kind = outer.Kind, Sequence = outer.Sequence, Since = since, Until = until };
    }

    async IAsyncEnumerable<ToldEvent> EventsOf(string code, CodeKind kind, int max)
    {
        var grain = GrainOf(code, kind);
        for (var (position, page) = (0, await grain.Chain(0, EventsMax)); page.Links.Length > 0 && position < max; page = await grain.Chain(position, EventsMax))
        {
            foreach (var link in page.Links)
            {
                position = link.Position;
                // Holds, refusals and violations are between holders and authorities; what TraceGrains itself writes has ids that nobody else may use.
                if (link.Event.EventId.StartsWith("urn:tracegrains:", StringComparison.Ordinal)) continue;
                if (link.Event.WithdrawnBy is not null || link.Event.DeclaresError || link.Event.Json.Length == 0) continue;
                if (ToldEvent.Read(link.Event) is { Event.Recall: null } told) yield return told;
            }
            if (!page.HasMore) break;
        }
    }

    /// <param name="told">What happened.</param>
    /// <param name="code">To what.</param>
    /// <param name="isOfMaking">Whether it came to be by it: for whom a maker makes is between them.</param>
    async Task<PublicStep> StepOf(ToldEvent told, string code, bool isOfMaking)
    {
        var e = told.Event;
        var sender = e.Sources.FirstOrDefault(end => end.Type == "possessing_party") ?? e.Sources.FirstOrDefault(end => end.Type == "owning_party");
        var receiver = e.Destinations.FirstOrDefault(end => end.Type == "possessing_party") ?? e.Destinations.FirstOrDefault(end => end.Type == "owning_party");
        var isInbound = e.BizStep is "receiving" or "accepting" or "arriving";
        var who = await NameOf((isInbound ? receiver : sender)?.Code) ?? await NameOf(e.BizLocation) ?? await NameOf(e.ReadPoint);
        var to = isInbound || isOfMaking ? null : await NameOf(receiver?.Code);
        return new(told.LocalTime, e.BizStep, $"{e.Type}/{(e.Type == EventType.AggregationEvent && e.ParentId == code ? "Contents" : e.Action.ToString())}", who, to == who ? null : to);
    }

    /// <summary>Where one item went is what its buyer asks. To whom a maker sells a lot, and between whom pallets and crates go, is between them; what is done to a device at its place is not.</summary>
    static bool IsPublic(EpcisEvent e, PublicRecord record, EntityKind kind) =>
        kind == EntityKind.Unit && record.Kind != CodeKind.LogisticUnit || kind == EntityKind.Device && e.Sources.Count == 0 && e.Destinations.Count == 0 || IsOfMaking(e, record.Code);

    /// <summary>How a lot came to be and was examined, as against to whom it was sold and what its buyers made of it.</summary>
    static bool IsOfMaking(EpcisEvent e, string lot) =>
        !e.InputEpcs.Contains(lot) && e.InputQuantities.All(amount => amount.Code != lot)
        && (e.Type == EventType.TransformationEvent || (e.Type == EventType.ObjectEvent && e.Action == EventAction.Add)
            || e.BizStep is "inspecting" or "sampling" or "creating_class_instance" or "commissioning" or "packing" or "encoding" or "destroying");

    async Task<IReadOnlyList<PublicRecall>> RecallsOf(EntityView view)
    {
        var found = await Task.WhenAll(view.State.Recalls.Select(id => grains.GetGrain<IRecallGrain>(id).View()));
        return [.. found.OfType<RecallView>().OrderByDescending(recall => recall.IssuedAt).Select(recall => new PublicRecall(recall.Id, recall.Class.ToString(), recall.Reason, recall.IssuedAt))];
    }

    /// <summary>A lot or product that is on record, for a serial that is not.</summary>
    async Task<PublicRecord?> Wider(Identification identified)
    {
        if (identified.LotCode is { } lot && await Of(new(lot, CodeKind.Batch), tells: false) is { IsOnRecord: true } known) return known;
        return identified.Kind is CodeKind.Unit or CodeKind.Batch && ProductOf(identified.Code) is { } product && await Of(new(product, CodeKind.Product), tells: false) is { IsOnRecord: true } of ? of : null;
    }

    /// <summary>Events name lots and units; a product is known when any of its lots or units is.</summary>
    async Task<bool> IsKnownProduct(Identification identified)
    {
        if (identified.Kind != CodeKind.Product) return false;
        // Under a Chinese product code stand its lots (with a colon) and its units (digits run on); both begin with it.
        var prefix = identified.Code.StartsWith(ChineseCodes.Start, StringComparison.Ordinal) ? identified.Code : identified.Code + "/";
        return (await ledger.FindByPrefix(prefix, null, 1)).Count > 0;
    }

    static string? ProductOf(string code)
    {
        const string gtin = "https://id.gs1.org/01/";
        return code.StartsWith(gtin, StringComparison.Ordinal) && code.Length >= gtin.Length + 14 ? code[..(gtin.Length + 14)] : ChineseCodes.ProductOf(code);
    }

    /// <summary>The name of a thing is that of its product, of anything else its own.</summary>
    async ValueTask<PublicName?> NameOf(string? code) => code is null ? null : await directory.Find(ProductOf(code) ?? code) ?? await directory.Find(code);

    async Task<IReadOnlyList<PublicName>> NamesOf(IEnumerable<string> codes)
    {
        var names = new List<PublicName>();
        foreach (var code in codes.Distinct(StringComparer.Ordinal).Take(MadeFromMax))
            if (await NameOf(code) is { } name && !names.Contains(name)) names.Add(name);
        return names;
    }

    IEntityGrain GrainOf(string code, CodeKind kind) => kind switch
    {
        CodeKind.Batch or CodeKind.Product => grains.GetGrain<IBatchGrain>(code),
        CodeKind.Device => grains.GetGrain<IDeviceGrain>(code),
        CodeKind.Party or CodeKind.Location => grains.GetGrain<IEnterpriseGrain>(code),
        _ => grains.GetGrain<IUnitGrain>(code),
    };
}
