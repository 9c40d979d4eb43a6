namespace TraceGrains.Demo.Chain;

/// <summary>Business steps that CBV 2.0 has no word for. They are URIs of the demonstration's own, as CBV 2.0 asks of such steps.</summary>
static class Words
{
    public const string Vocabulary = "https://demo.example/voc/";
    public const string Harvest = Vocabulary + "harvest";
    public const string Milking = Vocabulary + "milking";
    public const string Salting = Vocabulary + "salting";
    public const string Blending = Vocabulary + "blending";
    public const string Heating = Vocabulary + "heating";
    public const string Pressing = Vocabulary + "tablet_pressing";
    public const string Certify = Vocabulary + "certify";
}
