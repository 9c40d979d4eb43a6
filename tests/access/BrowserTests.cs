using TraceGrains.Domain.Access;

namespace TraceGrains.Access.Tests;

/// <summary>The way through the console in a real browser, which decides by itself what cookies it sends where.</summary>
[Collection("provider")]
public sealed class BrowserTests(Guarded silo)
{
    [Theory]
    [InlineData(1280, 900)]
    [InlineData(420, 900)]
    public async Task Somebody_signs_in_looks_around_and_signs_out(int width, int height)
    {
        var token = silo.Token(Role.CityRegulator);
        var at = silo.Address.ToString().TrimEnd('/');
        await using var browser = await Browser.Open(width, height);
        Task Fits() => browser.Until("document.documentElement.scrollWidth <= document.documentElement.clientWidth");
        Task Submit(string credential) => browser.Read($"(document.querySelector('[name=credential]').value = '{credential}', document.querySelector('form').submit(), 1)");
        Task Is(string path) => browser.Until($"location.pathname === '{path}' && document.readyState === 'complete'");

        await browser.Go(at + "/console");
        await Is("/sign-in");
        await Fits();
        await Submit("let me in");
        await browser.Until("!!document.querySelector('[role=alert]') && document.querySelector('[role=alert]').innerText.includes('no good')");
        await Submit(token);
        await Is("/console");
        await browser.Until("document.querySelector('h1').innerText === 'City regulator' && document.body.innerText.includes('test city-regulator')");
        await Fits();
        Assert.Equal("", await browser.Read("document.cookie"));

        // The explorer asks with the session, over HTTP and over a WebSocket.
        await browser.Go(at + "/graphql");
        await browser.Until("!!document.getElementById('who') && document.getElementById('who').innerText === 'test city-regulator (city-regulator)'");
        Task Run(string query) => browser.Read($"(document.getElementById('query').value = '{query}', document.getElementById('run').click(), 1)");
        await Run("{ violations { nodes { id } } }");
        await browser.Until("document.getElementById('answer').innerText.includes('nodes')");
        await Run("subscription { violations { id } }");
        await browser.Until("document.getElementById('status').innerText.includes('listening')");

        // Pages of another origin, which is the same site as far as cookies go: they may lead here, and act for nobody.
        await browser.Go(silo.Provider.Address + "/elsewhere?to=" + Uri.EscapeDataString(at));
        await browser.Until("document.title === 'Elsewhere'");
        Assert.Equal("failed", await browser.Read($"fetch('{at}/graphql', {{ method: 'POST', credentials: 'include', headers: {{ 'Content-Type': 'application/json' }}, body: '{{\"query\":\"{{ violations {{ nodes {{ id }} }} }}\"}}' }}).then(() => 'answered', () => 'failed')"));
        Assert.Equal("closed", await browser.Read($"new Promise(end => {{ const socket = new WebSocket('{at.Replace("http", "ws", StringComparison.Ordinal)}/graphql', 'graphql-transport-ws'); socket.onopen = () => end('open'); socket.onerror = () => end('closed'); }})"));
        await browser.Read("(document.getElementById('out').submit(), 1)");
        await browser.Until("location.pathname === '/sign-out' && document.body.innerText.includes('own')");
        await browser.Go(silo.Provider.Address + "/elsewhere?to=" + Uri.EscapeDataString(at));
        await browser.Until("document.title === 'Elsewhere'");
        await browser.Read("(document.getElementById('link').click(), 1)");
        await browser.Until("location.pathname === '/console' && document.querySelector('h1').innerText === 'City regulator'");

        await browser.Read("(document.querySelector('form[action^=\"/sign-out\"]').submit(), 1)");
        await Is("/sign-in");
        await browser.Go(at + "/console");
        await Is("/sign-in");
        Assert.Equal(401, (await silo.Get("/epcis/events", token)).Status);
    }

    [Fact]
    public async Task Somebody_signs_in_at_the_identity_provider()
    {
        var at = silo.Address.ToString().TrimEnd('/');
        await using var browser = await Browser.Open(1280, 900);
        await browser.Go(at + "/sign-in?returnTo=%2Fgraphql");
        await browser.Until("!!document.querySelector('a[href^=\"/sign-in/provider\"]')");
        await browser.Read("(document.querySelector('a[href^=\"/sign-in/provider\"]').click(), 1)");
        await browser.Until("location.pathname === '/graphql' && document.getElementById('who').innerText === 'at the provider (auditor)'");
    }
}
