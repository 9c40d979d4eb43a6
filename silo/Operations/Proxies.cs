using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using TraceGrains.Silo.Hosting;

namespace TraceGrains.Silo.Operations;

/// <summary>Reverse proxies that an administrator named: what they say of a request's sender and scheme counts (<c>X-Forwarded-For</c>, <c>X-Forwarded-Proto</c>), hop by hop as long as each is one of them. Nobody else's word does.</summary>
static class Proxies
{
    public static void UseProxies(this WebApplication app)
    {
        if (Read(app.Configuration["proxies"]) is { } options) app.UseForwardedHeaders(options);
    }

    static ForwardedHeadersOptions? Read(string? setting)
    {
        var names = (setting ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.Length == 0) return null;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var name in names)
            if (IPAddress.TryParse(name, out var address)) options.KnownProxies.Add(address);
            else if (System.Net.IPNetwork.TryParse(name, out var network)) options.KnownIPNetworks.Add(network);
            else throw new SettingException($"--proxies: expected addresses or networks such as 10.0.0.5 or 10.1.0.0/16, with commas between, found '{name}'");
        return options;
    }
}
