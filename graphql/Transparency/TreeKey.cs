using System.ComponentModel;
using TraceGrains.Contracts.Transparency;

namespace TraceGrains.GraphQL.Transparency;

[Description("A public key that signs or signed tree heads. Old ones stay listed: what they signed stays valid.")]
public sealed class TreeKey(TreeKeyView view)
{
    [Description("Its id: JWK thumbprint (RFC 7638).")]
    public string KeyId => view.KeyId;

    [Description("The Ed25519 public key in PEM (RFC 8410).")]
    public string Pem => view.Pem;

    [Description("When it began to sign.")]
    public DateTimeOffset ValidFrom => view.ValidFrom;

    [Description("When another took over; null while it signs.")]
    public DateTimeOffset? ValidUntil => view.ValidUntil;
}
