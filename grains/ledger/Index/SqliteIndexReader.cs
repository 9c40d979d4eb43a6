using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using TraceGrains.Ledger.Sqlite;

namespace TraceGrains.Ledger.Index;

/// <summary>A connection that reads, with its prepared statements. Used by one thread at a time.</summary>
sealed class SqliteIndexReader(string path) : IDisposable
{
    // First and last of event time and sequence stand for "no place": no event has them.
    const string RangeAndPage = " AND event_time >= ?4 AND event_time < ?5 AND sequence > ?6 AND sequence <= ?7";

    const string Forward = "SELECT event_time, sequence FROM posting WHERE key = ?1 AND (event_time, sequence) > (?2, ?3)" + RangeAndPage + " ORDER BY event_time, sequence LIMIT ?8";

    const string Backward = "SELECT event_time, sequence FROM posting WHERE key = ?1 AND (event_time, sequence) < (?2, ?3)" + RangeAndPage + " ORDER BY event_time DESC, sequence DESC LIMIT ?8";

    readonly SqliteConnection connection = SqliteIndexFile.OpenReader(path);
    readonly Dictionary<string, Statement> statements = new(StringComparer.Ordinal);

    public IndexCursor ReadCursor()
    {
        var read = Prepared("SELECT rules_version, sequence, event_hash FROM cursor");
        read.Step();
        var cursor = new IndexCursor(read.Int32(0), read.Int64(1), read.Bytes(2));
        read.Reset();
        return cursor;
    }

    public int Count(long key, IndexRange range, int max)
    {
        var count = 0;
        Read(Bind(Prepared(Forward), key, range, Begin(range), max), _ => count++);
        return count;
    }

    public List<IndexEntry> Scan(long key, IndexRange range, IndexEntry? after, bool descending, int max)
    {
        var found = new List<IndexEntry>();
        Read(Bind(Prepared(descending ? Backward : Forward), key, range, after ?? (descending ? End(range) : Begin(range)), max), row => found.Add(new(row.Int64(0), row.Int64(1))));
        return found;
    }

    public List<IndexEntry> ScanRecorded(IReadOnlyCollection<long> keys, IndexRange range, long? after, bool descending, int max)
    {
        var from = descending ? range.AfterSequence : Math.Max(after ?? 0, range.AfterSequence);
        var through = descending && after is { } last ? Math.Min(last - 1, range.ThroughSequence) : range.ThroughSequence;
        // A statement for each power of two, the last key again and again to fill it: a statement for each number of keys would be too many to keep.
        var places = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)keys.Count);
        var wanted = string.Join(',', Enumerable.Range(6, places).Select(parameter => "?" + parameter));
        var scan = Prepared($"""
            SELECT event_time, sequence FROM event e WHERE sequence > ?1 AND sequence <= ?2 AND event_time >= ?3 AND event_time < ?4
            AND EXISTS (SELECT 1 FROM posting p WHERE p.key IN ({wanted}) AND p.event_time = e.event_time AND p.sequence = e.sequence) ORDER BY sequence {(descending ? "DESC" : "")} LIMIT ?5
            """);
        scan.Bind(1, from).Bind(2, through).Bind(3, range.FromTime).Bind(4, range.BeforeTime).Bind(5, max);
        var next = 6;
        foreach (var key in keys.Concat(Enumerable.Repeat(keys.Last(), places - keys.Count))) scan.Bind(next++, key);
        var found = new List<IndexEntry>();
        Read(scan, row => found.Add(new(row.Int64(0), row.Int64(1))));
        return found;
    }

    public bool Has(long key, IndexEntry entry) =>
        Prepared("SELECT 1 FROM posting WHERE key = ?1 AND event_time = ?2 AND sequence = ?3").Bind(1, key).Bind(2, entry.EventTime).Bind(3, entry.Sequence).Scalar() == 1;

    public List<string> ReadWords(IndexedWord kind, string? after, int max)
    {
        var found = new List<string>();
        Read(Prepared("SELECT text FROM word WHERE kind = ?1 AND text > ?2 ORDER BY text LIMIT ?3").Bind(1, (long)kind).Bind(2, after ?? "").Bind(3, max), row => found.Add(row.Text(0)));
        return found;
    }

    public void ReadMasters(string id, long throughSequence, List<MasterRecord> found) => ReadMasters(
        Prepared("SELECT id, vocabulary, max(sequence), said FROM master WHERE id = ?1 AND sequence <= ?2 GROUP BY vocabulary").Bind(1, id).Bind(2, throughSequence), found);

    public void ReadMasterHistory(string id, int max, List<MasterRecord> found) => ReadMasters(
        Prepared("SELECT id, vocabulary, sequence, said FROM master WHERE id = ?1 ORDER BY sequence, vocabulary LIMIT ?2").Bind(1, id).Bind(2, max), found);

    public void ListMasters(string? vocabulary, string? afterId, long throughSequence, int max, List<MasterRecord> found) => ReadMasters(
        Prepared("""
            SELECT id, vocabulary, max(sequence), said FROM master WHERE sequence <= ?2 AND (?3 = '' OR vocabulary = ?3)
            AND id IN (SELECT DISTINCT id FROM master WHERE id > ?1 AND sequence <= ?2 AND (?3 = '' OR vocabulary = ?3) ORDER BY id LIMIT ?4) GROUP BY id, vocabulary ORDER BY id, vocabulary
            """)
            .Bind(1, afterId ?? "").Bind(2, throughSequence).Bind(3, vocabulary ?? "").Bind(4, max), found);

    public void FindMasters(string attribute, string? value, int max, HashSet<string> found)
    {
        var find = value is null
            ? Prepared("SELECT DISTINCT id FROM master_attribute WHERE attribute = ?1 LIMIT ?2").Bind(1, attribute).Bind(2, max)
            : Prepared("SELECT id FROM master_attribute WHERE attribute = ?1 AND value = ?3 LIMIT ?2").Bind(1, attribute).Bind(2, max).Bind(3, value);
        Read(find, row => found.Add(row.Text(0)));
    }

    static void ReadMasters(Statement rows, List<MasterRecord> found) => Read(rows, row => found.Add(MasterText.Read(row.Text(0), row.Text(1), row.Int64(2), row.Text(3))));

    static IndexEntry Begin(IndexRange range) => new(range.FromTime, long.MinValue);

    static IndexEntry End(IndexRange range) => new(range.BeforeTime, long.MinValue);

    static Statement Bind(Statement scan, long key, IndexRange range, IndexEntry after, int max) => scan.Bind(1, key).Bind(2, after.EventTime).Bind(3, after.Sequence)
        .Bind(4, range.FromTime).Bind(5, range.BeforeTime).Bind(6, range.AfterSequence).Bind(7, range.ThroughSequence).Bind(8, max);

    static void Read(Statement rows, Action<Statement> take)
    {
        while (rows.Step())
            take(rows);
    }

    Statement Prepared(string sql)
    {
        ref var statement = ref CollectionsMarshal.GetValueRefOrAddDefault(statements, sql, out _);
        return statement ??= new Statement(connection, sql);
    }

    public void Dispose()
    {
        foreach (var statement in statements.Values)
            statement.Dispose();
        connection.Dispose();
    }
}
