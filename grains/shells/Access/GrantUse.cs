using TraceGrains.Contracts.Access;

namespace TraceGrains.Grains.Access;

/// <summary>Puts on record that events were shown by grants, before they are told.</summary>
static class GrantUse
{
    public static Task Note(IGrainFactory grains, Viewer viewer, string action, DateTimeOffset now) => viewer.UsedGrants is { Count: > 0 } used
        ? grains.GetGrain<IAuditGrain>(0).Record([new() { Time = now, Caller = viewer.Caller, Action = action, Target = $"by grant {string.Join(", ", used)}", Outcome = "ok" }])
        : Task.CompletedTask;
}
