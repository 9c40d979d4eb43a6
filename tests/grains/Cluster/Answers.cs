using System.Text.Json;
using TraceGrains.Domain.Lineage;

namespace TraceGrains.Grains.Tests.Cluster;

/// <summary>Everything a system says, as text: two systems over the same events print the same.</summary>
static class Answers
{
    public static async Task<string> Print(Silos system, Func<string, bool>? which = null)
    {
        var lines = new List<string>();
        foreach (var (number, code) in (await system.Ledger.FindByPrefix("", null, 1_000_000)).Where(entity => which?.Invoke(entity.Code) ?? true))
        {
            lines.Add($"{number} {code} {JsonSerializer.Serialize(await system.Entity(code).View(null))}");
            foreach (var direction in new[] { TraceDirection.Forward, TraceDirection.Backward })
                lines.Add($"{direction} {JsonSerializer.Serialize(await system.Lineage.Trace(new() { Code = code, Direction = direction }))}");
        }
        foreach (var recall in await system.Registry.All())
        {
            var grain = system.Grains.GetGrain<Contracts.Recalls.IRecallGrain>(recall);
            var view = (await grain.View())!;
            lines.Add($"{recall} {view.Status} {view.Reason} {view.Class} {JsonSerializer.Serialize(view.Scope)} {view.IssuedSequence} {view.Reached} {view.OnRecord} {JsonSerializer.Serialize(view.Holders)}");
            lines.Add(JsonSerializer.Serialize(await grain.Items(0, 10_000)));
        }
        return string.Join('\n', lines);
    }
}
