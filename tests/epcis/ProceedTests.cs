using System.Text.Json;
using static TraceGrains.Epcis.Tests.Documents;

namespace TraceGrains.Epcis.Tests;

/// <summary><c>GS1-Capture-Error-Behaviour: proceed</c>: the good events are recorded, the others named.</summary>
public class ProceedTests(SharedSilo shared)
{
    static readonly (string, string) Proceed = ("GS1-Capture-Error-Behaviour", "proceed");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Good_events_are_recorded_and_every_refused_one_is_named_by_its_place(bool isAsync)
    {
        var (taken, first, third) = (NewId(), NewId(), NewId());
        await shared.Silo.Capture(Document(Shipping(taken, NewUnit())));
        var document = Document(
            Shipping(first, NewUnit()),
            Shipping(NewId(), NewUnit(), ""","disposition":"teleported","colour":1 """),
            Shipping(taken, NewUnit()),
            Shipping(third, NewUnit()),
            "\"type\":\"ObjectEvent\"",
            Shipping(first, NewUnit()));

        var answer = await shared.Silo.Capture(document, headers: isAsync ? [Proceed, ("Prefer", "respond-async")] : [Proceed]);

        Assert.Equal(202, answer.Status);
        var job = await CaptureJobTests.Finished(shared.Silo, answer);
        Assert.False(job.GetProperty("success").GetBoolean());
        Assert.Equal("proceed", job.GetProperty("captureErrorBehaviour").GetString());
        Assert.Equal([(0, first), (3, third)], job.GetProperty("events").EnumerateArray().Select(receipt => (receipt.GetProperty("eventIndex").GetInt32(), receipt.GetProperty("eventID").GetString()!)));
        var errors = job.GetProperty("errors").EnumerateArray().Select(error => (error.GetProperty("eventIndex").GetInt32(), error.GetProperty("field").GetString()!, error.GetProperty("status").GetInt32())).ToList();
        Assert.Equal([1, 1, 2, 4, 5], errors.Where(error => error.Item1 != 4).Select(error => error.Item1).Append(4).Order());
        Assert.Contains((1, "disposition", 400), errors);
        Assert.Contains((1, "colour", 400), errors);
        Assert.Contains((2, "eventID", 409), errors);
        Assert.Contains((4, "eventTime", 400), errors);
        Assert.Contains((5, "eventID", 409), errors);
        foreach (var id in (string[])[first, third]) Assert.Equal(200, (await shared.Silo.EventById(id)).Status);
    }

    [Fact]
    public async Task Where_all_is_well_proceeding_is_no_different()
    {
        var job = (await shared.Silo.Capture(Document(Shipping(NewId(), NewUnit()), Shipping(null, NewUnit())), headers: Proceed)).Root;

        Assert.True(job.GetProperty("success").GetBoolean());
        Assert.Equal([0, 1], job.GetProperty("events").EnumerateArray().Select(receipt => receipt.GetProperty("eventIndex").GetInt32()));
    }

    [Fact]
    public async Task However_many_events_are_refused_each_is_named_and_none_of_the_others_is_lost()
    {
        var unit = NewUnit();
        var document = Document(Enumerable.Range(0, 600).Select(i => Shipping(NewId(), unit, i % 3 == 0 ? "" : ""","disposition":"teleported" """)));

        var job = (await shared.Silo.Capture(document, headers: Proceed)).Root;

        Assert.Equal(Enumerable.Range(0, 600).Where(i => i % 3 != 0), job.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("eventIndex").GetInt32()));
        Assert.Equal(Enumerable.Range(0, 600).Where(i => i % 3 == 0), job.GetProperty("events").EnumerateArray().Select(receipt => receipt.GetProperty("eventIndex").GetInt32()));
    }

    [Fact]
    public async Task A_document_of_which_nothing_is_good_is_still_a_job_and_one_that_is_none_is_refused()
    {
        var nothing = await shared.Silo.Capture(Document("\"type\":\"ObjectEvent\""), headers: Proceed);
        Assert.Equal(202, nothing.Status);
        Assert.NotEmpty(nothing.Root.GetProperty("errors").EnumerateArray());

        (await shared.Silo.Capture("""{"type":"EPCISDocument"}"""u8.ToArray(), headers: Proceed)).IsProblem(400, "ValidationException");
    }

    [Theory]
    [InlineData("all")]
    [InlineData("perhaps")]
    public async Task Another_behaviour_is_refused_naming_both(string behaviour)
    {
        var answer = await shared.Silo.Capture(Document(Shipping(NewId(), NewUnit())), headers: ("GS1-Capture-Error-Behaviour", behaviour));

        answer.IsProblem(400, "ValidationException");
        Assert.Contains($"GS1-Capture-Error-Behaviour: expected rollback or proceed, found {behaviour}", answer.Root.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
