using TraceGrains.Domain.Identity;

namespace TraceGrains.Domain.Tests.Identity;

/// <summary>Rows of GS1's own test data (Apache-2.0, see the file's header) for Digital Links and element strings.</summary>
public static class Vectors
{
    public const int InputColumn = 2;

    /// <summary>Line number, should it succeed, input, expected, stem or rule, flags.</summary>
    public static TheoryData<int, bool, string, string, string, string> Of(string kind)
    {
        var rows = new TheoryData<int, bool, string, string, string, string>();
        var number = 0;
        foreach (var line in File.ReadLines(TraceGrains.Tests.Corpus.PathOf("gs1-digital-link-vectors", "vectors.tsv")))
        {
            number++;
            var columns = line.Split('\t').Select(Unescape).ToArray();
            // Rows of element strings whose input was lost when the file was made: some say true and some false of the same nothing.
            if (columns[0] == kind && (kind == "dl_parse" || columns[InputColumn].Length > 0))
                rows.Add(number, bool.Parse(columns[1]), columns[2], columns[3], columns[4], columns[5]);
        }
        return rows;
    }

    public static DigitalLinkOptions Options(string flags) => new()
    {
        PermitConvenienceNames = flags.Contains("permitConvenienceAlphas=true", StringComparison.Ordinal),
        PermitShortGtins = flags.Contains("PermitZeroSuppressedGTINinDLuris=true", StringComparison.Ordinal),
        PermitUnknownIdentifiers = flags.Contains("PermitUnknownAIs=true", StringComparison.Ordinal),
        PermitUnknownAttributes = flags.Contains("Validation:vUNKNOWN_AI_NOT_DL_ATTR=false", StringComparison.Ordinal),
    };

    static string Unescape(string field) =>
        field.Replace("\\\\", "\0", StringComparison.Ordinal).Replace("\\t", "\t", StringComparison.Ordinal)
            .Replace("\\n", "\n", StringComparison.Ordinal).Replace("\0", "\\", StringComparison.Ordinal);
}
