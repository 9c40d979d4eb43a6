using System.Text.Json.Serialization;

namespace TraceGrains.Domain.Recalls;

/// <summary>One text in the two languages that people work in.</summary>
[GenerateSerializer, Immutable, Alias("tg.LocalText")]
public sealed record LocalText
{
    /// <summary>For serializers.</summary>
    public LocalText() : this("", "") { }

    /// <summary>A text.</summary>
    /// <param name="en">English.</param>
    /// <param name="zh">Chinese.</param>
    [JsonConstructor]
    public LocalText(string en, string zh) => (En, Zh) = (en, zh);

    /// <summary>English.</summary>
    [Id(0)] public string En { get; set; }

    /// <summary>Chinese.</summary>
    [Id(1)] public string Zh { get; set; }

    /// <inheritdoc/>
    public override string ToString() => En;
}
