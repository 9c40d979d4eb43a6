using System.Buffers;

namespace TraceGrains.Domain.Identity;

/// <summary>The character sets of the GS1 General Specifications, named as the Syntax Dictionary names them.</summary>
static class Charsets
{
    const string Cset82 = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

    static readonly SearchValues<char> X = SearchValues.Create(Cset82);
    static readonly SearchValues<char> Y = SearchValues.Create("#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    static readonly SearchValues<char> Z = SearchValues.Create("-0123456789=ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz");

    /// <summary>Position of the first character that does not belong, or -1.</summary>
    public static int FirstOutside(char type, ReadOnlySpan<char> text) => type switch
    {
        'N' => text.IndexOfAnyExceptInRange('0', '9'),
        'X' => text.IndexOfAnyExcept(X),
        'Y' => text.IndexOfAnyExcept(Y),
        'Z' => text.IndexOfAnyExcept(Z),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "expected N, X, Y or Z"),
    };

    /// <summary>What to tell a person who used a character outside the set.</summary>
    public static string Describe(char type) => type switch
    {
        'N' => "digits",
        'X' => "letters, digits and !\"%&'()*+,-./:;<=>?_",
        'Y' => "capital letters, digits and #-/",
        _ => "letters, digits and -_=",
    };

    /// <summary>The character's value for alphanumeric check characters, or -1 where it has none.</summary>
    public static int PositionIn82(char character) => Cset82.IndexOf(character, StringComparison.Ordinal);
}
