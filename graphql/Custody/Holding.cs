using System.ComponentModel;
using TraceGrains.Contracts.Lineage;

namespace TraceGrains.GraphQL.Custody;

[Description("How much of a lot or product class one account holds.")]
public sealed class Holding(HeldAmount held)
{
    [Description("The party, place or container; null where no event named one.")]
    public string? Account => held.Account;

    [Description("What sort of account.")]
    public AccountKind Kind => (AccountKind)held.Kind;

    [Description("How much; null where some event did not say.")]
    public decimal? Quantity => held.Quantity;

    [Description("Unit of measure (UN/CEFACT common code); null counts pieces.")]
    public string? Uom => held.Uom;
}

[Description("What holds an amount.")]
public enum AccountKind
{
    [Description("A party, or a place where no party was named.")]
    Holder = 1,
    [Description("On the way to that party.")]
    InTransitTo = 2,
    [Description("Inside that container, wherever it is.")]
    Container = 3,
}
