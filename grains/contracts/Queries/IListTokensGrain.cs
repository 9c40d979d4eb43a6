namespace TraceGrains.Contracts.Queries;

/// <summary>
/// Tokens of lists of which somebody sees only some values. Such a page may end at a value that is not theirs to know, so its token is sealed, by a key that every silo has and nobody sees. One grain.
/// </summary>
[Alias("tg.IListTokensGrain")]
public interface IListTokensGrain : IGrainWithIntegerKey
{
    /// <summary>The token of a place in a list.</summary>
    [Alias("Seal")]
    Task<string> Seal(string list, string place);

    /// <summary>The place that a token of this list stands for; null where it is none.</summary>
    [Alias("Open")]
    Task<string?> Open(string list, string token);
}
