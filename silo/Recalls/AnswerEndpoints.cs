using Microsoft.Extensions.Primitives;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Access.Audit;
using TraceGrains.Domain.Identity;
using TraceGrains.Domain.Recalls.Answers;
using TraceGrains.Domain.Recalls.Cases;
using TraceGrains.Silo.Access;
using TraceGrains.Silo.Links;

namespace TraceGrains.Silo.Recalls;

/// <summary>
/// <c>/recall-answer/{token}</c>: a party without an account reads its notice, acknowledges it and answers, by a link that somebody in the case made for it. Whoever has the link is the party; it ends by
/// itself. The token is in no other address, and nothing on the page leads elsewhere.
/// </summary>
static class AnswerEndpoints
{
    const int ItemsShown = 500;

    public static void MapRecallAnswers(this IEndpointRouteBuilder routes)
    {
        // The token in the path is the secret that opens it.
        routes.MapGet("/recall-answer/{token}", async (string token, HttpContext http, IGrainFactory grains) =>
            await Find(token, http, grains) is { } found ? await Show(http, found, null) : NotFound(http)).Audited(secret: "token").AsksNothing();
        routes.MapPost("/recall-answer/{token}", async (string token, HttpContext http, IGrainFactory grains) =>
        {
            if (await Find(token, http, grains) is not { } found) return NotFound(http);
            if (!http.Request.HasFormContentType) return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            var words = Words(http);
            var (entry, problem) = Read(form, found.Party, words);
            if (entry is null) return await Show(http, found, (false, problem!));
            var answer = await found.Case.Act(new() { Entry = CaseJson.Print(entry), ByName = form["name"].ToString().Trim(), ByParty = found.Party, ByRole = "by link" });
            return await Show(http, found, answer.Refused is null ? (true, words.Of("已记录。", "Recorded.")) : (false, answer.Message ?? ""));
        }).DisableAntiforgery().Audited(secret: "token").AsksNothing();
    }

    sealed record Found(IRecallCaseGrain Case, string Party);

    static async Task<Found?> Find(string token, HttpContext http, IGrainFactory grains)
    {
        if (token.Split('.') is not [{ Length: > 0 and <= 100 } name, { Length: > 0 and <= 100 } secret]) return null;
        var id = $"urn:tracegrains:recall:{name}";
        var grain = grains.GetGrain<IRecallCaseGrain>(id);
        if (await grain.PartyOfLink(secret) is not { } party) return null;
        http.Features.Set(new NotedAs(new() { Subject = "link", Party = party }, AuditText.Named("case", id)));
        return new(grain, party);
    }

    static (CaseEntry? Entry, string? Problem) Read(IFormCollection form, string party, PageWords words)
    {
        if (form["do"] == "acknowledge") return (new CaseEntry.Acknowledged(party), null);
        if (!Enum.TryParse<AnswerOutcome>(form["outcome"], out var outcome) || !Enum.IsDefined(outcome)) return (null, words.Of("请选择处理结果。", "Choose what became of the goods."));
        var codes = new List<string>();
        foreach (var text in form["item"].OfType<string>().Concat(form["codes"].ToString().Split(['\n', '\r', ' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
            if (!Identifier.TryIdentify(text, out var identified, out var error)) return (null, $"{text}: {error}");
            else if (!codes.Contains(identified.Code)) codes.Add(identified.Code);
        var (amounts, problem) = Amounts(form["lot"], form["quantity"], form["uom"], words);
        if (problem is not null) return (null, problem);
        if (codes.Count + amounts.Count == 0) return (null, words.Of("请选择或填写至少一项产品。", "Choose or write at least one of the goods."));
        return (new CaseEntry.Answered(party, [new(outcome, [.. codes], [.. amounts], Witness: Text(form["witness"]), Note: Text(form["note"]))]), null);
    }

    static (List<AnsweredAmount> Amounts, string? Problem) Amounts(StringValues lots, StringValues quantities, StringValues uoms, PageWords words)
    {
        var amounts = new List<AnsweredAmount>();
        foreach (var (i, lot) in lots.Index())
        {
            if (i >= quantities.Count || string.IsNullOrWhiteSpace(quantities[i])) continue;
            if (!decimal.TryParse(quantities[i], System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out var quantity))
                return (amounts, words.Of($"{quantities[i]}：请填写数字，例如 2.5。", $"{quantities[i]}: expected a number such as 2.5."));
            amounts.Add(new(lot ?? "", quantity, i < uoms.Count ? Text(uoms[i]) : null));
        }
        return (amounts, null);
    }

    static string? Text(StringValues value) => value.ToString().Trim() is { Length: > 0 } text ? text : null;

    static async Task<IResult> Show(HttpContext http, Found found, (bool IsDone, string Message)? said)
    {
        if (await found.Case.View() is not { } view) return NotFound(http);
        var party = await found.Case.Party(found.Party);
        var goods = await found.Case.Goods(found.Party, null, ItemsShown);
        return Page(http, AnswerPage.Of(view, found.Party, party, goods, said, Words(http)), said is { IsDone: false } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    static IResult NotFound(HttpContext http) => Page(http, AnswerPage.Gone(Words(http)), StatusCodes.Status404NotFound);

    static PageWords Words(HttpContext http) => new(Negotiation.IsChinese(http.Request));

    static IResult Page(HttpContext http, Html page, int status)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = PageFrame.ContentSecurityPolicy;
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers.XContentTypeOptions = "nosniff";
        return Results.Content(page.ToString(), "text/html; charset=utf-8", statusCode: status);
    }
}
