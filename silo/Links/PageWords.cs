using TraceGrains.Domain.Identity;

namespace TraceGrains.Silo.Links;

/// <summary>The words of the public pages in two languages.</summary>
sealed class PageWords(bool chinese)
{
    /// <summary>Business steps of CBV 2.0 (7.1) as consumers say them.</summary>
    static readonly Dictionary<string, (string Zh, string En)> Steps = new(StringComparer.Ordinal)
    {
        ["accepting"] = ("验收", "Accepted"), ["arriving"] = ("到达", "Arrived"), ["assembling"] = ("组装", "Assembled"), ["collecting"] = ("回收", "Collected"),
        ["commissioning"] = ("赋码", "Coded"), ["consigning"] = ("托运", "Consigned"), ["creating_class_instance"] = ("生产批次", "Made"), ["cycle_counting"] = ("盘点", "Counted"),
        ["decommissioning"] = ("停用", "Taken out of use"), ["departing"] = ("出发", "Departed"), ["destroying"] = ("销毁", "Destroyed"), ["disassembling"] = ("拆分", "Taken apart"),
        ["dispensing"] = ("发药", "Dispensed"), ["encoding"] = ("写码", "Encoded"), ["entering_exiting"] = ("进出", "Passed a gate"), ["holding"] = ("暂存", "Held"),
        ["inspecting"] = ("检验", "Inspected"), ["installing"] = ("安装", "Installed"), ["killing"] = ("屠宰", "Slaughtered"), ["loading"] = ("装车", "Loaded"),
        ["packing"] = ("包装", "Packed"), ["picking"] = ("拣货", "Picked"), ["receiving"] = ("收货", "Received"), ["removing"] = ("拆除", "Removed"),
        ["repackaging"] = ("换包装", "Repackaged"), ["repairing"] = ("维修", "Repaired"), ["replacing"] = ("更换", "Replaced"), ["reserving"] = ("预留", "Reserved"),
        ["retail_selling"] = ("售出", "Sold"), ["sampling"] = ("抽样", "Sampled"), ["sensor_reporting"] = ("传感器记录", "Measured by a sensor"), ["shipping"] = ("发货", "Shipped"),
        ["staging_outbound"] = ("备货", "Staged for shipping"), ["stock_taking"] = ("库存盘点", "Stock taken"), ["stocking"] = ("上架", "Put on the shelf"), ["storing"] = ("入库", "Stored"),
        ["transporting"] = ("运输", "Transported"), ["unloading"] = ("卸车", "Unloaded"), ["unpacking"] = ("拆包", "Unpacked"), ["void_shipping"] = ("取消发货", "Shipment cancelled"), ["other"] = ("其他", "Other step"),
    };

    static readonly Dictionary<string, (string Zh, string En)> Types = new(StringComparer.Ordinal)
    {
        ["TransformationEvent/None"] = ("加工", "Processed"), ["AggregationEvent/Add"] = ("装箱", "Put into a container"), ["AggregationEvent/Delete"] = ("从包装中取出", "Taken out of its container"),
        ["AggregationEvent/Contents"] = ("装入或取出货物", "Filled or emptied"), ["ObjectEvent/Add"] = ("登记", "Registered"), ["ObjectEvent/Delete"] = ("注销", "Ended"),
        ["AssociationEvent/Add"] = ("安装", "Attached"), ["AssociationEvent/Delete"] = ("拆除", "Detached"),
    };

    public bool IsChinese => chinese;

    public string Language => chinese ? "zh-CN" : "en";

    public string Of(string zh, string en) => chinese ? zh : en;

    public string Step(PublicStep step) => step.Step switch
    {
        "commissioning" or "creating_class_instance" when step.Type == "TransformationEvent/None" => Of("生产", "Made"),
        // A word of one's own is a URI; its last part is the nearest to plain words that there is.
        { } term when !Steps.ContainsKey(term) => term[(term.TrimEnd('/').LastIndexOfAny(['/', ':', '#', '.']) + 1)..].TrimEnd('/').Replace('_', ' '),
        { } known => Of(Steps[known].Zh, Steps[known].En),
        null when Types.TryGetValue(step.Type, out var type) => Of(type.Zh, type.En),
        _ => Of("记录", "Recorded"),
    };

    public string Kind(CodeKind kind) => kind switch
    {
        CodeKind.Unit => Of("单件商品", "Item"),
        CodeKind.Batch => Of("批次", "Batch"),
        CodeKind.Product => Of("商品", "Product"),
        CodeKind.LogisticUnit => Of("物流单元", "Logistic unit"),
        CodeKind.Device => Of("设备", "Device"),
        CodeKind.Location => Of("地点", "Place"),
        CodeKind.Party => Of("企业", "Enterprise"),
        CodeKind.Document => Of("单证", "Document"),
        _ => Of("编码", "Code"),
    };

    /// <summary>Class of a recall (食品召回管理办法 art. 13: 一级, 二级, 三级).</summary>
    public string RecallClass(string @class) => @class switch { "I" => Of("一级召回", "Class I recall"), "II" => Of("二级召回", "Class II recall"), _ => Of("三级召回", "Class III recall") };
}
