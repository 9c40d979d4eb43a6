using CsvHelper;
using MiniExcelLibs;
using TraceGrains.Silo.Links;

namespace TraceGrains.Silo.Recalls.Reports;

/// <summary>The sheet has more rows than the format takes.</summary>
sealed class SheetTooLongException(string message) : Exception(message);

/// <summary>Writes the sheet of goods, row by row.</summary>
static class SheetFiles
{
    /// <summary>Rows of an Excel worksheet, less the heading.</summary>
    public const int WorkbookRows = 1_048_575;

    const int FlushEvery = 500;

    /// <summary>CSV (RFC 4180) in UTF-8, with a byte order mark: Excel takes Chinese for something else without it.</summary>
    public static async Task WriteCsv(Stream to, IAsyncEnumerable<GoodsRow> rows, PageWords words, CancellationToken stop)
    {
        await using var csv = CsvWriter.Create(to, new CsvWriterOptions { NewLine = "\r\n", WriteByteOrderMark = true }, leaveOpen: true);
        foreach (var column in SheetColumn.All) csv.WriteField(column.In(words.IsChinese));
        await csv.EndRecordAsync(stop);
        var written = 0;
        await foreach (var row in rows.WithCancellation(stop))
        {
            foreach (var column in SheetColumn.All) csv.WriteField(SheetText.Csv(column.Of(row)));
            await csv.EndRecordAsync(stop);
            if (++written % FlushEvery == 0) await csv.FlushAsync(stop);
        }
    }

    /// <summary>An Excel workbook of one sheet.</summary>
    /// <exception cref="SheetTooLongException">There are more rows than a worksheet takes.</exception>
    public static Task WriteWorkbook(Stream to, IAsyncEnumerable<GoodsRow> rows, PageWords words, CancellationToken stop) => WriteWorkbook(to, rows, words, WorkbookRows, stop);

    internal static Task WriteWorkbook(Stream to, IAsyncEnumerable<GoodsRow> rows, PageWords words, int most, CancellationToken stop) =>
        to.SaveAsAsync(Cells(rows, words, most, stop), sheetName: words.Of("召回产品", "Recalled goods"), cancellationToken: stop);

    static async IAsyncEnumerable<Dictionary<string, object?>> Cells(IAsyncEnumerable<GoodsRow> rows, PageWords words, int most, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        var written = 0;
        await foreach (var row in rows.WithCancellation(stop))
        {
            if (++written > most) throw new SheetTooLongException($"a worksheet takes {most:N0} rows, and there are more: take the sheet as CSV");
            yield return SheetColumn.All.ToDictionary(column => column.In(words.IsChinese), column => SheetText.Cell(column.Of(row)));
        }
        // The headings are those of the first row, so there has to be one.
        if (written == 0) yield return SheetColumn.All.ToDictionary(column => column.In(words.IsChinese), _ => (object?)null);
    }
}
