using System.Diagnostics.CodeAnalysis;

namespace TraceGrains.Silo.SignIn;

/// <summary>Where somebody goes after signing in: a path of this server and nothing that a browser might take for another host's address.</summary>
static class LocalPath
{
    /// <summary>Where to, when nobody said.</summary>
    public const string Default = "/console";

    const int LengthMax = 2_000;

    /// <summary>Whether a text is a path of this server: one slash at its start, no backslash (browsers take it for a slash), only printable ASCII.</summary>
    public static bool Is([NotNullWhen(true)] string? text) =>
        text is { Length: > 0 and <= LengthMax } && text[0] == '/' && (text.Length == 1 || text[1] != '/') && text.All(letter => letter is > ' ' and < '\x7f' and not '\\');

    /// <summary>The path that was asked for, if it is one of this server's; the console otherwise.</summary>
    public static string Of(string? asked) => Is(asked) ? asked : Default;
}
