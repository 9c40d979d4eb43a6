using System.Collections.Concurrent;
using TraceGrains.Scenarios.Documents;
using TraceGrains.Scenarios.Silos;

namespace TraceGrains.Scenarios.Crashes;

/// <summary>A document that a client sends: its events by id, and which things each of them names.</summary>
sealed record Sent(byte[] Document, IReadOnlyList<(string Id, string[] Epcs)> Events);

/// <summary>Several clients that capture without pause; each remembers what was acknowledged and what was not.</summary>
sealed class Load(Random random)
{
    const int Clients = 4, EventsMax = 20, EpcsPerEvent = 3, Things = 60;

    readonly List<Random> chances = [.. Enumerable.Range(0, Clients).Select(_ => new Random(random.Next()))];

    /// <summary>The places that acknowledged documents got.</summary>
    public ConcurrentDictionary<Sent, long[]> Acknowledged { get; } = [];

    /// <summary>Documents that were sent and never answered.</summary>
    public ConcurrentBag<Sent> Unanswered { get; } = [];

    /// <summary>Captures until the silo no longer answers.</summary>
    public Task Run(SiloUnderTest silo) => Task.WhenAll(chances.Select(chance => Task.Run(() => Client(silo, chance))));

    async Task Client(SiloUnderTest silo, Random chance)
    {
        while (true)
        {
            var sent = Next(chance);
            if (await silo.Capture(sent.Document) is not { } answer)
            {
                Unanswered.Add(sent);
                return;
            }
            Assert.True(answer.Status == 202, $"{answer.Status}: {answer.Body}");
            Acknowledged[sent] = answer.Sequences;
        }
    }

    static Sent Next(Random chance)
    {
        var events = Enumerable.Range(0, chance.Next(1, EventsMax + 1)).Select(_ =>
        {
            var id = new byte[16];
            chance.NextBytes(id);
            return (Id: $"urn:uuid:{new Guid(id)}", Epcs: Enumerable.Range(0, EpcsPerEvent).Select(_ => Event.Unit(chance.Next(Things))).Distinct().ToArray());
        }).ToList();
        return new(Event.Document(events.Select((e, i) => Event.Observe(e.Id, i, e.Epcs))), events);
    }
}
