namespace TraceGrains.Ledger.Postgres;

/// <summary>The tables of a ledger in PostgreSQL.</summary>
static class LedgerSchema
{
    /// <summary>Text longer than this many characters is indexed by its beginning: PostgreSQL's indexes take entries of at most 2,704 bytes.</summary>
    public const int IndexedCharacters = 300;

    // Texts are unique where the second column is 0; a longer one has its own number there, and the writer looks whether it is there already.
    // Events are partitioned so that old ones can be detached; what decides whether an event is new is kept beside them and stays.
    static readonly string tables =
        $"""
        CREATE TABLE event(
            sequence bigint NOT NULL PRIMARY KEY,
            record_time bigint NOT NULL,
            declares_error boolean NOT NULL,
            cbv_hash bytea NOT NULL,
            event_hash bytea NOT NULL,
            event_id text COLLATE "C" NOT NULL,
            json bytea NOT NULL) PARTITION BY RANGE (sequence);
        CREATE TABLE event_key(
            sequence bigint NOT NULL PRIMARY KEY,
            declares_error boolean NOT NULL,
            cbv_hash bytea NOT NULL,
            event_id text COLLATE "C" NOT NULL);
        CREATE UNIQUE INDEX event_key_by_id ON event_key
            (left(event_id, {IndexedCharacters}), (CASE WHEN declares_error OR char_length(event_id) > {IndexedCharacters} THEN sequence ELSE 0 END));
        CREATE INDEX event_key_by_cbv_hash ON event_key (substr(cbv_hash, 1, 8));

        CREATE TABLE entity(
            number integer NOT NULL PRIMARY KEY,
            code text COLLATE "C" NOT NULL);
        CREATE UNIQUE INDEX entity_by_code ON entity
            (left(code, {IndexedCharacters}), (CASE WHEN char_length(code) > {IndexedCharacters} THEN number ELSE 0 END));
        CREATE TABLE chain(
            entity integer NOT NULL,
            position integer NOT NULL,
            sequence bigint NOT NULL,
            hash bytea NOT NULL,
            PRIMARY KEY(entity, position));
        CREATE TABLE shard_row(
            shard integer NOT NULL,
            sequence bigint NOT NULL,
            facts bytea NOT NULL,
            PRIMARY KEY(shard, sequence));

        CREATE TABLE constant(
            name text PRIMARY KEY,
            value bigint NOT NULL);
        """;

    public static VersionedSchema Versions { get; } = new("tracegrains_ledger", [tables]);
}
