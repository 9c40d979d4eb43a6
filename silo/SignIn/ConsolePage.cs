using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Districts;
using TraceGrains.Domain.Recalls.Cases;
using TraceGrains.Silo.Access;
using TraceGrains.Silo.Links;
using TraceGrains.Silo.Recalls.Reports;

namespace TraceGrains.Silo.SignIn;

/// <summary>Who is signed in, what they may do, and where that is done.</summary>
static class ConsolePage
{
    public static Html Of(PageWords words, Caller caller, Presented? presented, string? party, IReadOnlyList<CaseView> cases) => SignInPages.Frame(words, words.Of("控制台", "Console"), null, Html.Of($"""
        <h1>{RoleWords.Of(caller.Role, words)}</h1>
        <p class="kind">{caller.Subject}</p>
        <table class="who">{Who(words, caller, presented, party)}</table>
        {(presented is { IsSession: true } ? Html.Of($"""
            {SignInPages.SignOut(words)}
            <p class="kind">{(presented.Token is null ? words.Of("退出只结束本浏览器的会话，密钥继续有效。", "Signing out ends the session in this browser; the key stays good.")
                : words.Of("退出会使这个令牌在各处都失效；下次登录需要新的令牌。", "Signing out ends this token everywhere; the next sign-in takes a new one."))}</p>
            """) : default)}
        {Lookup(words)}
        <h2>{words.Of("去哪里", "Where to go")}</h2>
        <ul class="links">{Links(words, caller)}</ul>
        {Cases(words, cases)}
        <h2>{words.Of("您可以做什么", "What you may do")}</h2>
        <table>{Html.Join(Enum.GetValues<Right>().Where(caller.May).Select(right => Html.Of($"<tr><td>{RoleWords.Of(right, words)}</td><td>{RoleWords.Of(caller.Reach(right), words)}</td></tr>")))}</table>
        <p class="kind">{words.Of("这是控制台的开端：目前各项操作通过 GraphQL 查询页和接口完成。", "This is the beginning of a console: for now what you do is done in the GraphQL explorer and through the interfaces.")}</p>
        """));

    static Html Who(PageWords words, Caller caller, Presented? presented, string? party) => Html.Join(
    [
        Row(words.Of("企业", "Enterprise"), caller.Party is null ? null : Html.Of($"""{party}{(party is null ? default : Html.Of($"<br>"))}<span class="code">{caller.Party}</span>""")),
        Row(words.Of("辖区", "District"), caller.District is not { } code ? null : Html.Of($"{(District.Find(code) is { } district ? (words.IsChinese ? district.Name : district.English) ?? district.Province : "")} <span class=\"code\">{code}</span>")),
        Row(words.Of("有效期至", "Until"), presented is null || caller.Role == Role.Trusted ? null : Html.Of($"{(presented.Until is { } until ? SignInPages.Time(until) : words.Of("关闭浏览器为止", "the browser is closed"))}")),
        Row(words.Of("令牌编号", "Token"), presented?.Token is not { } token ? null : Html.Of($"""<span class="code">{token.Id}</span>""")),
    ]);

    static Html Row(string name, Html? value) => value is { } shown ? Html.Of($"<tr><th>{name}</th><td>{shown}</td></tr>") : default;

    static Html Lookup(PageWords words) => Html.Of($"""
        <h2>{words.Of("查产品", "Look up a product")}</h2>
        <form method="get" action="/console/look-up" class="line"><label>{words.Of("扫描或输入编码", "Scan or type a code")}<input name="code" required maxlength="2000" autocomplete="off" spellcheck="false"></label><button class="button">{words.Of("查询", "Look up")}</button></form>
        """);

    static Html Links(PageWords words, Caller caller) => Html.Join(
    [
        Link("/graphql", words.Of("GraphQL 查询页", "GraphQL explorer"), words.Of("以您的身份查询和操作", "asks as you")),
        caller.Reach(Right.ReadRecallCase) is Reach.District or Reach.All ? Ask("{\n  recallCases(first: 50) { nodes { id title state } }\n}", words.Of("召回案件", "Recall cases"), words)
            : caller is { Party: { } party } && caller.May(Right.ReadRecallCase) ? Ask($"{{\n  recallInbox(party: \"{party}\") {{ case {{ id title state }} }}\n}}", words.Of("本企业收到的召回", "Recalls that reached you"), words) : default,
        caller.May(Right.Supervise) ? Ask("{\n  violations(first: 50) { nodes { id holder step recordTime findings { count } } }\n}", words.Of("违规记录", "Violations"), words) : default,
        caller.May(Right.ReadAudit) ? Ask("{\n  auditLog(first: 100) { nodes { number time subject role action target outcome } pageInfo { endCursor hasNextPage } }\n}", words.Of("审计日志", "Audit log"), words) : default,
        caller.May(Right.ReadAudit) || caller.Reach(Right.ManageKeys) == Reach.All
            ? Ask("{\n  tokenRevocations { nodes { tokenId subject at by until } pageInfo { endCursor hasNextPage } }\n}", words.Of("已作废的令牌", "Revoked tokens"), words) : default,
        Link("/graphql/schema.graphql", words.Of("GraphQL 模式", "GraphQL schema"), null),
        Link("/transparency/tree-head", words.Of("透明日志", "Transparency log"), words.Of("最新签名", "newest signed head")),
        caller.Reach(Right.Operate) == Reach.All && caller.Role != Role.Trusted ? Link("/dashboard/", words.Of("运行看板", "Dashboard"), null) : default,
    ]);

    static Html Link(string to, string name, string? note) => Html.Of($"""<li><a href="{to}">{name}</a>{(note is null ? default : Html.Of($" <small>{note}</small>"))}</li>""");

    /// <summary>Opens the explorer with a query in it.</summary>
    static Html Ask(string query, string name, PageWords words) => Link("/graphql?variables=%7B%7D&query=" + Uri.EscapeDataString(query), name, words.Of("在查询页打开", "in the explorer"));

    static Html Cases(PageWords words, IReadOnlyList<CaseView> cases) => cases.Count == 0 ? default : Html.Of($"""
        <h2>{words.Of("最近的召回案件", "Newest recall cases")}</h2>
        <ul class="links">{Html.Join(cases.Select(one => Html.Of($"""<li><a href="/recall-reports/{one.Id[(one.Id.LastIndexOf(':') + 1)..]}/status">{(one.Title.Length > 0 ? one.Title : one.Id)}</a> <small>{ReportWords.State(one.State, words)}{(one.Mode == CaseMode.Drill ? words.Of(" · 演练", " · exercise") : "")}</small></li>""")))}</ul>
        """);
}
