using System.Text.Json;
using TraceGrains.Tests;

namespace TraceGrains.Epcis.Tests;

public class OfficialDocumentsTests(SharedSilo shared)
{
    const string BareEvents = "openepcis-test-resources/core/src/main/resources/2.0/EPCIS/JSON/Capture/Events";

    /// <summary>Official examples that re-use the id of an event in an earlier one (in the order of their paths) with other content, and where the two differ.</summary>
    static readonly Dictionary<string, string> Conflicts = new()
    {
        ["Example-Type-sourceOrDestination,measurement,bizTransaction.jsonld"] = "bizTransactionList[1]",
        ["SensorDataExample17.jsonld"] = "sensorElementList[0].sensorReport[0].type",
    };

    [Fact]
    public async Task Every_official_example_is_accepted_and_a_re_used_id_with_other_content_is_refused_naming_the_difference()
    {
        var files = Corpus.Files("gs1-epcis/JSON", ".jsonld");
        Assert.Equal(47, files.Count);
        var conflicts = new Dictionary<string, string>();
        await using var silo = await Silo.Start();
        await using var fresh = await Silo.Start();

        foreach (var file in files)
        {
            var document = await File.ReadAllBytesAsync(file);
            var answer = await silo.Capture(document, "application/ld+json");
            if (answer.Status == 409)
            {
                answer.IsProblem(409, "ResourceAlreadyExistsException");
                var problem = Assert.Single(answer.Problems);
                Assert.Equal("eventID", problem.Field);
                conflicts.Add(Path.GetFileName(file), problem.Expected);
                // The content is sound: where the id is free, it is accepted.
                Assert.NotEmpty((await fresh.Capture(document, "application/ld+json")).Receipts);
                continue;
            }
            foreach (var receipt in answer.Receipts)
                Assert.Equal(200, (await silo.EventById(receipt.EventId)).Status);
        }

        Assert.Equal(Conflicts.Keys.Order(StringComparer.Ordinal), conflicts.Keys.Order(StringComparer.Ordinal));
        Assert.All(Conflicts, conflict => Assert.Contains($"differs in {conflict.Value}:", conflicts[conflict.Key], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("AggregationEvent")]
    [InlineData("AssociationEvent")]
    [InlineData("ObjectEvent")]
    [InlineData("TransactionEvent")]
    [InlineData("TransformationEvent")]
    public async Task A_bare_event_of_every_type_is_created_and_stands_at_its_Location(string type)
    {
        var bare = await File.ReadAllBytesAsync(Corpus.PathOf(BareEvents, type + ".json"));

        var created = await shared.Silo.CaptureEvent(bare);

        Assert.True(created.Status == 201, created.Body);
        var read = (await shared.Silo.Get(created.Headers["Location"])).Event;
        Assert.Equal(type, read.GetProperty("type").GetString());
        Assert.Equal(created.Root.GetProperty("eventID").GetString(), read.GetProperty("eventID").GetString());
        Assert.True(read.TryGetProperty("recordTime", out _));
        using var sent = JsonDocument.Parse(bare);
        foreach (var member in sent.RootElement.EnumerateObject().Where(member => member.Name is not ("@context" or "recordTime")))
            Assert.True(JsonElement.DeepEquals(member.Value, read.GetProperty(member.Name)), member.Name);
    }
}
