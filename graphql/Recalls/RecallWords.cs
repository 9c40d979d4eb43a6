using System.ComponentModel;

namespace TraceGrains.GraphQL.Recalls;

// Values are those of the contract, so that a cast translates; a test compares the lists.

[Description("Where a recall stands.")]
public enum RecallStatus
{
    [Description("Issued; the wave is on its way through the lineage.")]
    Spreading = 1,
    [Description("Everything reachable is marked.")]
    Effective = 2,
    [Description("Taken back.")]
    Withdrawn = 3,
}

[Description("How a recall's scope changed.")]
public enum ScopeChangeKind
{
    [Description("The recall was issued with it.")]
    Issued = 1,
    [Description("More is in scope.")]
    Widened = 5,
    [Description("Less is in scope.")]
    Narrowed = 6,
}

[Description("How grave: 一级, 二级 and 三级召回 (食品召回管理办法 art. 13, 药品召回管理办法; 21 CFR 7.3(m)).")]
public enum RecallClass
{
    [Description("Serious harm or death is reasonably probable.")]
    I = 1,
    [Description("Temporary or reversible harm, or serious harm is remote.")]
    II = 2,
    [Description("Harm is not likely (labelling, for instance).")]
    III = 3,
}
