using Orleans.Concurrency;
using TraceGrains.Contracts.Queries;
using TraceGrains.Domain.Districts;
using TraceGrains.Ledger;
using TraceGrains.Ledger.Index;

namespace TraceGrains.Grains.Queries;

/// <summary>Reads master data from the index, once that has what was on record when it was asked.</summary>
[StatelessWorker]
[Reentrant]
sealed class MasterDataGrain(ILedger ledger, IEventIndex index, IMasterDataIndex masters) : Grain, IMasterDataGrain
{
    const int CodesAtOnce = 500;

    public async Task<MasterView[]> Of(string code, DateTimeOffset? asOf) => (await Of([code], asOf))[0];

    public async Task<MasterView[][]> Of(string[] codes, DateTimeOffset? asOf)
    {
        var head = await Wait();
        var through = asOf is { } time ? await ledger.SequenceAt(time) : head;
        var records = new List<MasterRecord>();
        foreach (var part in codes.Distinct().Chunk(CodesAtOnce)) records.AddRange(await masters.ReadMasters(part, through));
        var views = (await Views(records)).ToLookup(view => view.Code, StringComparer.Ordinal);
        return [.. codes.Select(code => views[code].ToArray())];
    }

    public async Task<MasterView[]> History(string code, int first)
    {
        await Wait();
        return await Views(await masters.ReadMasterHistory(code, first));
    }

    public async Task<MasterView[]> List(string? vocabulary, string? after, int first) => await Views(await masters.ListMasters(vocabulary, after, await Wait(), first));

    public Task<string?[]> Districts(string[] codes, long through) => Attributes(codes, District.AttributeId, through);

    public async Task<string?[]> Attributes(string[] codes, string attributeId, long through)
    {
        await Wait();
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in codes.Distinct().Chunk(CodesAtOnce))
            foreach (var record in await masters.ReadMasters(part, through))
                foreach (var attribute in record.Attributes)
                    if (attribute.Key == attributeId) values.TryAdd(record.Id, attribute.Value);
        return [.. codes.Select(values.GetValueOrDefault)];
    }

    async Task<long> Wait()
    {
        var head = (await ledger.ReadHead()).Sequence;
        if ((await index.ReadCursor()).Sequence < head)
            await GrainFactory.GetGrain<IEventIndexGrain>(0).CatchUp(head);
        return head;
    }

    async Task<MasterView[]> Views(IReadOnlyList<MasterRecord> records)
    {
        var times = (await ledger.ReadEventsAt([.. records.Select(record => record.Sequence)])).ToDictionary(recorded => recorded.Sequence, recorded => recorded.RecordTime);
        return [.. records.Select(record => new MasterView
        {
            Code = record.Id, Vocabulary = record.Vocabulary, Sequence = record.Sequence, RecordTime = times.GetValueOrDefault(record.Sequence), Children = [.. record.Children],
            AttributeIds = [.. record.Attributes.Select(attribute => attribute.Key)], AttributeValues = [.. record.Attributes.Select(attribute => attribute.Value)],
        })];
    }
}
