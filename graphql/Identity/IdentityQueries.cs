using System.ComponentModel;
using TraceGrains.GraphQL.Identity;

namespace TraceGrains.GraphQL;

public sealed partial class Query
{
    [Description("What a scanned or typed text is: element string, Digital Link, EPC URN, bare digits, Chinese code, text of a seed label, any URI. Says nothing of whether the thing is on record.")]
    public static CodeReading Identify([Description("The text as the scanner delivers it, at most 8,000 characters. FNC1 is U+001D or ^.")] string text) => new(Domain.Identity.Scanning.ScannedText.Identify(text));
}
