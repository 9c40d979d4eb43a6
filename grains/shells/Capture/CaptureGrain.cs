using Orleans.Concurrency;
using TraceGrains.Contracts.Access;
using TraceGrains.Contracts.Capture;
using TraceGrains.Contracts.Custody;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Lineage;

namespace TraceGrains.Grains.Capture;

/// <summary>Reads, checks and hashes documents off the sequencer's thread; whatever does not need the order is done here.</summary>
[StatelessWorker]
[Reentrant]
sealed class CaptureGrain : Grain, ICaptureGrain
{
    public Task<CaptureAnswer> CaptureDocument(CaptureForm form, byte[] document, CaptureErrorBehaviour behaviour) =>
        Record(CaptureForms.ReadDocument(form, document, behaviour), behaviour);

    public Task<CaptureAnswer> CaptureEvent(CaptureForm form, byte[] bareEvent) => Record(CaptureForms.ReadEvent(form, bareEvent), CaptureErrorBehaviour.Rollback);

    public async Task<CaptureAnswer> CaptureDocumentBy(CaptureForm form, byte[] document, CaptureErrorBehaviour behaviour, Caller by) =>
        await Discreet(await Record(await Authorised(CaptureForms.ReadDocument(form, document, behaviour), behaviour, by), behaviour), by);

    public async Task<CaptureAnswer> CaptureEventBy(CaptureForm form, byte[] bareEvent, Caller by) =>
        await Discreet(await Record(await Authorised(CaptureForms.ReadEvent(form, bareEvent), CaptureErrorBehaviour.Rollback, by), CaptureErrorBehaviour.Rollback), by);

    /// <summary>In what an event differs from the one on record under its id is told to those who see that one: ids are public, and whoever tried one content after the other would learn it all.</summary>
    async Task<CaptureAnswer> Discreet(CaptureAnswer answer, Caller by)
    {
        var viewer = new Viewer(GrainFactory, by);
        for (var i = 0; i < answer.Problems.Length; i++)
            if (answer.Problems[i] is { IsConflict: true } problem && !await SeesWhole(viewer, problem.Found))
                answer.Problems[i] = new() { EventIndex = problem.EventIndex, Field = "eventID", Expected = "an id of its own: this one is in use", Found = problem.Found, IsConflict = true };
        return answer;
    }

    async Task<bool> SeesWhole(Viewer viewer, string? eventId)
    {
        if (viewer.SeesAll) return true;
        if (eventId is null) return false;
        var events = await GrainFactory.GetGrain<IEventsGrain>(0).ById(eventId);
        foreach (var one in events)
            if (!await viewer.SeesEvent(one.Json)) return false;
        return events.Length > 0;
    }

