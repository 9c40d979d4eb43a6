using System.ComponentModel;
using TraceGrains.Contracts.Transparency;
using TraceGrains.GraphQL.Errors;

namespace TraceGrains.GraphQL.Transparency;

[Description("Proof that an event stands in the tree of a signed head (RFC 9162, section 2.1.3).")]
public sealed class InclusionProof(InclusionAnswer answer)
{
    [Description("Hash of the event, hexadecimal; the leaf is SHA-256(0x00, event hash).")]
    public string EventHash => answer.EventHash;

    [Description("Place of the leaf, from 0: the event's sequence less one.")]
    public long LeafIndex => answer.LeafIndex;

    [Description("Siblings on the way to the root, lowest first, hexadecimal.")]
    public IReadOnlyList<string> Path => answer.Path;

    [Description("The signed head.")]
    public TreeHead TreeHead => new(answer.Head);

    internal static InclusionProof Of(InclusionAnswer answer) => answer.Refused == TransparencyRefusal.None ? new(answer) : throw Refused.Error(answer.Refused, answer.Message);
}
