namespace TraceGrains.Domain.Identity.Scanning;

/// <summary>One part of a code, said so that a person understands it.</summary>
/// <param name="Name">What the part is, such as <c>serial number</c> or <c>制造年份 year of manufacture</c>.</param>
/// <param name="Value">The characters as they stand in the code.</param>
/// <param name="Meaning">What they say, where the rules give them a meaning; else null.</param>
public sealed record CodePart(string Name, string Value, string? Meaning = null);
