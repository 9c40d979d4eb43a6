using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace TraceGrains.Silo.Hosting;

/// <summary>Where the silo listens. Looked at before anything is opened or made: a silo that cannot be reached must leave no trace behind.</summary>
static class ListenAddresses
{
    public const string Default = "http://127.0.0.1:5080";

    /// <summary>Throws <see cref="SettingException"/> for what is no address, and for one that another program listens on.</summary>
    public static void Check(string urls)
    {
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            Probe(url, Parse(url));
    }

    static BindingAddress Parse(string url)
    {
        try
        {
            return BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            throw new SettingException($"--urls: expected addresses such as {Default}, found '{url}'");
        }
    }

    // Names other than localhost are any address of this machine to the server.
    static void Probe(string url, BindingAddress address)
    {
        if (address.IsUnixPipe || address.IsNamedPipe || address.Port == 0) return;
        var host = address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback : IPAddress.TryParse(address.Host, out var ip) ? ip : IPAddress.Any;
        try
        {
            using var probe = new TcpListener(host, address.Port);
            probe.Start();
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new SettingException($"--urls: expected a port of 0 to 65535, found '{url}'");
        }
        catch (SocketException refused)
        {
            throw new SettingException(refused.SocketErrorCode == SocketError.AddressAlreadyInUse
                ? $"--urls: expected an address that is free, found {url} in use by another program"
                : $"--urls: expected an address of this machine that may be listened on, found {url}: {refused.Message}", refused);
        }
    }
}
