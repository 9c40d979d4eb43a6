namespace TraceGrains.Domain.Access;

/// <summary>Who may do what, and how far (need to know). The one table; everything that asks for access asks here.</summary>
public static class AccessPolicy
{
    const Reach No = Reach.None, Own = Reach.Own, Dis = Reach.District, All = Reach.All;

    //                                             public custody capture move hold answer case  run  weigh superv serials keys share register operate audit
    static readonly Dictionary<Role, Reach[]> table = new()
    {
        [Role.Consumer] =          [All, No,  No,  No,  No,  No,  No,  No,  No,  No,  No,  No,  No,  No,  No,  No],
        [Role.Device] =            [All, No,  Own, All, No,  No,  No,  No,  No,  No,  No,  No,  No,  No,  No,  No],
        [Role.Reporter] =          [All, Own, Own, All, No,  No,  No,  No,  No,  No,  Own, No,  No,  No,  No,  No],
        [Role.Quality] =           [All, Own, Own, All, Own, Own, Own, Own, Own, Own, Own, No,  No,  No,  No,  No],
        [Role.EnterpriseAdmin] =   [All, Own, Own, All, Own, Own, Own, No,  Own, Own, Own, Own, Own, No,  No,  No],
        [Role.DistrictRegulator] = [All, Dis, No,  All, Dis, Dis, Dis, Dis, Dis, Dis, No,  No,  No,  No,  No,  No],
        [Role.CityRegulator] =     [All, All, No,  All, All, All, All, All, All, All, No,  No,  No,  All, No,  No],
        [Role.Administrator] =     [All, All, All, All, No,  No,  All, No,  All, All, All, All, No,  All, All, No],
        [Role.Auditor] =           [All, All, No,  No,  No,  No,  All, No,  All, All, No,  No,  No,  No,  No,  All],
        [Role.Trusted] =           [All, All, All, All, All, All, All, All, All, All, All, All, All, All, All, All],
    };

    /// <summary>How far a right of a role goes.</summary>
    public static Reach Of(Role role, Right right) => table[role][(int)right - 1];

    /// <summary>Whether a role has a right at all.</summary>
    public static bool Has(Role role, Right right) => Of(role, right) != Reach.None;
}
