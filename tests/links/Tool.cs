using System.Diagnostics;

namespace TraceGrains.Links.Tests;

/// <summary>Programs that the tests judge our symbols with: none of our own code shall read what our own code wrote.</summary>
static class Tool
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>What zbar reads in a picture, one line for each symbol.</summary>
    public static async Task<string[]> Decode(string picture)
    {
        var (status, said, complained) = await Run("zbarimg", "zbar-tools", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", picture);
        Assert.True(status is 0 or 4, $"zbarimg {picture}: {complained}");
        return said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Distorts a picture with ImageMagick.</summary>
    public static Task Convert(params string[] arguments) => Succeed("convert", "imagemagick", arguments);

    /// <summary>A PDF's pages as pictures, <c>{target}-1.png</c> and so on.</summary>
    public static Task PdfToPng(string pdf, string target) => Succeed("pdftoppm", "poppler-utils", "-png", "-r", "200", pdf, target);

    /// <summary>A page as Chromium shows it.</summary>
    public static Task Screenshot(string address, string picture, int width, int height) => Chromium(address, picture, $"--window-size={width},{height}", $"--screenshot={picture}");

    /// <summary>A page as Chromium prints it, as PDF.</summary>
    public static Task Print(string address, string pdf) => Chromium(address, pdf, $"--print-to-pdf={pdf}", "--no-pdf-header-footer");

    static async Task Chromium(string address, string made, params string[] arguments)
    {
        var profile = Directory.CreateTempSubdirectory("tracegrains-chromium-");
        try
        {
            await Succeed("chromium", "chromium", ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", $"--user-data-dir={profile.FullName}", .. arguments, address]);
        }
        finally
        {
            profile.Delete(recursive: true);
        }
        Assert.True(File.Exists(made), $"chromium made nothing of {address}");
    }

    static async Task Succeed(string program, string package, params string[] arguments)
    {
        var (status, _, complained) = await Run(program, package, arguments);
        Assert.True(status == 0, $"{program} {string.Join(' ', arguments)}: {complained}");
    }

    static async Task<(int Status, string Said, string Complained)> Run(string program, string package, params string[] arguments)
    {
        using var process = new Process { StartInfo = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true } };
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Fail($"{program} is missing: these tests need it (Debian: apt-get install {package})");
        }
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} did not end within {Patience}");
        }
        return (process.ExitCode, await said, await complained);
    }
}

/// <summary>A folder that is gone when the test is.</summary>
sealed class Folder : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tracegrains-labels-");

    public string Path(string name) => System.IO.Path.Combine(folder.FullName, name);

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(Path(name), bytes);
        return Path(name);
    }

    public void Dispose() => folder.Delete(recursive: true);
}
