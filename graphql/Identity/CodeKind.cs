using System.ComponentModel;

namespace TraceGrains.GraphQL.Identity;

// Values are those of the domain, so that a cast translates; a test compares the two lists.
[Description("What sort of thing a code names, as far as the code itself says.")]
public enum CodeKind
{
    [Description("A URI that says nothing of it.")]
    Other = 0,
    [Description("A serialised item or component.")]
    Unit = 1,
    [Description("A lot.")]
    Batch = 2,
    [Description("A product class.")]
    Product = 3,
    [Description("A logistic unit.")]
    LogisticUnit = 4,
    [Description("An asset.")]
    Device = 5,
    [Description("A place.")]
    Location = 6,
    [Description("A party.")]
    Party = 7,
    [Description("A document, shipment, consignment, coupon or service relation.")]
    Document = 8,
}
