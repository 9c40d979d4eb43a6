using TraceGrains.GraphQL.Errors;

namespace TraceGrains.GraphQL.Holds;

/// <summary>A hold's URN. A bare UUID is taken for its last part.</summary>
static class HoldId
{
    const string Start = Domain.Holds.Blocks.HoldStart;

    public static string Read(string id, string field) =>
        Guid.TryParseExact(id.StartsWith(Start, StringComparison.OrdinalIgnoreCase) ? id[Start.Length..] : id, "D", out var uuid)
            ? Start + uuid
            : throw new BadInput(field, $"expected the id of a hold, {Start}… or a UUID, such as {Guid.CreateVersion7()}, found '{(id.Length <= 80 ? id : id[..80] + "…")}'");

    public static string ForPlacing(string? id, string field) => id is null ? Start + Guid.CreateVersion7() : Read(id, field);
}
