using Orleans;

namespace TraceGrains.Domain.Access;

/// <summary>Who asks.</summary>
[GenerateSerializer, Immutable, Alias("tg.Caller")]
public sealed record Caller
{
    /// <summary>As what.</summary>
    [Id(0)] public Role Role { get; set; }
    /// <summary>The account or key, as the audit log names it; "anonymous" for nobody in particular.</summary>
    [Id(1)] public string Subject { get; set; } = "anonymous";
    /// <summary>Canonical code of the enterprise for which somebody acts; null for others.</summary>
    [Id(2)] public string? Party { get; set; }
    /// <summary>The district of a district's regulator: a code of GB/T 2260, six digits; null for others.</summary>
    [Id(3)] public string? District { get; set; }

    /// <summary>Whoever brings no credentials.</summary>
    public static Caller Anonymous { get; } = new();

    /// <summary>Whoever asks, where access control is off.</summary>
    public static Caller Trusted { get; } = new() { Role = Role.Trusted, Subject = "trusted" };

    /// <summary>How far a right goes for this caller. A role of an enterprise or a district without its enterprise or district has what anybody has.</summary>
    public Reach Reach(Right right) => AccessPolicy.Of(Role, right) switch
    {
        Access.Reach.Own when Party is null => AccessPolicy.Of(Role.Consumer, right),
        Access.Reach.District when District is null => AccessPolicy.Of(Role.Consumer, right),
        var reach => reach,
    };

    /// <summary>The caller where a right does not go as far as everything, so that each case has to be looked at; null where it does.</summary>
    public Caller? Restricted(Right right) => Reach(right) == Access.Reach.All ? null : this;

    /// <summary>Whether what somebody made is theirs too: made for the same enterprise or district. Who sees everything has everything.</summary>
    public bool Shares(Caller? owner) => Reach(Right.ReadCustody) == Access.Reach.All || (owner is not null && (Party ?? District) is not null && owner.Party == Party && owner.District == District);

    /// <summary>Whether the caller has a right at all.</summary>
    public bool May(Right right) => Reach(right) != Access.Reach.None;
}
