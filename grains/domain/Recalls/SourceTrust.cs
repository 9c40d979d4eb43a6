namespace TraceGrains.Domain.Recalls;

/// <summary>How far a rule that is kept as data may be relied on. Users see it beside every time that is counted.</summary>
public enum SourceTrust
{
    /// <summary>Read in the text itself or in a report that quotes it; the source says which.</summary>
    Verified = 1,
    /// <summary>Known of practice; nobody has compared it with the text.</summary>
    NotVerified = 2,
    /// <summary>No text says so: a rule of this program where the text names no number.</summary>
    OwnRule = 3,
}

/// <summary>How trust is put into words.</summary>
public static class SourceTrusts
{
    static readonly LocalText verified = new("verified", "已核实"), notVerified = new("not verified at the source", "未经原文核实"), ownRule = new("own rule, not in the text", "系统自定规则，法规无此规定");

    /// <summary>What users are shown.</summary>
    public static LocalText Note(this SourceTrust trust) => trust switch
    {
        SourceTrust.Verified => verified,
        SourceTrust.NotVerified => notVerified,
        _ => ownRule,
    };
}
