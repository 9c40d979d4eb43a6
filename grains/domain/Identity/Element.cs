namespace TraceGrains.Domain.Identity;

/// <summary>One GS1 element: what is said, and the value, without escapes.</summary>
/// <param name="Ai">The digits of the Application Identifier, such as <c>01</c>.</param>
/// <param name="Value">The value itself, such as <c>09520123456788</c>.</param>
public readonly record struct Element(string Ai, string Value)
{
    /// <summary>The element as people print it below a barcode: <c>(01)09520123456788</c>. A bracket inside the value is written <c>\(</c>.</summary>
    public override string ToString() => $"({Ai}){Value.Replace("(", "\\(", StringComparison.Ordinal)}";
}
