using System.ComponentModel;
using TraceGrains.Contracts.Transparency;

namespace TraceGrains.GraphQL.Transparency;

[Description("A signed tree head: what the operator promises of the ledger's past. Keep some: two heads that do not agree prove that history was rewritten.")]
public sealed class TreeHead(TreeHeadView view)
{
    [Description("Name of the log.")]
    public string Origin => view.Origin;

    [Description("How many events the tree covers; so also the sequence of the last of them.")]
    public long Size => view.Size;

    [Description("Root of the Merkle tree over the event hashes (RFC 6962, SHA-256), hexadecimal.")]
    public string RootHash => view.RootHash;

    [Description("When it was signed.")]
    public DateTimeOffset Timestamp => view.Timestamp;

    [Description("Id of the key that signed: its JWK thumbprint (RFC 7638).")]
    public string KeyId => view.KeyId;

    [Description("Ed25519 signature over signedText, base64.")]
    public string Signature => view.Signature;

    [Description("The text that was signed: a checkpoint of C2SP tlog-checkpoint.")]
    public string SignedText => view.SignedText;
}
