using SkiaSharp;

namespace TraceGrains.Silo.Labels;

/// <summary>Draws labels with Skia: into pictures and into PDF pages.</summary>
sealed class LabelDrawing(LabelFonts fonts)
{
    /// <summary>Points in a millimetre.</summary>
    const float PointsPerMillimetre = 72f / 25.4f;

    /// <summary>A PNG picture; every module is a whole number of pixels, because scanners dislike blurred edges.</summary>
    /// <param name="label">The label.</param>
    /// <param name="width">Pixels along the upper edge: what modules leave over becomes quiet zone.</param>
    public byte[] Png(Label label, int width)
    {
        var scale = Math.Max(1, width / label.Width);
        var height = width + (int)Math.Ceiling((label.Height - label.Width) * scale);
        using var bitmap = new SKBitmap(width, height, SKColorType.Gray8, SKAlphaType.Opaque);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.White);
        canvas.Translate((width - label.Width * scale) / 2, (width - label.Width * scale) / 2);
        canvas.Scale(scale);
        Draw(canvas, label);
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    /// <summary>A4 pages of labels.</summary>
    public byte[] Pdf(IReadOnlyList<Label> labels, SheetLayout layout)
    {
        using var stream = new MemoryStream();
        using (var document = SKDocument.CreatePdf(stream, new SKDocumentPdfMetadata { Title = "Labels", Producer = "TraceGrains", RasterDpi = 300 }))
        {
            foreach (var page in labels.Chunk(layout.PerPage))
            {
                using var canvas = document.BeginPage(SheetLayout.PageWidth * PointsPerMillimetre, SheetLayout.PageHeight * PointsPerMillimetre);
                for (var i = 0; i < page.Length; i++)
                {
                    var (x, y) = layout.Place(i);
                    var width = layout.LabelWidth(page[i]);
                    canvas.Save();
                    canvas.Scale(PointsPerMillimetre);
                    canvas.Translate((float)(x + (layout.CellWidth - width) / 2), (float)y);
                    canvas.Scale((float)(width / page[i].Width));
                    Draw(canvas, page[i]);
                    canvas.Restore();
                }
                document.EndPage();
            }
            document.Close();
        }
        return stream.ToArray();
    }

    /// <summary>In modules of the symbol, from its upper left corner.</summary>
    void Draw(SKCanvas canvas, Label label)
    {
        using var black = new SKPaint { Color = SKColors.Black, IsAntialias = false };
        foreach (var (x, y, length) in label.Symbol.Runs())
            canvas.DrawRect(x + label.QuietZone, y + label.QuietZone, length, 1, black);
        using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        for (var i = 0; i < label.Lines.Length; i++) DrawLine(canvas, label, i, ink);
    }

    void DrawLine(SKCanvas canvas, Label label, int line, SKPaint ink)
    {
        var runs = fonts.Runs(label.Lines[line]).Select(run => (run.Text, Font: new SKFont(run.Typeface, (float)label.TextHeight) { Subpixel = true, Hinting = SKFontHinting.None })).ToList();
        var widths = runs.Select(run => run.Font.MeasureText(run.Text)).ToList();
        var x = (label.Width - widths.Sum()) / 2;
        for (var i = 0; i < runs.Count; i++)
        {
            canvas.DrawText(runs[i].Text, x, (float)label.BaseLine(line), SKTextAlign.Left, runs[i].Font, ink);
            x += widths[i];
            runs[i].Font.Dispose();
        }
    }
}
