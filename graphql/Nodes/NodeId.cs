using System.Buffers.Text;
using System.Globalization;
using System.Text;
using TraceGrains.GraphQL.Errors;

namespace TraceGrains.GraphQL.Nodes;

/// <summary>Sorts of nodes. The letters stand in ids that clients keep; they never change their meaning.</summary>
static class NodeSort
{
    public const char Entity = 'e', Event = 'v', Recall = 'r', RecallCase = 'c';
}

/// <summary>A node's id: its sort, for an entity the record time as of which it is seen, and its own key; base64url, so that nobody builds one.</summary>
readonly record struct NodeId(char Sort, string Key, DateTimeOffset? AsOf = null)
{
    const int LengthMax = 16_384;

    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{Sort}{AsOf?.UtcTicks.ToString(CultureInfo.InvariantCulture)}:{Key}"));

    public static NodeId Read(string id, string field)
    {
        if (id.Length <= LengthMax && Base64Url.IsValid(id))
        {
            var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(id));
            var colon = text.IndexOf(':');
            if (colon == 1)
                return new(text[0], text[2..]);
            if (colon > 1 && long.TryParse(text.AsSpan(1, colon - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTime.MaxValue.Ticks)
                return new(text[0], text[(colon + 1)..], new DateTimeOffset(ticks, TimeSpan.Zero));
        }
        throw Unknown(id, field);
    }

    public static BadInput Unknown(string id, string field) => new(field, $"expected a nodeId that an answer told, found '{(id.Length <= 80 ? id : id[..80] + "…")}'");
}
