using CsCheck;
using TraceGrains.Domain.Lineage;

namespace TraceGrains.Domain.Tests.Lineage;

public class NodeSetTests
{
    static readonly Gen<int> items = Gen.Frequency((5, Gen.Int[0, 300]), (2, Gen.Int[0, 5_000]), (1, Gen.Int[0, 200_000]));

    [Fact]
    public void A_set_holds_what_a_hash_set_would() =>
        Gen.Select(items, Gen.Int[0, 4]).List[0, 400].Sample(steps =>
        {
            var (set, model) = (new NodeSet(), new HashSet<int>());
            foreach (var (item, how) in steps)
            {
                if (how == 0) Assert.Equal(model.Remove(item), set.Remove(item));
                else Assert.Equal(model.Add(item), set.Add(item));
                Assert.Equal(model.Count, set.Count);
                Assert.Equal(model.Contains(item ^ 1), set.Contains(item ^ 1));
            }
            Assert.Equal(model.Order(), set.Ascending());
        }, iter: 300);

    [Fact]
    public void An_arena_keeps_every_entry_where_it_was()
    {
        var arena = new Arena<long>();
        for (var i = 1; i <= 5_000; i++)
        {
            Assert.Equal(i, arena.Add());
            arena[i] = i * 3L;
        }
        arena.EnsureThrough(20_000);
        arena[20_000] = 7;
        arena.EnsureThrough(10);
        Assert.Equal((20_000, 0L, 7L), (arena.Count, arena[19_999], arena[20_000]));
        for (var i = 1; i <= 5_000; i++) Assert.Equal(i * 3L, arena[i]);
        Assert.Equal(20_001, arena.Add());
    }
}
