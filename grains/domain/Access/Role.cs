namespace TraceGrains.Domain.Access;

/// <summary>For whom or as what somebody asks. What each may do stands in <see cref="AccessPolicy"/>.</summary>
public enum Role
{
    /// <summary>Anybody: who brings no credentials.</summary>
    Consumer = 0,
    /// <summary>A scanner, gate, till or sensor of an enterprise.</summary>
    Device = 1,
    /// <summary>Staff of an enterprise who report what happens to goods.</summary>
    Reporter = 2,
    /// <summary>Staff of an enterprise who answer for quality: holds, answers to recalls, recalls of its own products.</summary>
    Quality = 3,
    /// <summary>Who runs an enterprise's accounts here: its machines' keys and what it shares.</summary>
    EnterpriseAdmin = 4,
    /// <summary>Supervision of one district or county.</summary>
    DistrictRegulator = 5,
    /// <summary>Supervision of the whole city or province.</summary>
    CityRegulator = 6,
    /// <summary>Who runs the system: accounts, registrations, imports. Runs no recalls.</summary>
    Administrator = 7,
    /// <summary>Who reads everything and changes nothing.</summary>
    Auditor = 8,
    /// <summary>Whoever asks, where an administrator has switched access control off.</summary>
    Trusted = 9,
}

/// <summary>Names of roles in tokens, keys and settings.</summary>
public static class RoleNames
{
    static readonly (Role Role, string Name)[] names =
    [
        (Role.Device, "device"), (Role.Reporter, "reporter"), (Role.Quality, "quality"), (Role.EnterpriseAdmin, "enterprise-admin"), (Role.DistrictRegulator, "district-regulator"),
        (Role.CityRegulator, "city-regulator"), (Role.Administrator, "administrator"), (Role.Auditor, "auditor"),
    ];

    /// <summary>The names that can be given, for messages.</summary>
    public static string Expected { get; } = string.Join(", ", names.Select(one => one.Name));

    /// <summary>The role of a name; null for what is none that can be given. Consumer and trusted are given by bringing nothing.</summary>
    public static Role? Find(string? name) => names.Where(one => one.Name == name).Select(one => (Role?)one.Role).FirstOrDefault();

    /// <summary>The name of a role.</summary>
    public static string Of(Role role) => names.Where(one => one.Role == role).Select(one => one.Name).FirstOrDefault() ?? (role == Role.Trusted ? "trusted" : "consumer");

    /// <summary>Whether the role acts for an enterprise, whose code a caller of it must bring.</summary>
    public static bool IsOfEnterprise(Role role) => role is Role.Device or Role.Reporter or Role.Quality or Role.EnterpriseAdmin;
}
