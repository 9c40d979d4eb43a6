using System.Net;
using System.Net.Sockets;

namespace TraceGrains.Silo.Epcis.Subscriptions;

/// <summary>
/// Which network addresses a delivery may go to: whoever subscribes chooses a URL that this process calls from inside its own network. A name is looked up when it is called, and what it stands
/// for then is what is checked. (IANA special-purpose address registries, RFC 6890.)
/// </summary>
static class Addresses
{
    // Never: this network, link-local (a cloud's metadata service lives there), multicast, reserved.
    static readonly IPNetwork[] Never = Parse("0.0.0.0/8", "169.254.0.0/16", "192.0.0.0/24", "224.0.0.0/4", "240.0.0.0/4", "::/128", "fe80::/10", "ff00::/8");

    static readonly IPNetwork[] Private = Parse(
        "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        // The last three can carry an IPv4 address of any of the above.
        "::1/128", "fc00::/7", "2001:db8::/32", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16");

    public static bool MayCall(IPAddress address, bool allowsPrivate)
    {
        var real = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return real.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6
            && !Never.Any(network => network.Contains(real)) && (allowsPrivate || !Private.Any(network => network.Contains(real)));
    }

    /// <summary>What can be said of a URL before it is called: false for an address that may not be, true for a name that has to be looked up.</summary>
    public static bool MayCall(Uri url, bool allowsPrivate) =>
        IPAddress.TryParse(url.IdnHost, out var address) ? MayCall(address, allowsPrivate)
        : allowsPrivate || !(url.IdnHost.Equals("localhost", StringComparison.OrdinalIgnoreCase) || url.IdnHost.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase));

    static IPNetwork[] Parse(params string[] networks) => [.. networks.Select(IPNetwork.Parse)];
}
