using TraceGrains.Contracts.Lineage;
using TraceGrains.Domain.Custody;
using TraceGrains.Domain.Lineage;
using TraceGrains.Ledger;

namespace TraceGrains.Grains.Lineage;

/// <summary>Codes of the entity numbers that an answer mentions, read together.</summary>
sealed class Names(ILedger ledger)
{
    readonly Dictionary<int, string> codes = [];

    public string? this[int number] => number > 0 ? codes[number] : null;

    public async ValueTask Load(IEnumerable<int> numbers)
    {
        var missing = numbers.Where(number => number > 0 && !codes.ContainsKey(number)).Distinct().ToList();
        var read = await ledger.ReadCodes(missing);
        for (var i = 0; i < read.Length; i++) codes.Add(missing[i], read[i]);
    }

    /// <summary>A disposition as registers keep it: a CBV number, or minus the number of a term.</summary>
    public string? Disposition(int value) => value switch { 0 => null, > 0 => Dispositions.WordOf(value), _ => this[-value] };

    public async ValueTask<HolderGroup[]> Groups(IReadOnlyDictionary<Standing, int> standings)
    {
        await Load(standings.Keys.SelectMany(standing => new[] { standing.Holder, standing.Consignee, standing.Place, -standing.Disposition }));
        return [.. standings.GroupBy(pair => pair.Key.Holder).Select(holder => new HolderGroup
        {
            Holder = this[holder.Key], Count = holder.Sum(pair => pair.Value),
            Standings = [.. holder.Select(pair => new StandingGroup
            {
                Consignee = this[pair.Key.Consignee], Location = this[pair.Key.Place], Disposition = Disposition(pair.Key.Disposition), Count = pair.Value,
            }).OrderByDescending(group => group.Count).ThenBy(group => group.Consignee, StringComparer.Ordinal)
                .ThenBy(group => group.Location, StringComparer.Ordinal).ThenBy(group => group.Disposition, StringComparer.Ordinal)],
        }).OrderByDescending(group => group.Count).ThenBy(group => group.Holder, StringComparer.Ordinal)];
    }
}
