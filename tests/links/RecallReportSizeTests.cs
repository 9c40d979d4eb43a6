using System.Runtime.CompilerServices;
using TraceGrains.Domain.Recalls.Clocks;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Recalls;
using TraceGrains.Domain.Recalls.Answers;
using TraceGrains.Domain.Recalls.Cases;
using TraceGrains.Domain.Recalls.Previews;
using TraceGrains.Domain.Recalls.Reports;
using TraceGrains.Silo.Links;
using TraceGrains.Silo.Recalls.Reports;

namespace TraceGrains.Links.Tests;

/// <summary>Reports of recalls that are large.</summary>
public sealed class RecallReportSizeTests
{
    static readonly PageWords words = new(chinese: false);

    static GoodsRow Row(int number) => new() { Code = $"urn:ex:{number}", Kind = "Item", Fate = "On hand", Quantity = 1, Description = "pickled vegetables", Holder = "urn:ex:shop" };

    /// <summary>Rows that note, after half of them were taken, how much had been written.</summary>
    static async IAsyncEnumerable<GoodsRow> Rows(int count, Stream to, StrongBox<long> written)
    {
        for (var i = 0; i < count; i++)
        {
            if (i == count / 2) written.Value = to.Length;
            yield return Row(i);
        }
        await Task.CompletedTask;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rows_are_written_while_they_come(bool asWorkbook)
    {
        await using var file = new FileStream(Path.GetTempFileName(), new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose });
        var half = new StrongBox<long>();
        var rows = Rows(40_000, file, half);
        await (asWorkbook ? SheetFiles.WriteWorkbook(file, rows, words, default) : SheetFiles.WriteCsv(file, rows, words, default));
        await file.FlushAsync();
        // Of a sheet that is gathered first, nothing would be written at half of the rows.
        Assert.InRange(half.Value, file.Length / 4, file.Length * 3 / 4);
    }

    [Fact]
    public async Task A_workbook_refuses_more_rows_than_it_takes()
    {
        using var file = new MemoryStream();
        await SheetFiles.WriteWorkbook(file, Rows(10, file, new()), words, 10, default);
        Assert.Contains("CSV", (await Assert.ThrowsAsync<SheetTooLongException>(() => SheetFiles.WriteWorkbook(new MemoryStream(), Rows(11, file, new()), words, 10, default))).Message);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData(" =1+1", "' =1+1")]
    [InlineData("\t@SUM(A1)", "' @SUM(A1)")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("+1", "'+1")]
    [InlineData("＝1+1", "'＝1+1")]
    [InlineData("|calc", "'|calc")]
    [InlineData("榨菜 = 好", "榨菜 = 好")]
    [InlineData("two\nlines", "two lines")]
    [InlineData("", "")]
    public void What_a_spreadsheet_would_run_is_quoted(string text, string cell) => Assert.Equal((cell, cell), (SheetText.Csv(text), (string?)SheetText.Cell(text)));

    [Fact]
    public void Numbers_and_times_stay_such()
    {
        var time = new DateTimeOffset(2026, 11, 1, 8, 0, 0, TimeSpan.FromHours(8));
        Assert.Equal(("-2.5", "2026-11-01T00:00:00Z", ""), (SheetText.Csv(-2.50m), SheetText.Csv(time), SheetText.Csv(null)));
        Assert.Equal((-2.5m, time.UtcDateTime), (SheetText.Cell(-2.5m), SheetText.Cell(time)));
    }

    sealed class Nameless : IPublicDirectory
    {
        public ValueTask<PublicName?> Find(string code) => ValueTask.FromResult<PublicName?>(new($"{code}，一家名字很长很长的食品经营有限责任公司", $"{code}, a trading company of a rather long name, limited", "酉阳土家族苗族自治县", "Youyang Tujia and Miao Autonomous County"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_status_report_of_a_large_recall_prints_on_one_page_too(bool chinese)
    {
        using var folder = new Folder();
        var (report, counts) = Large();
        var page = await StatusPage.Of(report, counts, new(new Nameless(), report.Parties), new(chinese));
        await Tool.Print(new Uri(folder.Write("status.html", System.Text.Encoding.UTF8.GetBytes(page.ToString()))).ToString(), folder.Path("status.pdf"));
        await Tool.PdfToPng(folder.Path("status.pdf"), folder.Path("page"));
        var pictures = Directory.GetFiles(folder.Path(""), "page-*.png");
        if (Environment.GetEnvironmentVariable("KEEP_SCREENSHOT_LARGE") is { } keep) File.Copy(pictures.Order().First(), $"{keep}-{chinese}.png", overwrite: true);
        Assert.Single(pictures);
    }

    static (CaseReport, GoodsCounts) Large()
    {
        var at = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
        var counts = new GoodsCounts();
        string[] uoms = ["KGM", "LTR", "MTR"];
        for (var i = 0; i < 2_000; i++)
        {
            var line = new GoodsLine
            {
                Kind = i % 4 == 0 ? GoodsKind.LotAmount : GoodsKind.Thing, Thing = i + 1, Lot = i + 1, Quantity = 1234.567m, Uom = uoms[i % 3], Standing = new Standing { Holder = i % 50 + 1 },
                Fate = Enum.GetValues<Fate>()[i % 5], Answer = i % 2 == 0 ? new(Enum.GetValues<AnswerOutcome>()[i % 7], 1) : null,
            };
            counts.Add(line, $"https://id.gs1.org/01/{i % 9:00000000000000}/21/{i}");
        }
        var parties = Enumerable.Range(0, 50).Select(number => new CasePartyView
        {
            Party = $"https://id.gs1.org/417/{number:0000000000000}", Things = 123_456, OnTheWay = 1_000, Lots = 99, ToldOf = 1_234_567, NotifiedAt = at, AnswerDue = at, Level = EscalationLevel.District,
            AnsweredAt = number % 2 == 0 ? at : null, AcknowledgedAt = number % 2 == 0 ? at : null, Answered = [new(AnswerOutcome.Destroyed, 12_345)],
        }).ToList();
        var view = new CaseView
        {
            Id = $"urn:tracegrains:recall:{Guid.Empty}", State = CaseState.Widened, Mode = CaseMode.Drill, Title = new string('题', 200), Reason = string.Concat(Enumerable.Repeat("疑似李斯特菌污染。", 222)), Class = RecallClass.I,
            Depth = RecallDepth.Consumer, OpenedAt = at, IssuedAt = at, SpreadAt = at, CompletedAt = at, TerminatedAt = at, Entries = 1,
        };
        return (new()
        {
            Case = view, Acts = [], Parties = parties, Answers = new(), Destructions = [], Reached = [], IsMarked = false, AsOf = 123_456_789, AsOfTime = at, Now = at,
        }, counts);
    }
}
