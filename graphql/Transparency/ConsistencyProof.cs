using System.ComponentModel;
using TraceGrains.Contracts.Transparency;

namespace TraceGrains.GraphQL.Transparency;

[Description("Proof that the ledger of one signed head is the beginning of that of another (RFC 9162, section 2.1.4).")]
public sealed class ConsistencyProof(ConsistencyAnswer answer)
{
    [Description("Nodes of the proof, hexadecimal; none when the sizes are equal.")]
    public IReadOnlyList<string> Path => answer.Path;

    [Description("The head of the smaller tree.")]
    public TreeHead From => new(answer.From);

    [Description("The head of the larger tree.")]
    public TreeHead To => new(answer.To);
}
