using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace TraceGrains.Access.Tests;

/// <summary>A page in Chromium, spoken to over the DevTools protocol.</summary>
sealed partial class Browser : IAsyncDisposable
{
    static readonly TimeSpan patience = TimeSpan.FromSeconds(60);

    readonly DirectoryInfo profile = Directory.CreateTempSubdirectory("tracegrains-chromium-");
    readonly ClientWebSocket socket = new();
    readonly Process process;
    string session = "";
    int last;

    Browser(int width, int height)
    {
        process = new()
        {
            StartInfo = new("chromium", ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--remote-debugging-port=0", $"--user-data-dir={profile.FullName}", $"--window-size={width},{height}", "--lang=en", "about:blank"])
            {
                RedirectStandardError = true, RedirectStandardOutput = true,
            },
        };
    }

    /// <summary>Opens an empty page.</summary>
    public static async Task<Browser> Open(int width, int height)
    {
        var browser = new Browser(width, height);
        try
        {
            browser.process.Start();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Fail("chromium is missing: these tests need it (Debian: apt-get install chromium)");
        }
        var address = await browser.Listens().WaitAsync(patience);
        _ = browser.process.StandardError.ReadToEndAsync();
        await browser.socket.ConnectAsync(new(address), default);
        var target = (await browser.Call("Target.createTarget", new { url = "about:blank" })).GetProperty("targetId").GetString();
        browser.session = (await browser.Call("Target.attachToTarget", new { targetId = target, flatten = true })).GetProperty("sessionId").GetString()!;
        return browser;
    }

    public Task Go(string url) => Call("Page.navigate", new { url });

    /// <summary>What an expression in the page comes to, as text.</summary>
    public async Task<string> Read(string expression)
    {
        var answer = await Call("Runtime.evaluate", new { expression = $"Promise.resolve({expression}).then(String)", awaitPromise = true, returnByValue = true });
        return answer.TryGetProperty("exceptionDetails", out var failure) ? throw new InvalidOperationException(failure.ToString()) : answer.GetProperty("result").GetProperty("value").GetString()!;
    }

    /// <summary>Waits until an expression holds in the page, which may be on its way to another meanwhile.</summary>
    public async Task Until(string expression)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(100))
        {
            try
            {
                if (await Read(expression) == "true") return;
            }
            catch (InvalidOperationException) when (clock.Elapsed < patience)
            {
            }
            if (clock.Elapsed > patience) Assert.Fail($"never: {expression}; {await Read("location.href")}: {await Read("document.body.innerText")}");
        }
    }

    async Task<string> Listens()
    {
        while (await process.StandardError.ReadLineAsync() is { } line)
            if (Listening().Match(line) is { Success: true } found) return found.Groups[1].Value;
        throw new InvalidOperationException($"chromium ended with {process.ExitCode}");
    }

    async Task<JsonElement> Call(string method, object parameters)
    {
        var id = ++last;
        var call = session.Length == 0 ? JsonSerializer.Serialize(new { id, method, @params = parameters }) : JsonSerializer.Serialize(new { id, method, @params = parameters, sessionId = session });
        await socket.SendAsync(Encoding.UTF8.GetBytes(call), WebSocketMessageType.Text, true, default);
        while (true)
        {
            using var message = new MemoryStream();
            var buffer = new byte[64 * 1024];
            WebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer, default).WaitAsync(patience);
                message.Write(buffer, 0, part.Count);
            }
            while (!part.EndOfMessage);
            var heard = JsonDocument.Parse(message.ToArray()).RootElement;
            if (!heard.TryGetProperty("id", out var of) || of.GetInt32() != id) continue;
            return heard.TryGetProperty("error", out var error) ? throw new InvalidOperationException(error.ToString()) : heard.GetProperty("result");
        }
    }

    public async ValueTask DisposeAsync()
    {
        socket.Dispose();
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        for (var left = 20; profile.Exists && left > 0; left--)
            try
            {
                profile.Delete(recursive: true);
                break;
            }
            catch (IOException) when (left > 1)
            {
                await Task.Delay(100);   // A child of it may still be writing.
            }
    }

    [GeneratedRegex(@"DevTools listening on (\S+)")]
    private static partial Regex Listening();
}
