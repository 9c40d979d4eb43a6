namespace TraceGrains.Silo.Labels;

/// <summary>Where labels lie on A4 paper: columns and rows of equal cells inside a margin. Millimetres.</summary>
/// <param name="Columns">1 to 10.</param>
/// <param name="Rows">1 to 20.</param>
/// <param name="Margin">0 to 40.</param>
/// <param name="Gap">Between cells, 0 to 20.</param>
sealed record SheetLayout(int Columns, int Rows, double Margin, double Gap)
{
    public const int PageWidth = 210, PageHeight = 297, ColumnsMax = 10, RowsMax = 20, MarginMax = 40, GapMax = 20;

    public int PerPage => Columns * Rows;

    public double CellWidth => (PageWidth - 2 * Margin - (Columns - 1) * Gap) / Columns;

    public double CellHeight => (PageHeight - 2 * Margin - (Rows - 1) * Gap) / Rows;

    /// <summary>Upper left corner of a cell, row by row.</summary>
    public (double X, double Y) Place(int index) => (Margin + index % Columns * (CellWidth + Gap), Margin + index / Columns * (CellHeight + Gap));

    /// <summary>As wide as the cell allows, and as its height allows with the text below.</summary>
    public double LabelWidth(Label label) => Math.Min(CellWidth, CellHeight * label.Width / label.Height);
}
