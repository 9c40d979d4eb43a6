using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Access;
using TraceGrains.GraphQL.Access;
using TraceGrains.Silo.Access;
using TraceGrains.Silo.Links;

namespace TraceGrains.Silo.SignIn;

/// <summary><c>/console</c>: the start page of who is signed in.</summary>
static class ConsoleEndpoints
{
    const int CasesShown = 10, IdsTogether = 1_000;

    public static void MapConsole(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/console", Show).Audited().AsksNothing();
        routes.MapGet("/console/look-up", (HttpContext http) => Results.LocalRedirect(
            http.Request.Query["code"].ToString().Trim() is { Length: > 0 } code ? "/identify/" + Uri.EscapeDataString(code) : LocalPath.Default)).AsksNothing();
    }

    static async Task<IResult> Show(HttpContext http, IGrainFactory grains, IPublicDirectory directory)
    {
        var (words, caller) = (SignInEndpoints.Words(http), http.Caller());
        if (SignInEndpoints.IsElsewhere(http)) return SignInPages.SendOn(http, words, http.Request.Path + http.Request.QueryString);
        if (caller.Role == Role.Consumer) return new SeeOther("/sign-in" + http.Request.QueryString);
        var party = caller.Party is { } code ? (await directory.Find(code))?.In(words.IsChinese) : null;
        return SignInPages.Send(http, ConsolePage.Of(words, caller, http.Features.Get<Presented>(), party, await Cases(caller, grains)));
    }

    /// <summary>The newest recall cases, for those who may read every case.</summary>
    static async Task<IReadOnlyList<CaseView>> Cases(Caller caller, IGrainFactory grains)
    {
        if (caller.Reach(Right.ReadRecallCase) != Reach.All) return [];
        string[] newest = [];
        for (string? after = null; await grains.GetGrain<IRecallCasesGrain>(0).After(after, IdsTogether) is { Length: > 0 } ids; after = ids[^1])
        {
            newest = [.. newest.Concat(ids).TakeLast(CasesShown)];
            if (ids.Length < IdsTogether) break;
        }
        return [.. (await Task.WhenAll(newest.Reverse().Select(id => grains.GetGrain<IRecallCaseGrain>(id).View()))).OfType<CaseView>()];
    }
}
