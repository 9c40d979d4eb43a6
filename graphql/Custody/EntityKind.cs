using System.ComponentModel;

namespace TraceGrains.GraphQL.Custody;

// Values are those of the contract, so that a cast translates; a test compares the two lists.
[Description("What a thing is, worked out from its code and from the roles in which events name it.")]
public enum EntityKind
{
    [Description("A serialised item (SGTIN) or logistic unit (SSCC).")]
    Unit = 1,
    [Description("A lot (LGTIN), or a product class (GTIN).")]
    Batch = 2,
    [Description("An asset (GIAI, GRAI): sensor, lift, cylinder, crate.")]
    Device = 3,
    [Description("A party (PGLN).")]
    Enterprise = 4,
    [Description("A place (SGLN).")]
    Location = 5,
    [Description("A recall case.")]
    Recall = 6,
}
