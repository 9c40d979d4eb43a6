using System.Globalization;
using TraceGrains.Contracts.Holds;
using TraceGrains.Domain.Holds;
using TraceGrains.Grains.Tests.Cluster;
using TraceGrains.Ledger;

namespace TraceGrains.Grains.Tests.Holds;

/// <summary>Questions and waits that the tests of gates share.</summary>
static class Gate
{
    public static async Task<MoveAnswer> Ask(this Silos system, string code, string step, DateTimeOffset? at = null, string? disposition = null, string? location = null) =>
        (await system.Grains.GetGrain<IGateGrain>(0).MayMove(new() { Codes = [code], Step = step, At = at, Disposition = disposition, Location = location }))[0];

    /// <summary>The reasons as <c>KIND relation code</c>.</summary>
    public static async Task<string[]> Refused(this Silos system, string code, string step, DateTimeOffset? at = null, string? disposition = null)
    {
        var answer = await system.Ask(code, step, at, disposition);
        Assert.Equal(answer.Allowed, answer.Reasons.Length == 0);
        return [.. answer.Reasons.Select(reason => $"{reason.Kind} {reason.Relation} {reason.Code}").Order(StringComparer.Ordinal)];
    }

    public static IHoldGrain Hold(this Silos system, string name) => system.Grains.GetGrain<IHoldGrain>($"{Blocks.HoldStart}{name}");

    public static async Task Place(this Silos system, string name, params string[] codes) =>
        Assert.Null((await system.Hold(name).Place(new() { Codes = codes, Reason = "sample failed", By = "district office" })).Message);

    /// <summary>An ObjectEvent that observes things in a step.</summary>
    public static string Moved(string step, DateTimeOffset time, string[] things, string more = "", string? id = null) => string.Create(CultureInfo.InvariantCulture, $$"""
        {"type":"ObjectEvent","eventID":"{{id ?? Told.NewId()}}","eventTime":"{{time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}}","eventTimeZoneOffset":"+08:00","action":"OBSERVE","bizStep":"{{step}}",
        "epcList":[{{string.Join(',', things.Select(thing => $"\"{thing}\""))}}]{{more}}}
        """);

    /// <summary>All violations, once everything on record has been looked at.</summary>
    public static async Task<List<Violation>> Violations(this Silos system)
    {
        await system.Grains.GetGrain<IViolationWatchGrain>(0).CatchUp((await system.Ledger.ReadHead()).Sequence);
        return [.. (await system.Events()).Select(recorded => ViolationEvent.TryRead(recorded.Json)).OfType<Violation>()];
    }

    public static async Task<List<RefusedMove>> Refusals(this Silos system) =>
        [.. (await system.Events()).Select(recorded => RefusalEvent.TryRead(recorded.Json)).Where(read => read is not null).Select(read => read!.Value.Refused)];

    static async Task<IReadOnlyList<LedgerEvent>> Events(this Silos system) => await system.Ledger.ReadEvents(0, 100_000);

    /// <summary>A signal for the moment after the next append that records an event of a type.</summary>
    public static Task Recorded(this Silos system, string type)
    {
        var recorded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        foreach (var ledger in system.Ledgers)
            ledger.After = batch =>
            {
                if (batch.Events.Any(e => System.Text.Encoding.UTF8.GetString(e.Json).Contains(type, StringComparison.Ordinal))) recorded.TrySetResult();
                return Task.CompletedTask;
            };
        return recorded.Task.WaitAsync(Silos.Patience);
    }
}
