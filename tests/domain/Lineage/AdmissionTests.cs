using CsCheck;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Lineage;
using TraceGrains.Ledger;
using TraceGrains.Ledger.Projection;

namespace TraceGrains.Domain.Tests.Lineage;

public class AdmissionTests
{
    static readonly EpcisEvent seen = new() { Type = EventType.ObjectEvent, Action = EventAction.Observe, EventTime = DateTimeOffset.UnixEpoch, Epcs = ["urn:ex:1"] };
    static readonly CanonicalEvent original = World.Canonical(seen with { EventId = "urn:ex:event" }), anonymous = World.Canonical(seen);
    static readonly CanonicalEvent declaration = World.DeclaredWrong(original);
    static readonly CanonicalEvent otherContent = World.Canonical(seen with { EventId = "urn:ex:event", Epcs = ["urn:ex:2"] });
    static readonly CanonicalEvent otherId = World.Canonical(seen with { EventId = "urn:ex:another" });

    /// <summary>Admits one after the other, as capture does; what came of each, what was recorded, and which sequences were withdrawn.</summary>
    static (List<Admission> Answers, List<CanonicalEvent> Recorded, HashSet<long> Withdrawn) Admit(IEnumerable<CanonicalEvent> events)
    {
        var (answers, recorded, withdrawn) = (new List<Admission>(), new List<CanonicalEvent>(), new HashSet<long>());
        foreach (var canonical in events)
        {
            var e = EventToRecord.Of(canonical);
            var keys = recorded.Select((was, i) => new EventKey(i + 1, was.Id, was.Event.ErrorDeclaration is not null, was.CbvHash.ToArray()));
            var related = keys.Where(key => key.EventId == e.EventId || key.CbvHash.AsSpan().SequenceEqual(e.CbvHash)).ToList();
            answers.Add(Admission.Decide(e, related, _ => true));
            if (answers[^1] is not Admission.New admitted) continue;
            recorded.Add(canonical);
            foreach (var sequence in admitted.Withdraws) withdrawn.Add(sequence == Admission.Itself ? recorded.Count : sequence);
        }
        return (answers, recorded, withdrawn);
    }

    [Fact]
    public void The_same_event_again_is_a_repeat() => Assert.Equal(new Admission.Repeat(1), Admit([original, original]).Answers[1]);

    [Fact]
    public void The_same_content_without_an_id_is_a_repeat() => Assert.Equal(new Admission.Repeat(1), Admit([original, anonymous]).Answers[1]);

    [Fact]
    public void The_same_content_with_an_id_after_one_without_is_a_repeat() => Assert.Equal(new Admission.Repeat(1), Admit([anonymous, original]).Answers[1]);

    [Fact]
    public void The_same_content_under_another_id_is_another_event() => Assert.Equal(2, Admit([original, otherId]).Recorded.Count);

    [Fact]
    public void Other_content_under_the_same_id_is_a_conflict() => Assert.Equal(new Admission.Conflict(1), Admit([original, otherContent]).Answers[1]);

    [Fact]
    public void A_declaration_withdraws_its_event_whichever_comes_first()
    {
        Assert.Equal([1L], Admit([original, declaration]).Withdrawn);
        Assert.Equal([2L], Admit([declaration, original]).Withdrawn);
        Assert.Equal([3L], Admit([otherId, declaration, original]).Withdrawn);
    }

    [Fact]
    public void Whatever_order_they_come_in_the_content_is_recorded_once_and_withdrawn_exactly_when_declared_wrong() =>
        Gen.OneOfConst(original, original, anonymous, declaration, otherContent).List[1, 8].Sample(events =>
        {
            var (answers, recorded, withdrawn) = Admit(events);
            var contents = recorded.Where(was => was.Event.ErrorDeclaration is null).ToList();
            Assert.Equal(contents.Count, contents.DistinctBy(was => Convert.ToHexString(was.CbvHash.Span)).Count());
            Assert.True(contents.Count(was => was.Id == original.Id) <= 1);
            Assert.True(recorded.Count(was => was.Event.ErrorDeclaration is not null) <= 1);
            // An id belongs to what was recorded under it; the original's repeat of content that came without an id is recorded under none.
            var asked = events.Where(e => e.Event.ErrorDeclaration is null).ToList();
            if (asked.Contains(otherContent)) Assert.Single(contents, was => was.Id == original.Id);
            else if (asked.Count > 0) Assert.Single(contents);
            if (contents.TrueForAll(was => was != otherContent)) Assert.Equal(asked.Count > 0, contents.Count == 1);
            var isDeclared = events.Contains(declaration);
            for (var i = 0; i < recorded.Count; i++)
                if (recorded[i].Event.ErrorDeclaration is null) Assert.Equal(isDeclared, withdrawn.Contains(i + 1));
            Assert.Equal(events.Count, answers.Count);
        }, iter: Proof.Rounds(2_000), print: events => string.Join(", ", events.Select(e => $"{e.Id} {e.Event.Epcs[0]} {e.Event.ErrorDeclaration is not null}")));
}
