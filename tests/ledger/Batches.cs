using System.Security.Cryptography;
using System.Text;

namespace TraceGrains.Ledger.Tests;

/// <summary>Makes batches that follow one another, the way the sequencer does.</summary>
sealed class Batches(LedgerHead head = default, int shardCount = Batches.ShardCount)
{
    public const int ShardCount = 4;

    public static readonly DateTimeOffset Start = new(2026, 5, 3, 8, 0, 0, TimeSpan.Zero);

    readonly Dictionary<string, int> numbers = [];
    readonly Dictionary<int, ChainHead> chains = [];
    long sequence = head.Sequence;
    int entity = head.Entity;

    /// <summary>One batch of events, each given as the codes it names; a code named for the first time becomes an entity.</summary>
    public LedgerBatch Next(params string[][] events) => Next(events.Select(codes => new Draft(codes)).ToArray());

    public LedgerBatch Next(params Draft[] drafts)
    {
        var (events, entities, links, rows) = (new List<LedgerEvent>(), new List<NewEntity>(), new List<ChainLink>(), new List<ShardRow>());
        foreach (var draft in drafts)
        {
            var recorded = Event(++sequence, draft);
            events.Add(recorded);
            foreach (var code in draft.Codes)
            {
                if (!numbers.TryGetValue(code, out var number))
                {
                    numbers[code] = number = ++entity;
                    entities.Add(new NewEntity(number, code));
                }

                var chain = chains.GetValueOrDefault(number, ChainHead.None);
                chain = new ChainHead(chain.Position + 1, LedgerHash.Link(chain.Hash, recorded.EventHash), recorded.Sequence);
                chains[number] = chain;
                links.Add(new ChainLink(number, chain.Position, sequence, chain.Hash));
            }

            foreach (var shard in draft.Shards ?? draft.Codes.Select(code => numbers[code] % shardCount).Distinct().ToArray())
                rows.Add(new ShardRow(shard, sequence, Encoding.UTF8.GetBytes($"facts of {sequence} for {shard}")));
        }

        return new LedgerBatch { Events = events, Entities = entities, Links = links, Rows = rows };
    }

    public static LedgerEvent Event(long sequence, Draft draft)
    {
        var time = draft.At ?? Start.AddMilliseconds(sequence);
        var json = Encoding.UTF8.GetBytes(draft.Json ?? $$"""{"n":{{sequence}},"地点":"重庆"}""");
        return new LedgerEvent(sequence, time, draft.Id ?? $"urn:uuid:event-{sequence}", draft.DeclaresError, draft.CbvHash ?? SHA256.HashData(json), LedgerHash.EventHash(time, json), json);
    }

    public static LedgerBatch Only(IEnumerable<LedgerEvent>? events = null, IEnumerable<NewEntity>? entities = null, IEnumerable<ChainLink>? links = null, IEnumerable<ShardRow>? rows = null) =>
        new() { Events = [.. events ?? []], Entities = [.. entities ?? []], Links = [.. links ?? []], Rows = [.. rows ?? []] };
}

/// <summary>What a test says about an event; the rest follows from its place in the order.</summary>
sealed record Draft(params string[] Codes)
{
    public string? Id { get; init; }
    public bool DeclaresError { get; init; }
    public string? Json { get; init; }
    public byte[]? CbvHash { get; init; }
    public DateTimeOffset? At { get; init; }

    /// <summary>Shards that get a row; without it the shards of the codes.</summary>
    public int[]? Shards { get; init; }
}
