namespace TraceGrains.Domain.Events;

/// <summary>What a vocabulary says of one thing: a location, a party, a product (EPCIS 2.0, 6.1.2 and 9.4).</summary>
/// <param name="Vocabulary">The vocabulary's type, such as <c>urn:epcglobal:epcis:vtype:BusinessLocation</c>.</param>
/// <param name="Id">Canonical code of the thing.</param>
/// <param name="Attributes">Attribute ids, as full URIs, and values as text, structured values as JSON; one attribute may have several values.</param>
/// <param name="Children">Canonical codes of what lies directly under it.</param>
public sealed record MasterElement(string Vocabulary, string Id, IReadOnlyList<KeyValuePair<string, string>> Attributes, IReadOnlyList<string> Children);
