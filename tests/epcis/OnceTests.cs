using static TraceGrains.Epcis.Tests.Documents;

namespace TraceGrains.Epcis.Tests;

/// <summary>Invariant I3: the same event again is recorded once and answers as the first time did; the same id with other content is refused.</summary>
public class OnceTests(SharedSilo shared)
{
    [Fact]
    public async Task The_same_document_again_leaves_one_copy_and_answers_the_first_places_even_after_a_restart()
    {
        await using var silo = await Silo.Start();
        // Events with an id, events known by their hash, and the same content twice in one document.
        var unit = NewUnit();
        var document = Document(Shipping(NewId(), NewUnit()), Shipping(null, unit), Shipping(null, unit), Shipping(NewId(), NewUnit()));

        var first = (await silo.Capture(document)).Receipts;
        var again = (await silo.Capture(document)).Receipts;
        await silo.Restart();
        var later = (await silo.Capture(document)).Receipts;

        Assert.Equal([1, 2, 2, 3], first.Select(receipt => receipt.Sequence));
        Assert.Equal([false, false, true, false], first.Select(receipt => receipt.IsRepeat));
        Assert.Equal(first.Select(receipt => receipt with { IsRepeat = true }), again);
        Assert.Equal(again, later);
        Assert.Equal(4, await silo.NextSequence());
    }

    [Fact]
    public async Task A_repeated_bare_event_answers_created_with_the_first_place_and_says_that_it_is_a_repeat()
    {
        var bare = Bare(Shipping(NewId(), NewUnit()));

        var first = await shared.Silo.CaptureEvent(bare);
        var again = await shared.Silo.CaptureEvent(bare);

        Assert.Equal((201, 201), (first.Status, again.Status));
        Assert.Equal(first.Headers["Location"], again.Headers["Location"]);
        Assert.Equal(first.Root.GetProperty("sequence").GetInt64(), again.Root.GetProperty("sequence").GetInt64());
        Assert.Equal((false, true), (first.Root.GetProperty("repeat").GetBoolean(), again.Root.GetProperty("repeat").GetBoolean()));
    }

    [Fact]
    public async Task The_same_content_in_another_spelling_is_the_same_event()
    {
        var id = NewId();
        var first = await shared.Silo.CaptureEvent(Bare(Shipping(id, "urn:epc:id:sgtin:0614141.107346.20171")));

        var again = await shared.Silo.CaptureEvent(Bare(Shipping(id, "https://id.gs1.org/01/10614141073464/21/20171")
            .Replace("2026-03-04T11:00:30.000+08:00", "2026-03-04T03:00:30Z", StringComparison.Ordinal).Replace("\"shipping\"", "\"urn:epcglobal:cbv:bizstep:shipping\"", StringComparison.Ordinal)));

        Assert.True(again.Root.GetProperty("repeat").GetBoolean(), again.Body);
        Assert.Equal(first.Root.GetProperty("sequence").GetInt64(), again.Root.GetProperty("sequence").GetInt64());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_same_id_with_other_content_is_refused_naming_the_difference_and_nothing_of_the_document_is_stored(bool inOneDocument)
    {
        var (id, other, unit) = (NewId(), NewId(), NewUnit());
        var conflicting = Shipping(id, unit).Replace("\"shipping\"", "\"receiving\"", StringComparison.Ordinal);
        if (!inOneDocument) Assert.Single((await shared.Silo.Capture(Document(Shipping(id, unit)))).Receipts);
        var before = await shared.Silo.NextSequence();

        var answer = await shared.Silo.Capture(inOneDocument ? Document(Shipping(id, unit), conflicting) : Document(Shipping(other, NewUnit()), conflicting));

        answer.IsProblem(409, "ResourceAlreadyExistsException");
        var problem = Assert.Single(answer.Problems);
        Assert.Equal((1, "eventID", id), (problem.Event, problem.Field, problem.Found));
        Assert.Contains("differs in bizStep: \"https://ref.gs1.org/cbv/BizStep-receiving\" against \"https://ref.gs1.org/cbv/BizStep-shipping\"", problem.Expected, StringComparison.Ordinal);
        Assert.Equal(before + 1, await shared.Silo.NextSequence());
        Assert.Equal(404, (await shared.Silo.EventById(other)).Status);
    }

    [Fact]
    public async Task An_error_declaration_is_recorded_under_the_same_id_withdraws_the_event_and_is_recorded_once()
    {
        var (id, unit) = (NewId(), NewUnit());
        var original = Shipping(id, unit);
        var declaration = Bare(original + ""","errorDeclaration":{"declarationTime":"2026-03-05T09:00:00Z","reason":"did_not_occur"} """);
        Assert.Equal(201, (await shared.Silo.CaptureEvent(Bare(original))).Status);

        var declared = await shared.Silo.CaptureEvent(declaration);
        var again = await shared.Silo.CaptureEvent(declaration);

        Assert.True(declared.Status == 201, declared.Body);
        Assert.Equal(declared.Root.GetProperty("sequence").GetInt64(), again.Root.GetProperty("sequence").GetInt64());
        var seen = (await shared.Silo.Query("query($id: String!, $unit: String!) { event(id: $id) { declaresError withdrawnBy { sequence } corrections { sequence } } unit(code: $unit) { chainLength location } }",
            new { id, unit }));
        Assert.False(seen.GetProperty("event").GetProperty("declaresError").GetBoolean());
        Assert.Equal(declared.Root.GetProperty("sequence").GetInt64(), seen.GetProperty("event").GetProperty("withdrawnBy").GetProperty("sequence").GetInt64());
        Assert.Equal(1, seen.GetProperty("event").GetProperty("corrections").GetArrayLength());
        Assert.Equal(2, seen.GetProperty("unit").GetProperty("chainLength").GetInt32());
        // Where it was seen is no longer said by anything that stands.
        Assert.Null(seen.GetProperty("unit").GetProperty("location").GetString());
    }
}
