using TraceGrains.Domain.Identity;
using TraceGrains.GraphQL.Errors;

namespace TraceGrains.GraphQL.Recalls;

/// <summary>A recall's URN. A bare UUID is taken for its last part; UUIDs are lower-case, so that every spelling finds the same case.</summary>
static class RecallId
{
    const string Start = "urn:tracegrains:recall:";

    /// <summary>The URN of a recall that may exist.</summary>
    public static string Read(string id, string field)
    {
        var name = Name(id);
        if (Guid.TryParseExact(name, "D", out var uuid))
            return Start + uuid;
        return name.Length > 0 && name.Length < id.Length && id.Length <= Identifier.LengthMax
            ? Start + name
            : throw new BadInput(field, $"expected the id of a recall, {Start}… or a UUID, found '{Shorten(id)}'");
    }

    /// <summary>The URN for a recall to be issued: with the client's own UUID, which makes a retry safe, or a new one.</summary>
    public static string ForIssuing(string? id, string field) =>
        id is null ? Start + Guid.CreateVersion7()
        : Guid.TryParseExact(Name(id), "D", out var uuid) ? Start + uuid
        : throw new BadInput(field, $"expected a UUID of your own choice, such as {Guid.CreateVersion7()}, found '{Shorten(id)}'");

    static string Name(string id) => id.StartsWith(Start, StringComparison.OrdinalIgnoreCase) ? id[Start.Length..] : id;

    static string Shorten(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
