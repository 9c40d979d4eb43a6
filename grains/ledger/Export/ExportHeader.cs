using System.Text.Json;

namespace TraceGrains.Ledger.Export;

/// <summary>What the first frame says of the stream.</summary>
/// <param name="Format">Always <see cref="FormatName"/>.</param>
/// <param name="Version">Version of the format.</param>
/// <param name="ShardCount">Shards of the ledger it came from: a new ledger made from it has as many, so that every derived row is the same.</param>
/// <param name="After">The stream begins after this sequence; 0 for a whole ledger.</param>
/// <param name="AfterHash">Event hash of the event of that sequence, hexadecimal; null for a whole ledger. It ties a continuation to what it continues.</param>
public sealed record ExportHeader(string Format, int Version, int ShardCount, long After, string? AfterHash)
{
    /// <summary>Name of the format.</summary>
    public const string FormatName = "tracegrains-ledger";
    /// <summary>The version this program writes and reads.</summary>
    public const int CurrentVersion = 1;

    static readonly JsonSerializerOptions options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    internal ExportFrame ToFrame() => new(FrameKind.Header, After + 1, 0, JsonSerializer.SerializeToUtf8Bytes(this, options));

    internal static ExportHeader Of(ExportFrame frame)
    {
        try
        {
            if (frame.Kind == FrameKind.Header && JsonSerializer.Deserialize<ExportHeader>(frame.Content, options) is { Format: FormatName } header)
                return header.Version == CurrentVersion && header is { ShardCount: >= 1, After: >= 0 }
                    ? header
                    : throw new LedgerFormatException($"the export is of format version {header.Version}; this program reads version {CurrentVersion}" + (header.Version > CurrentVersion ? ": use a newer program" : ""));
        }
        catch (JsonException)
        {
        }
        throw new ExportDamagedException(0, "the first frame is no header of an export");
    }
}
