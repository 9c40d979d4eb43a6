using TraceGrains.Contracts.Capture;
using TraceGrains.Contracts.Holds;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Holds;
using TraceGrains.Domain.Identity;
using TraceGrains.Domain.Lineage;
using TraceGrains.Grains.Access;
using TraceGrains.Grains.Lineage;
using TraceGrains.Ledger;

namespace TraceGrains.Grains.Holds;

/// <summary>A hold: placed and released by notices in the ledger. Their ids follow from the hold's, so each is recorded once, and whoever asks again gets the answer of the first time.</summary>
sealed class HoldGrain(ILedger ledger, TimeProvider clock) : Grain, IHoldGrain
{
    string Id => this.GetPrimaryKeyString();

    public async Task<HoldView?> View() => await Placed() is { } placed ? await View(placed) : null;

    public async Task<HoldAnswer> Place(HoldRequest request)
    {
        var codes = request.Codes.Distinct(StringComparer.Ordinal).ToArray();
        if (codes.Length is 0 or > HoldRequest.CodesMax) return Refused(HoldRefusal.FieldInvalid, $"codes: expected 1 to {HoldRequest.CodesMax} codes; found {codes.Length}");
        var by = PersonName.Tidy(request.By);
        if (Misfit(request.Reason, by) is { } misfit) return misfit;
        if (await Placed() is { } known) return await AsPlaced(known, codes, request.Reason, by);
        if (codes.FirstOrDefault(code => !Identifier.TryIdentify(code, out var identified, out _) || identified.Kind is CodeKind.Product or CodeKind.Location or CodeKind.Party or CodeKind.Document) is { } wrong)
            return Refused(HoldRefusal.FieldInvalid, $"codes: expected units, lots, containers or devices; found {wrong}. A product is held by its lots");
        var roles = await Roles(codes);
        if (codes.FirstOrDefault(code => (roles[code] & (Domain.Lineage.Roles.Instance | Domain.Lineage.Roles.Class | Domain.Lineage.Roles.Device)) == 0) is { } unknown)
            return Refused(HoldRefusal.ThingUnknown, $"codes: expected things that events have named; nothing is known of {unknown}");
        await Append(HoldEvent.Placed(new(Id, codes, request.Reason, await Standing(by), request.District), clock.GetUtcNow(), code => IsAmount(roles[code])));
        // Two calls in two activations at once: one was recorded.
        return await AsPlaced((await Placed())!.Value, codes, request.Reason, by);
    }

    /// <summary>The hold on record, where it is the one that was asked for.</summary>
    async Task<HoldAnswer> AsPlaced((Hold Hold, DateTimeOffset At) placed, string[] codes, string reason, string by) =>
        await View(placed) is var view && view.Reason == reason && PersonName.MayBe(view.By, by) && view.Codes.ToHashSet().SetEquals(codes)
            ? new() { Hold = view }
            : Refused(HoldRefusal.IdInUse, $"id: expected an id of its own; {Id} exists with other things, another reason or author");

    /// <summary>What stands in the ledger for who acts: a party's code, or the commitment to a name.</summary>
    async Task<string> Standing(string by) => PersonName.IsCode(by) ? by : (await GrainFactory.Commit([by]))[by];

    public async Task<HoldAnswer> Release(string reason, string by)
    {
        by = PersonName.Tidy(by);
        if (Misfit(reason, by) is { } misfit) return misfit;
        if (await Placed() is not { } placed) return Refused(HoldRefusal.HoldUnknown, $"id: expected a hold on record; there is no {Id}");
        if (await Notice(HoldEvent.ReleasedId(Id)) is null)
        {
            var roles = await Roles([.. placed.Hold.Codes]);
            await Append(HoldEvent.Released(placed.Hold, reason, await Standing(by), clock.GetUtcNow(), code => IsAmount(roles[code])));
        }
        var view = await View(placed);
        return view.ReleasedReason == reason && PersonName.MayBe(view.ReleasedBy!, by) ? new() { Hold = view } : Refused(HoldRefusal.AlreadyReleased, $"id: {Id} was released already, for another reason or by somebody else");
    }

    static HoldAnswer? Misfit(string reason, string by)
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > HoldRequest.ReasonMax) return Refused(HoldRefusal.FieldInvalid, $"reason: expected 1 to {HoldRequest.ReasonMax} characters; found {reason?.Length ?? 0}");
        if (string.IsNullOrWhiteSpace(by) || by.Length > HoldRequest.NameMax) return Refused(HoldRefusal.FieldInvalid, $"by: expected 1 to {HoldRequest.NameMax} characters; found {by?.Length ?? 0}");
        if (PersonName.Problem(by) is { } problem) return Refused(HoldRefusal.FieldInvalid, $"by: {problem}");
        return null;
    }

    async Task<HoldView> View((Hold Hold, DateTimeOffset At) placed)
    {
        var released = await Notice(HoldEvent.ReleasedId(Id));
        var names = await GrainFactory.NamesOf(released is { } end ? [placed.Hold.By, end.Hold.By] : [placed.Hold.By]);
        return new()
        {
            Id = Id, Codes = [.. placed.Hold.Codes], Reason = placed.Hold.Reason, By = names(placed.Hold.By), PlacedAt = placed.At,
            ReleasedAt = released?.At, ReleasedReason = released?.Hold.Reason, ReleasedBy = released is { } last ? names(last.Hold.By) : null, District = placed.Hold.District,
        };
    }

    Task<(Hold Hold, DateTimeOffset At)?> Placed() => Notice(HoldEvent.PlacedId(Id));

    async Task<(Hold Hold, DateTimeOffset At)?> Notice(string eventId)
    {
        var key = (await ledger.FindByEventIds([eventId])).FirstOrDefault();
        if (key is null || await ledger.ReadEvent(key.Sequence) is not { } recorded) return null;
        return HoldEvent.Read(EpcisJson.ReadStored(recorded.Json)) is { } hold ? (hold, recorded.RecordTime) : null;
    }

    async Task<Dictionary<string, Roles>> Roles(string[] codes)
    {
        var numbers = await ledger.FindEntities(codes);
        var shards = new GrainShards(GrainFactory, ledger.Constants.ShardCount);
        var known = numbers.Where(number => number != 0).Distinct().ToList();
        var roles = new Dictionary<int, Roles> { [0] = default };
        foreach (var (_, asked, lines) in await shards.Ask(known, number => number, (shard, mine) => shards.Lines(shard, mine, long.MaxValue)))
            for (var i = 0; i < asked.Length; i++) roles[asked[i]] = lines[i].Roles;
        return codes.Zip(numbers).ToDictionary(pair => pair.First, pair => roles[pair.Second], StringComparer.Ordinal);
    }

    async Task Append(CanonicalEvent notice)
    {
        var answer = await Again.Ask(() => GrainFactory.GetGrain<ISequencerGrain>(0).Append([EventToRecord.Of(notice)]));
        if (answer.Problems.FirstOrDefault(problem => !problem.IsConflict) is { } problem) throw new InvalidOperationException($"the ledger refused a notice of {Id}: {problem.Expected}");
    }

    static bool IsAmount(Roles roles) => (roles & (Domain.Lineage.Roles.Class | Domain.Lineage.Roles.Instance)) == Domain.Lineage.Roles.Class;

    static HoldAnswer Refused(HoldRefusal reason, string message) => new() { Refused = reason, Message = message };
}
