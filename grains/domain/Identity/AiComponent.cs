namespace TraceGrains.Domain.Identity;

/// <summary>One stretch of an element's value: what characters, how many, and which content rules.</summary>
/// <param name="Type">N digits, X the 82 characters of GS1, Y capitals and a few more, Z base64url.</param>
sealed record AiComponent(char Type, int LengthMin, int LengthMax, bool IsOptional, Linter[] Linters);
