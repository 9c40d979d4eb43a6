using System.Diagnostics.CodeAnalysis;

namespace TraceGrains.Domain.Identity;

/// <summary>The one way from a spelling to an identity: EPC URN, EPC class or pattern URN, GS1 Digital Link URI, or any other absolute URI.</summary>
public static class Identifier
{
    /// <summary>Answers what <paramref name="text"/> names, or says in <paramref name="error"/> what is wrong with it and what was expected.</summary>
    public static bool TryIdentify(string text, [NotNullWhen(true)] out Identification? identified, [NotNullWhen(false)] out string? error) =>
        throw new NotImplementedException();
}
