using System.ComponentModel;
using TraceGrains.Contracts.Recalls;

namespace TraceGrains.GraphQL.Recalls;

[Description("What several cases have in common.")]
public sealed class CommonSources(SourcesAnswer answer)
{
    [Description("Things that several of the cases came of, best first; with one case, everything it came of. Equal ones are in the order of their codes.")]
    public IReadOnlyList<CommonSource> Things => [.. answer.Things.Select(source => new CommonSource(source))];

    [Description("Parties and places that events name together with several of the cases or with what they came of, best first.")]
    public IReadOnlyList<CommonSource> Holders => [.. answer.Holders.Select(source => new CommonSource(source))];

    [Description("How many more things ranked, which are not yours to hear of; 0 for authorities.")]
    public int ThingsKeptBack => answer.ThingsKeptBack;

    [Description("How many more parties and places ranked, which are not yours to hear of: for an enterprise those beyond one step, for a district those that lie elsewhere.")]
    public int HoldersKeptBack => answer.HoldersKeptBack;

    [Description("Whether a limit ended the search before it had seen everything: 20,000 ancestors, 50 candidates of each sort, 5,000 pages of chains.")]
    public bool IsCut => answer.IsCut;

    [Description("The ledger sequence up to which the answer holds.")]
    public long AsOfSequence => answer.AsOfSequence;
}

[Description("Something that explains some of the cases.")]
public sealed class CommonSource(Contracts.Recalls.CommonSource source)
{
    [Description("Canonical code.")]
    public string Code => source.Code;

    [Description("Canonical codes of the cases it explains.")]
    public IReadOnlyList<string> Cases => source.Cases;

    [Description("How much else it explains. A thing: how many other things came of it. A party or place: how many other events name it; for an enterprise, of those that it sees.")]
    public int Others => source.Others;

    [Description("What it ranks by: the number of cases it explains, and as a fraction behind that 1 / (2 + others).")]
    public double Score => source.Score;
}
