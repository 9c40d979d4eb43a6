using System.ComponentModel;

namespace TraceGrains.GraphQL.Custody;

[Description("Whether a custody chain holds, recomputed from the stored events.")]
public sealed class ChainVerdict(Contracts.Custody.ChainVerdict verdict)
{
    [Description("Whether every link was recomputed and agreed.")]
    public bool Holds => verdict.Holds;

    [Description("How many links were checked.")]
    public int Checked => verdict.Checked;

    [Description("Hash of the last link, recomputed, hexadecimal.")]
    public string Head => verdict.Head;

    [Description("Place of the first link that does not hold, from 1; null when all do.")]
    public int? BrokenAt => verdict.BrokenAt;

    [Description("Ledger sequence of the event at that place; null when all links hold.")]
    public long? BrokenSequence => verdict.BrokenSequence;

    [Description("What does not hold there, in words; null when all links hold.")]
    public string? Reason => verdict.Reason;
}
