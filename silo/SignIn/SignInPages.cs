using System.Globalization;
using TraceGrains.Domain.Access;
using TraceGrains.Silo.Access;
using TraceGrains.Silo.Links;

namespace TraceGrains.Silo.SignIn;

/// <summary>Pages on the way into the console and out of it: no scripts, so that they work in any browser.</summary>
static class SignInPages
{
    public static readonly PageStyle Style = new("provenance.css", "console.css");

    /// <summary>The form for a token or key, and the way to the identity provider where there is one.</summary>
    /// <param name="words">The language.</param>
    /// <param name="returnTo">Where to go afterwards.</param>
    /// <param name="provider">Name of the identity provider; null for none.</param>
    /// <param name="problem">What is wrong; null for nothing.</param>
    public static Html SignIn(PageWords words, string returnTo, string? provider, Said? problem) => Frame(words, words.Of("登录", "Sign in"), Query(returnTo), Html.Of($"""
        {Told(problem)}
        <h1>{words.Of("登录", "Sign in")}</h1>
        {(provider is null ? default : Html.Of($"""
            <p><a class="button" href="/sign-in/provider?returnTo={Uri.EscapeDataString(returnTo)}">{words.Of("使用统一身份认证登录：", "Sign in with ")}{provider}</a></p>
            <p class="or">{words.Of("或者", "or")}</p>
            """))}
        <form method="post" action="/sign-in?lang={words.Of("zh", "en")}">
        <input type="hidden" name="returnTo" value="{returnTo}">
        <p><label>{words.Of("令牌或密钥", "Token or key")}<input type="password" name="credential" required autocomplete="off" autofocus spellcheck="false" placeholder="eyJ… / tgk_…"></label></p>
        <p><button class="button">{words.Of("登录", "Sign in")}</button></p></form>
        <p class="kind">{words.Of("令牌由管理员签发：", "Administrators make tokens with ")}<code>tracegrains-silo token --role …</code>{words.Of("；设备密钥由企业管理员创建（createApiKey）。", "; keys of machines are made by createApiKey.")}</p>
        <p class="kind">{words.Of("登录信息只保存在本浏览器的 Cookie 中，脚本无法读取，令牌到期即失效。不登录也可以查询公开信息。", "It is kept in a cookie of this browser that no script can read, until it ends. What is public needs no sign-in.")}</p>
        """));

    /// <summary>For who is signed in already.</summary>
    public static Html SignedIn(PageWords words, string returnTo, Caller caller) => Frame(words, words.Of("已登录", "Signed in"), Query(returnTo), Html.Of($"""
        <h1>{words.Of("您已登录", "You are signed in")}</h1>
        <p>{caller.Subject} · {RoleWords.Of(caller.Role, words)}</p>
        <p><a class="button" href="{returnTo}">{words.Of("继续", "Continue")}</a></p>
        {(caller.Role == Role.Trusted ? default : SignOut(words))}
        """));

    /// <summary>What a browser shows for the moment in which it goes on to another page by itself.</summary>
    public static Html GoOn(PageWords words, string to) => Frame(words, words.Of("正在打开", "Opening"), default, Html.Of($"""
        <h1>{words.Of("正在打开……", "Opening…")}</h1>
        <p><a class="button" href="{to}">{words.Of("继续", "Continue")}</a></p>
        """));

    /// <summary>The button that ends a session.</summary>
    public static Html SignOut(PageWords words) => Html.Of($"""<form method="post" action="/sign-out?lang={words.Of("zh", "en")}"><button class="button plain">{words.Of("退出登录", "Sign out")}</button></form>""");

    /// <summary>The frame of these pages.</summary>
    /// <param name="words">The language.</param>
    /// <param name="title">Their title.</param>
    /// <param name="query">What else stands in their address beside the language.</param>
    /// <param name="body">What they say.</param>
    public static Html Frame(PageWords words, string title, string? query, Html body) => PageFrame.Of(
        words, title, words.Of("控制台", "Console"), Html.Of($""" <a href="?lang={words.Of("en", "zh")}{query}">{words.Of("English", "中文")}</a>"""), body,
        words.Of("重要产品追溯与召回", "Traceability and recall of important products"), Style);

    /// <summary>Sends a page that is for one person at one moment.</summary>
    public static IResult Send(HttpContext http, Html page, int status = StatusCodes.Status200OK)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Style.ContentSecurityPolicy;
        headers.CacheControl = "no-store";
        // Of a page that sends no referrer to anybody browsers post forms without their origin.
        headers["Referrer-Policy"] = "same-origin";
        headers.Vary = "Cookie, Accept-Language";
        return Results.Content(page.ToString(), "text/html; charset=utf-8", statusCode: status);
    }

    /// <summary>
    /// Goes on to a path by a page of our own that the browser leaves at once. To a redirect it would not send the session's cookie as long as another site's page began it (a link in a mail, the identity provider).
    /// </summary>
    public static IResult SendOn(HttpContext http, PageWords words, string to)
    {
        http.Response.Headers["Refresh"] = $"0; url={to}";
        return Send(http, GoOn(words, to));
    }

    public static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    static string Query(string returnTo) => returnTo == LocalPath.Default ? "" : "&returnTo=" + Uri.EscapeDataString(returnTo);

    static Html Told(Said? said) => said is null ? default : Html.Of($"""
        <section class="state {(said.IsGood ? "good" : "bad")}" role="{(said.IsGood ? "status" : "alert")}"><p>{said.Message}</p>{(said.Detail is { } detail ? Html.Of($"""<p class="detail">{detail}</p>""") : default)}</section>
        """);
}

/// <summary>Something that a page says of what was done.</summary>
/// <param name="IsGood">Whether it went well.</param>
/// <param name="Message">What, in the page's language.</param>
/// <param name="Detail">What exactly was expected; null for nothing more.</param>
sealed record Said(bool IsGood, string Message, string? Detail = null);
