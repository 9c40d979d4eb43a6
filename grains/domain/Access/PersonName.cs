using TraceGrains.Domain.Identity;

namespace TraceGrains.Domain.Access;

/// <summary>Names of persons as people give them and are shown them; between, a <see cref="PersonCommitment"/> stands for each.</summary>
public static class PersonName
{
    /// <summary>What a name reads where it was erased.</summary>
    public const string Erased = "(erased)";

    /// <summary>A name as it is kept: without the white space around it, or one person would be two.</summary>
    public static string Tidy(string name) => name.Trim();

    /// <summary>What is wrong with a text that is to be a name, besides its length; null when nothing is.</summary>
    public static string? Problem(string name) =>
        PersonCommitment.Is(name) ? $"expected a name; found a text that begins with {PersonCommitment.Start}" : name == Erased ? $"expected a name; found {Erased}" : null;

    /// <summary>Whether the name that was told can be the one that is shown: of an erased one nobody can say that it is not.</summary>
    public static bool MayBe(string shown, string told) => shown == told || shown == Erased;

    /// <summary>Whether a text that says who somebody is is a code (a URN or a web address) and no name. Codes stay in the clear.</summary>
    public static bool IsCode(string text) =>
        (text.StartsWith("urn:", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        && Identifier.TryIdentify(text, out _, out _);
}
