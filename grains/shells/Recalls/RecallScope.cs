using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Identity;
using TraceGrains.Domain.Recalls;
using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Recalls.Scopes;
using TraceGrains.Ledger;
using TraceGrains.Ledger.Recalls;

namespace TraceGrains.Grains.Recalls;

/// <summary>What a request names, resolved against the ledger: the lists of the issuing notice.</summary>
sealed record RecallScope(IReadOnlyList<string> Epcs, IReadOnlyList<Amount> Quantities, SerialRange? Range, string? ScopeEvent, string? Query = null, int? Things = null)
{
    const int MaxReasonLength = 2_000, MaxSerialLength = 20;

    /// <summary>Checks a request and resolves its scope. Checks run in the order of <see cref="RecallRefusal"/>; the first that fails is the answer.</summary>
    public static async Task<(RecallScope? Scope, RecallRefusal Refused, string Message)> Resolve(ILedger ledger, ILineageShards shards, RecallRequest request)
    {
        var named = new object?[] { request.Code, request.RangeProduct, request.EventId, request.Query }.Count(scope => scope is not null);
        if (named != 1) return Refuse(RecallRefusal.ScopeInvalid, $"scope: expected exactly one of code, serialRange, eventId, query; found {named}");
        if (string.IsNullOrWhiteSpace(request.Reason) || request.Reason.Length > MaxReasonLength)
            return Refuse(RecallRefusal.ReasonInvalid, $"reason: expected 1 to {MaxReasonLength} characters; found {request.Reason?.Length ?? 0}");
        if (request.RangeProduct is not null) return OfRange(request);
        if (request.EventId is not null) return await OfEvent(ledger, request.EventId);
        if (request.Query is not null) return await OfQuery(ledger, shards, request.Query);
        return await OfCode(ledger, request.Code!);
    }

    /// <summary>The request in canonical codes, so that two spellings of one order are one order.</summary>
    public static RecallRequest Canonical(RecallRequest request) => request with { Code = CanonicalOrSame(request.Code), RangeProduct = CanonicalOrSame(request.RangeProduct) };

    static string? CanonicalOrSame(string? code) => code is not null && Identifier.TryIdentify(code, out var identified, out _) ? identified.Code : code;

    static (RecallScope?, RecallRefusal, string) OfRange(RecallRequest request)
    {
        if (!Identifier.TryIdentify(request.RangeProduct!, out var product, out var error))
            return Refuse(RecallRefusal.ScopeInvalid, $"scope.serialRange.product: {error}");
        if (product.Kind != CodeKind.Product || !product.Code.StartsWith(DigitalLink.CanonicalStem, StringComparison.Ordinal))
            return Refuse(RecallRefusal.ScopeInvalid, $"scope.serialRange.product: expected a product (GTIN); found {product.Code}");
        if (request.RangeFrom is not { Length: >= 1 and <= MaxSerialLength } from || request.RangeTo is not { Length: >= 1 and <= MaxSerialLength } to)
            return Refuse(RecallRefusal.ScopeInvalid, $"scope.serialRange: expected from and to, serials of 1 to {MaxSerialLength} characters");
        var range = new SerialRange(product.Code, from, to);
        return range.IsEmpty
            ? Refuse(RecallRefusal.ScopeInvalid, $"scope.serialRange: expected from not after to; found {from} to {to}")
            : (new([], [], range, null), default, "");
    }

    static async Task<(RecallScope?, RecallRefusal, string)> OfEvent(ILedger ledger, string eventId)
    {
        var key = (await ledger.FindByEventIds([eventId])).FirstOrDefault(key => !key.DeclaresError);
        if (key is null || await ledger.ReadEvent(key.Sequence) is not { } recorded)
            return Refuse(RecallRefusal.ScopeUnknown, $"scope.eventId: expected an event on record; found none under {eventId}");
        var e = EpcisJson.ReadStored(recorded.Json).Event;
        string?[] parent = [e.ParentId];
        var epcs = parent.OfType<string>().Concat(e.Epcs).Concat(e.InputEpcs).Concat(e.OutputEpcs).Distinct().ToList();
        var amounts = e.Quantities.Concat(e.InputQuantities).Concat(e.OutputQuantities).Select(amount => new Amount(amount.Code, null, null)).DistinctBy(amount => amount.Code).ToList();
        return epcs.Count + amounts.Count == 0
            ? Refuse(RecallRefusal.ScopeInvalid, $"scope.eventId: expected an event that touched something; {eventId} names no thing")
            : (new(epcs, amounts, null, eventId), default, "");
    }

    static async Task<(RecallScope?, RecallRefusal, string)> OfQuery(ILedger ledger, ILineageShards shards, string text)
    {
        if (!ScopeJson.TryRead(text, out var query, out var problem)) return Refuse(RecallRefusal.ScopeInvalid, problem.ToString());
        var outcome = await LiveScope.Resolve(new ScopeLedger(ledger), shards, query);
        if (outcome.Things is not { } things) return Refuse(RecallRefusal.ScopeUnknown, outcome.Problem!.ToString());
        if (things.Length == 0) return Refuse(RecallRefusal.ScopeUnknown, "scope: expected a scope that names something on record; it names nothing");
        var (epcs, amounts) = await Named(ledger, shards, things);
        return (new(epcs, amounts, null, null, ScopeJson.Print(query), things.Length), default, "");
    }

    /// <summary>Codes of things as a notice lists them: instances and classes, up to <see cref="RecallNotice.NamedMax"/>.</summary>
    public static async Task<(List<string> Epcs, List<Amount> Amounts)> Named(ILedger ledger, ILineageShards shards, IReadOnlyList<int> things)
    {
        int[] first = [.. things.Take(RecallNotice.NamedMax)];
        var codes = (await ledger.ReadCodes(first)).Zip(first).ToDictionary(pair => pair.Second, pair => pair.First);
        var isAmount = new HashSet<int>();
        foreach (var (_, asked, lines) in await shards.Ask(first, node => node, (shard, mine) => shards.Lines(shard, mine, long.MaxValue)))
            foreach (var (node, line) in asked.Zip(lines)) if ((line.Roles & (Roles.Class | Roles.Instance)) == Roles.Class) isAmount.Add(node);
        return ([.. first.Where(node => !isAmount.Contains(node)).Select(node => codes[node])], [.. first.Where(isAmount.Contains).Select(node => new Amount(codes[node], null, null))]);
    }

    static async Task<(RecallScope?, RecallRefusal, string)> OfCode(ILedger ledger, string code)
    {
        if (!Identifier.TryIdentify(code, out var identified, out var error)) return Refuse(RecallRefusal.ScopeInvalid, $"scope.code: {error}");
        if (identified.Kind is CodeKind.Location or CodeKind.Party or CodeKind.Document)
            return Refuse(RecallRefusal.ScopeInvalid, $"scope.code: expected a batch, product or unit; found {identified.Code}");
        if ((await ledger.FindEntities([identified.Code]))[0] == 0)
            return Refuse(RecallRefusal.ScopeUnknown, $"scope.code: expected a code that an event has named; none has named {identified.Code}");
        return identified.Kind is CodeKind.Batch or CodeKind.Product
            ? (new([], [new(identified.Code, null, null)], null, null), default, "")
            : (new([identified.Code], [], null, null), default, "");
    }

    static (RecallScope?, RecallRefusal, string) Refuse(RecallRefusal refusal, string message) => (null, refusal, message);
}
