namespace TraceGrains.Demo;

/// <summary>One document as an enterprise would send it to capture.</summary>
/// <param name="Name">A short file name, <c>week-3.jsonld</c>.</param>
/// <param name="Utf8">A complete EPCIS 2.0 <c>EPCISDocument</c> in JSON-LD.</param>
public sealed record DemoDocument(string Name, byte[] Utf8);
