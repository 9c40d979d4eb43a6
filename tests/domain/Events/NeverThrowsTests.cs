using System.Text;
using CsCheck;
using TraceGrains.Domain.Events;
using TraceGrains.Tests;

namespace TraceGrains.Domain.Tests.Events;

public class NeverThrowsTests
{
    static readonly byte[][] Documents = [.. Epcis.AllDocuments().Select(File.ReadAllBytes).Where(bytes => bytes.Length < 20_000)];

    static readonly string[] Pieces =
    [
        "null", "true", "0", "-1e9999", "1e-9999", "\"\"", "[]", "{}", "[[]]", "\"\\uD800\"", "\"\\u0000\"", "\"type\"", "\"@context\":", "\"id\":", "\"eventTime\":7,",
        "\"urn:epc:id:sgtin:\"", "\"https://id.gs1.org/01/\"", "\"a:b\":", "\"ex:\":{", ",", ":", "\"", "\\", "\u00FF", "😀", "\"urn:tracegrains:voc:recall\":{},", "\"errorDeclaration\":null,",
        "\"sensorElementList\":[null],", "\"ilmd\":[],", "\"persistentDisposition\":1,", "\"readPoint\":{\"id\":null},",
    ];

    [Fact]
    public void Whatever_comes_reading_answers_with_events_or_problems() =>
        Gen.Select(Gen.Int[0, Documents.Length - 1], Gen.Select(Gen.Double[0, 1], Gen.Int[0, 40], Gen.Int[0, Pieces.Length - 1], Gen.Int[0, 4]).Array[1, 4])
            .Sample((document, changes) =>
            {
                var bytes = changes.Aggregate(Documents[document], (current, change) => Mutation.Of(current, Pieces, change.Item1, change.Item2, change.Item3, change.Item4));
                foreach (var read in new[] { EpcisJson.ReadDocument(bytes), EpcisJson.ReadEvent(bytes) })
                {
                    Assert.True(read.Events.Count == 0 || read.Problems.Count == 0);
                    Assert.True(read.Problems.Count <= CaptureLimits.MaxProblems);
                    Assert.All(read.Problems, problem => Assert.False(problem.Field.Length == 0 || problem.Expected.Length == 0));
                    // What is accepted can be stored, and reads back.
                    Assert.All(read.Events, accepted => Assert.Equal(accepted.CbvHash.ToArray(), EpcisJson.ReadStored(accepted.Json).CbvHash.ToArray()));
                }
                // Read for its good events, each is either among them or among the problems; unless the document itself is at fault.
                var parts = EpcisJson.ReadDocument(bytes, CaptureErrorBehaviour.Proceed);
                var refused = parts.Problems.Select(problem => problem.EventIndex).Distinct().ToList();
                if (refused.Contains(null))
                    Assert.Empty(parts.Events);
                else
                {
                    var positions = parts.Positions ?? [.. Enumerable.Range(0, parts.Events.Count)];
                    Assert.Equal(parts.Events.Count, positions.Count);
                    var all = positions.Concat(refused.Select(index => index!.Value)).Order();
                    Assert.Equal(Enumerable.Range(0, positions.Count + refused.Count), all);
                    Assert.All(parts.Events, accepted => Assert.Equal(accepted.CbvHash.ToArray(), EpcisJson.ReadStored(accepted.Json).CbvHash.ToArray()));
                }
            }, iter: 6_000, seed: "0001TraceGrs", print: _ => "");

    [Fact]
    public void Any_bytes_at_all_are_answered() =>
        Gen.Byte.Array[0, 60].Sample(bytes => Assert.NotEmpty(EpcisJson.ReadDocument(bytes).Problems), iter: 5_000);

    [Fact]
    public void Every_value_of_a_document_may_be_of_the_wrong_type()
    {
        // Each string, number and bracketed value of a rich document in turn becomes each of these.
        var text = File.ReadAllText(Corpus.PathOf("gs1-epcis/JSON/WithFullCombinationOfFields/object_event_all_possible_fields.jsonld"));
        foreach (var wrong in new[] { "null", "7", "\"x\"", "[]", "{}", "[null]", "{\"a\":1}", "true" })
            for (var at = text.IndexOf(": ", StringComparison.Ordinal); at >= 0; at = text.IndexOf(": ", at + 2, StringComparison.Ordinal))
            {
                var end = EndOfValue(text, at + 2);
                var read = EpcisJson.ReadDocument(Encoding.UTF8.GetBytes(string.Concat(text.AsSpan(0, at + 2), wrong, text.AsSpan(end))));
                Assert.True(read.Events.Count == 0 || read.Problems.Count == 0);
            }
    }

    static int EndOfValue(string text, int start)
    {
        var (depth, quoted) = (0, false);
        for (var at = start; at < text.Length; at++)
        {
            var letter = text[at];
            if (letter == '"')
                quoted = !quoted;
            else if (!quoted && letter is '{' or '[')
                depth++;
            else if (!quoted && letter is '}' or ']' && --depth < 0)
                return at;
            if (!quoted && depth == 0 && at + 1 < text.Length && text[at + 1] is ',' or '\n' or '\r' or '}' or ']')
                return at + 1;
        }
        return text.Length;
    }
}
