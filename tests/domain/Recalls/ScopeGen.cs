using CsCheck;
using TraceGrains.Domain.Recalls;
using TraceGrains.Domain.Recalls.Scopes;
using TraceGrains.Domain.Tests.Lineage;

namespace TraceGrains.Domain.Tests.Recalls;

/// <summary>Random scopes over the things, parties and events of <see cref="World"/>.</summary>
static class ScopeGen
{
    static readonly Gen<ScopeQuery> leaf = Gen.Frequency(
        (2, Gen.OneOfConst(World.Lots).Select(lot => (ScopeQuery)new ScopeQuery.Batch(lot))),
        (2, Gen.OneOfConst([.. World.Units, .. World.Containers]).Select(unit => (ScopeQuery)new ScopeQuery.Unit(unit))),
        (1, Gen.OneOfConst(World.Milk, World.Cheese).Select(product => (ScopeQuery)new ScopeQuery.Product(product, null, null))),
        (1, Gen.Select(Gen.Int[1, 2], Gen.Int[2, 3]).Select((from, to) => (ScopeQuery)new ScopeQuery.Serials(new SerialRange(World.Milk, $"{from}", $"{to}")))),
        (3, Gen.Select(Gen.OneOfConst("urn:ex:dairy", "urn:ex:depot", "urn:ex:shop", "urn:ex:cellar", "urn:ex:counter"), Gen.Int[0, 4], Gen.Int[5, 9])
            .Select((by, from, until) => (ScopeQuery)new ScopeQuery.Touched(by, DateTimeOffset.FromUnixTimeSeconds(from), DateTimeOffset.FromUnixTimeSeconds(until)))),
        (2, Gen.OneOfConst(World.Things).Select(thing => (ScopeQuery)new ScopeQuery.MadeFrom(thing))),
        (2, Gen.OneOfConst(World.Things).Select(thing => (ScopeQuery)new ScopeQuery.MadeWith(thing))),
        (2, Gen.Int[0, 20].Select(i => (ScopeQuery)new ScopeQuery.OfEvent($"urn:ex:event:{i}"))));

    public static readonly Gen<ScopeQuery> Any = Combined(3);

    static Gen<ScopeQuery> Combined(int depth)
    {
        if (depth == 0) return leaf;
        var part = Combined(depth - 1);
        return Gen.Frequency(
            (3, leaf),
            (2, part.List[1, 3].Select(parts => (ScopeQuery)new ScopeQuery.AnyOf(parts))),
            (1, part.List[1, 2].Select(parts => (ScopeQuery)new ScopeQuery.AllOf(parts))),
            (1, Gen.Select(part, part).Select((of, without) => (ScopeQuery)new ScopeQuery.Except(of, without))));
    }
}
