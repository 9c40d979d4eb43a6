using TraceGrains.Contracts.Access;
using TraceGrains.Domain.Access;

namespace TraceGrains.Grains.Access;

/// <summary>The way of names into the ledger and out of it, the same wherever persons are named.</summary>
static class Persons
{
    /// <summary>What stands for names in the ledger, by name. Durable when it returns.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> Commit(this IGrainFactory grains, IEnumerable<string> names)
    {
        string[] all = [.. names.Distinct(StringComparer.Ordinal)];
        return all.Length == 0 ? new Dictionary<string, string>() : ByText(all, await Again.Ask(() => grains.GetGrain<IPersonsGrain>(0).Commit(all)));
    }

    /// <summary>What to show for texts of the ledger that may stand for names.</summary>
    public static async Task<Func<string, string>> NamesOf(this IGrainFactory grains, IEnumerable<string> texts)
    {
        string[] standing = [.. texts.Where(PersonCommitment.Is).Distinct(StringComparer.Ordinal)];
        if (standing.Length == 0) return text => text;
        var names = ByText(standing, await Again.Ask(() => grains.GetGrain<IPersonsGrain>(0).Names(standing)));
        return text => names.GetValueOrDefault(text, text);
    }

    static Dictionary<string, string> ByText(string[] texts, string[] others) => texts.Zip(others).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
}
