using TraceGrains.Silo.Hosting;
using TraceGrains.Silo.Links;

namespace TraceGrains.Silo.Labels;

/// <summary>Where labels lead: the address under which phones reach this host (<c>--public-url</c>), or else the one the client used.</summary>
sealed class PublicAddress
{
    readonly string? origin;

    public PublicAddress(IConfiguration configuration)
    {
        if (configuration["public-url"] is not { Length: > 0 } set) return;
        origin = Uri.TryCreate(set, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https") && url.Query.Length == 0 && url.Fragment.Length == 0
            ? set.TrimEnd('/')
            : throw new SettingException($"--public-url: expected an address such as https://trace.example.cn, found '{set}'");
    }

    public string Of(HttpRequest request) => origin ?? LinkPaths.Origin(request);
}
