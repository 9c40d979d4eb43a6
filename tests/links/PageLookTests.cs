namespace TraceGrains.Links.Tests;

/// <summary>The page in a real browser, at the width of a phone.</summary>
public sealed class PageLookTests(Silo silo)
{
    [Fact]
    public async Task A_phone_shows_the_whole_page_without_scrolling_sideways()
    {
        using var folder = new Folder();
        var page = folder.Path("page.png");
        await Tool.Screenshot(new Uri(silo.Http.BaseAddress!, new Uri(Silo.Cast.SoldUnit).AbsolutePath).ToString(), page, 420, 1400);
        // The state banner is the largest area of its green; right of the page's own ground nothing is drawn.
        await Tool.Convert(page, "-fuzz", "6%", "-fill", "black", "+opaque", "#14695a", "-fill", "white", "-opaque", "#14695a", "-colorspace", "Gray", folder.Path("green.png"));
        await Tool.Convert(folder.Path("green.png"), "-crop", "360x20+30+90", "+repage", "-resize", "1x1!", folder.Path("banner.txt"));
        Assert.Matches("#[89A-F][0-9A-F]", File.ReadAllText(folder.Path("banner.txt")));
    }
}
