using CsCheck;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Queries;
using TraceGrains.Domain.Tests.Events;

namespace TraceGrains.Domain.Tests.Queries;

/// <summary>The index may find too much, never too little: whatever satisfies a query is filed under one key of each of its conditions.</summary>
public sealed class IndexNarrowingProperties
{
    static readonly (EventTerms Terms, IReadOnlyCollection<long> Keys)[] Events = [.. Epcis.AllDocuments()
        .SelectMany(file => EpcisJson.ReadDocument(File.ReadAllBytes(file)).Events)
        .Select(Ask.Terms).Select(terms => (terms, IndexKeys.Of(terms)))];

    [Fact]
    public void OfficialEvents_AreFoundByWhateverTheySay() => Gen.Int[0, Events.Length - 1].SelectMany(at => Gen.Shuffle(QueriesOf(Events[at].Terms).ToArray(), 1, 3).Select(queries => (at, queries)))
        .Sample(drawn =>
        {
            var query = Ask.Query("{" + string.Join(",", drawn.queries.DistinctBy(text => text.Split(':')[0])) + "}");
            Assert.True(query.Matches(Events[drawn.at].Terms));
            foreach (var (terms, keys) in Events)
                if (query.Matches(terms))
                    Assert.All(IndexKeys.Of(query), alternatives => Assert.Contains(alternatives, keys.Contains));
        }, iter: Proof.Rounds(300));

    [Fact]
    public void WhomAnEventConcerns_IsAmongItsFamilies()
    {
        var concerned = Epcis.AllDocuments().SelectMany(file => EpcisJson.ReadDocument(File.ReadAllBytes(file)).Events).SelectMany((e, i) => EventParties.Of(e.Event).Codes.Select(code => (code, i))).ToList();
        Assert.True(concerned.Count > 50);
        Assert.All(concerned, one => Assert.Contains(IndexKeys.OfFamily(Registration.FamilyOf(one.code)), Events[one.i].Keys));
    }

    [Fact]
    public void EveryTerm_IsFoundByTheParameterThatAsksForIt()
    {
        foreach (var (terms, keys) in Events)
            foreach (var parameter in QueriesOf(terms))
            {
                var query = Ask.Query("{" + parameter + "}");
                Assert.True(query.Matches(terms), parameter);
                Assert.All(IndexKeys.Of(query), alternatives => Assert.Contains(alternatives, keys.Contains));
            }
    }

    // Every term turned into a parameter that asks for it.
    static IEnumerable<string> QueriesOf(EventTerms terms)
    {
        foreach (var term in terms.All)
        {
            var text = System.Text.Json.JsonSerializer.Serialize(term.Text ?? "");
            var parameter = term.Field switch
            {
                "eventType" => $"\"eventType\":[{text}]",
                "eventTime" or "recordTime" or "time" or "startTime" or "endTime" or "errorDeclarationTime" => $"\"GE_{term.Field}\":{text}",
                "epc" or "parentID" or "inputEPC" or "outputEPC" => $"\"MATCH_anyEPC\":[{text}]",
                "epcClass" or "inputEPCClass" or "outputEPCClass" => $"\"MATCH_{term.Field}\":[{text}]",
                "source" or "destination" or "bizTransaction" => null,
                // A business transaction without a type: no parameter asks for one.
                _ when term.Field.EndsWith('/') => null,
                "errorDeclaration" or "sensorElementList" => $"\"EXISTS_{term.Field}\":null",
                // Whoever asks with the standard's prefix means the standard's field, whatever a document has made of that prefix.
                _ when term.Field.Contains(":cbvmda:", StringComparison.Ordinal) => null,
                _ when term.Field.StartsWith("OWN:", StringComparison.Ordinal) => Own(term, ""),
                _ when term.Field.StartsWith("INNER:", StringComparison.Ordinal) => Own(term, "INNER_"),
                _ when term.Field.Contains('@') => $"\"GE_{term.Field.Replace('@', '_')}\":{term.Number}",
                _ when term.Number is { } number => $"\"EQ_{term.Field}\":{number}",
                _ when term.Field.Split('/') is [var pair, ..] && pair != term.Field => $"\"EQ_{pair}_{term.Field[(pair.Length + 1)..]}\":[{text}]",
                _ => $"\"EQ_{term.Field}\":[{text}]",
            };
            if (parameter is not null) yield return parameter;
        }
    }

    static string Own(EventTerm term, string inner)
    {
        var field = term.Field[(term.Field.IndexOf(':') + 1)..];
        var (scope, name) = (field[..field.IndexOf(':')], field[(field.IndexOf(':') + 1)..]);
        var parameter = $"{inner}{(scope.Length > 0 ? scope + "_" : "")}{name}";
        return term.Text is null ? $"\"EXISTS_{parameter}\":null" : $"\"EQ_{parameter}\":{System.Text.Json.JsonSerializer.Serialize(term.Text)}";
    }
}
