namespace TraceGrains.Silo.Recalls.Reports;

/// <summary>A line of the sheet in words: a thing, or so much of a lot with whoever has it.</summary>
sealed record GoodsRow
{
    public required string Code { get; init; }
    public required string Kind { get; init; }
    public string? Lot { get; init; }
    public string? Product { get; init; }
    public string? Description { get; init; }
    public decimal? Quantity { get; init; }
    public string? Uom { get; init; }
    public string? Holder { get; init; }
    public string? HolderName { get; init; }
    public string? HolderDistrict { get; init; }
    public string? Consignee { get; init; }
    public string? ConsigneeName { get; init; }
    public string? Location { get; init; }
    public string? LocationName { get; init; }
    public string? Disposition { get; init; }
    public required string Fate { get; init; }
    public DateTimeOffset? Received { get; init; }
    public DateTimeOffset? Shipped { get; init; }
    public string? Answer { get; init; }
    public string? AnsweredBy { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }
    public string? LastEvent { get; init; }
}

/// <summary>A column of the sheet.</summary>
/// <param name="Zh">Heading in Chinese.</param>
/// <param name="En">Heading in English.</param>
/// <param name="Of">What a row has there: text, a number, a time, or null.</param>
sealed record SheetColumn(string Zh, string En, Func<GoodsRow, object?> Of)
{
    /// <summary>
    /// The key data elements that a traceability rule asks for of lots, with who has them (21 CFR part 1, subpart S: traceability lot code, product description, quantity and unit, places, dates), and what
    /// a recall adds. Times are UTC.
    /// </summary>
    public static readonly IReadOnlyList<SheetColumn> All =
    [
        new("追溯批号", "Traceability lot code", row => row.Lot), new("编码", "Code", row => row.Code), new("类别", "Kind", row => row.Kind),
        new("产品编码", "Product", row => row.Product), new("产品描述", "Product description", row => row.Description),
        new("数量", "Quantity", row => row.Quantity), new("单位", "Unit of measure", row => row.Uom),
        new("持有者编码", "Holder", row => row.Holder), new("持有者名称", "Holder name", row => row.HolderName), new("持有者区县", "Holder district", row => row.HolderDistrict),
        new("收货方编码", "On the way to", row => row.Consignee), new("收货方名称", "On the way to: name", row => row.ConsigneeName),
        new("地点编码", "Location", row => row.Location), new("地点名称", "Location name", row => row.LocationName),
        new("处置状态", "Disposition", row => row.Disposition), new("去向", "What became of it", row => row.Fate),
        new("收货时间(UTC)", "Received (UTC)", row => row.Received), new("发货时间(UTC)", "Shipped (UTC)", row => row.Shipped),
        new("召回答复", "Answered", row => row.Answer), new("答复方", "Answered by", row => row.AnsweredBy), new("答复时间(UTC)", "Answered at (UTC)", row => row.AnsweredAt),
        new("最近事件", "Last event", row => row.LastEvent),
    ];

    public string In(bool chinese) => chinese ? Zh : En;
}
