using System.Text.Json;
using TraceGrains.Domain.Events;
using TraceGrains.Tests;

namespace TraceGrains.Epcis.Tests;

public class InvalidDocumentsTests(SharedSilo shared)
{
    const string Folder = "openepcis-test-resources/core/src/main/resources/2.0/EPCIS/JSON/Capture/Invalid";

    public static TheoryData<string> Files => [.. Corpus.Files(Folder, ".json").Select(file => Path.GetFileName(file)!)];

    [Fact]
    public void There_are_fifteen() => Assert.Equal(15, Files.Count);

    [Theory]
    [MemberData(nameof(Files))]
    public async Task An_invalid_document_is_refused_naming_event_field_and_expectation_and_nothing_of_it_is_stored(string file)
    {
        var document = await File.ReadAllBytesAsync(Corpus.PathOf(Folder, file));
        var silo = shared.Silo;
        var before = await silo.NextSequence();

        var answer = await silo.Capture(document);

        answer.IsProblem(400, "ValidationException");
        // What the reader says of each is tested with the reader; here all of it has to reach the client.
        var expected = EpcisJson.ReadDocument(document).Problems;
        Assert.NotEmpty(expected);
        Assert.Equal(expected.Select(problem => (problem.EventIndex, problem.Field, problem.Expected, problem.Found)), answer.Problems);
        Assert.Contains(expected[0].Field, answer.Root.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(before + 1, await silo.NextSequence());
        foreach (var id in EventIds(document)) Assert.Equal(404, (await silo.EventById(id)).Status);
    }

    [Fact]
    public async Task A_good_event_beside_a_bad_one_is_not_stored_either()
    {
        var (good, unit) = (Documents.NewId(), Documents.NewUnit());

        var answer = await shared.Silo.Capture(Documents.Document(Documents.Shipping(good, unit), Documents.Shipping(Documents.NewId(), Documents.NewUnit(), ""","disposition":"teleported" """)));

        answer.IsProblem(400, "ValidationException");
        Assert.Equal((1, "disposition"), (answer.Problems[0].Event, answer.Problems[0].Field));
        (await shared.Silo.EventById(good)).IsProblem(404, "NoSuchResourceException");
        Assert.Equal(JsonValueKind.Null, (await shared.Silo.Query("query($code: String!) { unit(code: $code) { code } }", new { code = unit })).GetProperty("unit").ValueKind);
    }

    static IEnumerable<string> EventIds(byte[] document)
    {
        using var json = JsonDocument.Parse(document);
        return [.. json.RootElement.GetProperty("epcisBody").GetProperty("eventList").EnumerateArray()
            .Select(e => e.TryGetProperty("eventID", out var id) ? id.GetString() : null).OfType<string>()];
    }
}
