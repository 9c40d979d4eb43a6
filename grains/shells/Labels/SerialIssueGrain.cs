using TraceGrains.Contracts.Labels;
using TraceGrains.Domain.Identity;
using TraceGrains.Domain.Labels;
using TraceGrains.Grains.Recalls;
using TraceGrains.Ledger;

namespace TraceGrains.Grains.Labels;

/// <summary>
/// Issues serials that the product's count makes unique among all that were ever issued, and that no event has named: a maker who numbered on his own before is safe too.
/// Counts first, the record second: a crash between the two leaves a gap in the counts, never a serial twice.
/// </summary>
sealed class SerialIssueGrain([PersistentState("serial-issue", CaseStorage.Provider)] IPersistentState<SerialIssueState> stored, ILedger ledger, TimeProvider clock) : Grain, ISerialIssueGrain
{
    const int CodesPerLookup = 1_000;

    public async Task<SerialAnswer> Issue(SerialRequest request)
    {
        if (Problem(request) is { } problem) return new() { Refused = SerialRefusal.RequestInvalid, Message = problem };
        if (stored.State.Request is { } earlier)
            return earlier == request
                ? new() { Issue = await View(), IsRepeat = true }
                : new() { Refused = SerialRefusal.IdInUse, Message = $"id: expected an id of your own; this one was used for {earlier.Count} serials of {earlier.Lot ?? earlier.Product}" };

        var product = GrainFactory.GetGrain<IProductSerialsGrain>(request.Product);
        var (runs, skipped, serials) = (new List<ReservedSerials>(), new List<long>(), new List<string>(request.Count));
        while (serials.Count < request.Count)
        {
            var run = await product.Reserve(request.Count - serials.Count);
            runs.Add(run);
            var read = await product.Read(run);
            var named = await Named(request.Product, read);
            for (var i = 0; i < read.Length; i++)
                if (named.Contains(i)) skipped.Add(run.First + i);
                else serials.Add(read[i]);
        }
        var state = new SerialIssueState { Request = request, IssuedAt = clock.GetUtcNow(), Runs = [.. runs], Skipped = [.. skipped] };
        stored.State = state;
        try
        {
            await stored.WriteStateAsync();
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
        return new() { Issue = new() { Request = request, IssuedAt = state.IssuedAt, Serials = [.. serials] } };
    }

    public async Task<SerialIssue?> View()
    {
        if (stored.State is not { Request: { } request } state) return null;
        var product = GrainFactory.GetGrain<IProductSerialsGrain>(request.Product);
        var skipped = state.Skipped.ToHashSet();
        var serials = new List<string>(request.Count);
        foreach (var run in state.Runs)
            serials.AddRange((await product.Read(run)).Where((_, i) => !skipped.Contains(run.First + i)));
        return new() { Request = request, IssuedAt = state.IssuedAt, Serials = [.. serials] };
    }

    async Task<HashSet<int>> Named(string product, string[] serials)
    {
        var named = new HashSet<int>();
        for (var at = 0; at < serials.Length; at += CodesPerLookup)
        {
            var page = serials.AsMemory(at, Math.Min(CodesPerLookup, serials.Length - at)).ToArray();
            var numbers = await ledger.FindEntities([.. page.Select(serial => $"{product}/21/{serial}")]);
            for (var i = 0; i < numbers.Length; i++)
                if (numbers[i] != 0) named.Add(at + i);
        }
        return named;
    }

    static string? Problem(SerialRequest request)
    {
        if (!Identifier.TryIdentify(request.Product, out var product, out var error)) return $"product: {error}";
        if (product.Kind != CodeKind.Product || product.Code != request.Product || !request.Product.StartsWith($"{DigitalLink.CanonicalStem}/01/", StringComparison.Ordinal) || request.Product.Contains("/22/", StringComparison.Ordinal))
            return $"product: expected the canonical code of a product with a GTIN, found {request.Product}";
        if (request.Lot is not null && (!Identifier.TryIdentify(request.Lot, out var lot, out _) || lot.Code != request.Lot || !request.Lot.StartsWith($"{request.Product}/10/", StringComparison.Ordinal)))
            return $"lot: expected the canonical code of a lot of {request.Product}, found {request.Lot}";
        return request.Count is < 1 or > SerialNumbers.CountMax ? $"count: expected 1 to {SerialNumbers.CountMax}, found {request.Count}" : null;
    }
}

/// <summary>What is kept of one issue: the counts, from which the serials can be told again. A hundred thousand serials take as much room as one.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.SerialIssueState")]
sealed record SerialIssueState
{
    [Id(0)] public SerialRequest? Request { get; init; }
    [Id(1)] public DateTimeOffset IssuedAt { get; init; }
    [Id(2)] public ReservedSerials[] Runs { get; init; } = [];
    /// <summary>Counts whose serial an event had named already.</summary>
    [Id(3)] public long[] Skipped { get; init; } = [];
}