    /// <summary>What is the sender's to report of a document; of one that is rolled back for one event, nothing where any is not.</summary>
    async Task<ReadDocument> Authorised(ReadDocument read, CaptureErrorBehaviour behaviour, Caller by)
    {
        if (by.Reach(Right.Capture) == Reach.All) return read;
        if (by.Reach(Right.Capture) == Reach.None || await new Viewer(GrainFactory, by).Own() is not { } own) return new([], [new(null, "Authorization", "the right to report events", null) { IsNotTheSenders = true }]);
        var (events, positions, problems) = (new List<CanonicalEvent>(), new List<int>(), new List<CaptureProblem>());
        var faults = read.Events.Select(one => CaptureAuthority.Problem(one.Event with { ErrorDeclaration = null }, own)).ToList();
        var told = read.Events.Where((one, i) => one.Event.ErrorDeclaration is null && faults[i] is null).Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < read.Events.Count; i++)
        {
            var position = read.Positions?[i] ?? i;
            if ((faults[i] ?? await DeclarationProblem(read.Events[i], own, told)) is { } problem)
                problems.Add(new(position, problem.Field, problem.Expected, problem.Found) { IsNotTheSenders = true });
            else
            {
                events.Add(read.Events[i]);
                positions.Add(position);
            }
        }
        var masterData = new List<CanonicalEvent>();
        foreach (var said in read.MasterData)
            if (MasterDataEvent.TryRead(said.Json)!.SelectMany(element => element.Children.Prepend(element.Id)).FirstOrDefault(code => !own.Owns(code)) is { } foreign)
                problems.Add(new(null, "epcisHeader.epcisMasterData", $"elements, and children of them, under a key registered to {own.Party}", foreign) { IsNotTheSenders = true });
            else
                masterData.Add(said);
        if (problems.Count == 0) return read;
        return behaviour == CaptureErrorBehaviour.Rollback || events.Count == 0
            ? new([], [.. read.Problems, .. problems])
            : new(events, [.. read.Problems, .. problems]) { Positions = positions, MasterData = masterData };
    }

    /// <summary>
    /// An error declaration withdraws the events of its id and those that say the same as it does, also those that come later. So it has to say what its sender may report, and an id of its own has to be
    /// that of an event on record, or in the same document, which is the sender's to report as well.
    /// </summary>
    async Task<AuthorityProblem?> DeclarationProblem(CanonicalEvent one, Registration own, HashSet<string> told)
    {
        if (one.Event.ErrorDeclaration is null || one.Event.EventId is not { } id) return null;
        var originals = (await GrainFactory.GetGrain<IEventsGrain>(0).ById(id)).Where(before => !before.DeclaresError).ToList();
        return originals.Count == 0 && !told.Contains(id) || originals.Any(before => CaptureAuthority.Problem(EpcisJson.ReadStored(before.Json).Event, own) is not null)
            ? new("errorDeclaration", "an error in an event on record that is yours to report", id)
            : null;
    }

    async Task<CaptureAnswer> Record(ReadDocument read, CaptureErrorBehaviour behaviour)
    {
        var refused = read.Problems.Select(Refused).ToArray();
        if (read.Events.Count + read.MasterData.Count == 0) return new() { Problems = refused };
        // Master data goes with the events of its document, behind them: their positions stay what they are, and nobody is told of its records.
        EventToRecord[] events = [.. read.Events.Concat(read.MasterData).Select(EventToRecord.Of)];
        var sequencer = GrainFactory.GetGrain<ISequencerGrain>(0);
        if (behaviour == CaptureErrorBehaviour.Rollback) return OfEvents(await Again.Ask(() => sequencer.Append(events)), read.Events.Count);
        var answer = OfEvents(await Again.Ask(() => sequencer.AppendEach(events)), read.Events.Count);
        return read.Positions is { } positions ? Placed(answer, positions, refused) : answer;
    }

    static CaptureAnswer OfEvents(CaptureAnswer answer, int count) => answer.Receipts.Length + answer.Problems.Length <= count ? answer : new()
    {
        Receipts = [.. answer.Receipts.Where(receipt => receipt.EventIndex < count)],
        Problems = [.. answer.Problems.Where(problem => problem.EventIndex is not { } at || at < count)],
    };

    /// <summary>The sequencer was given only the events that could be read: each goes back to its position in the document.</summary>
    static CaptureAnswer Placed(CaptureAnswer answer, IReadOnlyList<int> positions, Refusal[] refused) => new()
    {
        Receipts = [.. answer.Receipts.Select(receipt => new Receipt
        {
            EventIndex = positions[receipt.EventIndex], EventId = receipt.EventId, Sequence = receipt.Sequence, IsRepeat = receipt.IsRepeat,
        })],
        Problems = [.. answer.Problems.Select(problem => new Refusal
        {
            EventIndex = positions[problem.EventIndex!.Value], Field = problem.Field, Expected = problem.Expected, Found = problem.Found, IsConflict = problem.IsConflict,
        }).Concat(refused).OrderBy(problem => problem.EventIndex)],
    };

    static Refusal Refused(CaptureProblem problem) => new()
    {
        EventIndex = problem.EventIndex, Field = problem.Field, Expected = problem.Expected, Found = problem.Found, ExceedsLimit = problem.ExceedsCaptureLimit, IsForbidden = problem.IsNotTheSenders,
    };
}
