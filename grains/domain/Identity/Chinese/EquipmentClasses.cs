namespace TraceGrains.Domain.Identity.Chinese;

/// <summary>The first digit of the catalogue of special equipment, as far as read at 360docs.net/doc/0b17400149.html.</summary>
static class EquipmentClasses
{
    public static string? NameOf(char first) => first switch
    {
        '1' => "锅炉 boiler",
        '2' => "压力容器 pressure vessel",
        '3' => "电梯 lift",
        '4' => "起重机 crane",
        _ => null,
    };
}
