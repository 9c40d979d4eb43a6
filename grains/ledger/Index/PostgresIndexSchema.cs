using Npgsql;

namespace TraceGrains.Ledger.Index;

/// <summary>The tables of an event index in PostgreSQL, in a schema of their own. Nothing in them is precious: tables of another version are thrown away and made anew.</summary>
static class PostgresIndexSchema
{
    public const string Name = "tracegrains_index";

    const int FormatVersion = 1;

    /// <summary>"TGIX" in ASCII: silos that start at once take turns.</summary>
    const long Lock = 0x54474958;

    const int PoolSize = 16;

    // Long texts are indexed by their beginning: PostgreSQL's indexes take entries of at most 2,704 bytes.
    const string Tables =
        """
        CREATE TABLE cursor(one integer PRIMARY KEY CHECK (one = 1), rules_version integer NOT NULL, sequence bigint NOT NULL, event_hash bytea NOT NULL);
        INSERT INTO cursor VALUES (1, 0, 0, '');
        CREATE TABLE event(sequence bigint PRIMARY KEY, event_time bigint NOT NULL);
        CREATE TABLE posting(key bigint NOT NULL, event_time bigint NOT NULL, sequence bigint NOT NULL, PRIMARY KEY (key, event_time, sequence));
        CREATE TABLE word(kind integer NOT NULL, text text COLLATE "C" NOT NULL);
        CREATE UNIQUE INDEX word_once ON word (kind, left(text, 300), md5(text));
        CREATE TABLE master(id text COLLATE "C" NOT NULL, vocabulary text COLLATE "C" NOT NULL, sequence bigint NOT NULL, said text COLLATE "C" NOT NULL);
        CREATE UNIQUE INDEX master_once ON master (left(id, 300), md5(id), md5(vocabulary), sequence);
        CREATE TABLE master_attribute(attribute text COLLATE "C" NOT NULL, value text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL);
        CREATE UNIQUE INDEX master_attribute_once ON master_attribute (left(attribute, 300), md5(value), md5(attribute), md5(id));
        """;

    // The index is derived from the ledger: what a power cut takes of it comes back, so its commits need not wait for the disk. Plans: as for the ledger.
    const string Session = "-c synchronous_commit=off -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c plan_cache_mode=force_generic_plan -c jit=off -c idle_in_transaction_session_timeout=60s";

    public static NpgsqlDataSource Source(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = Name, MaxAutoPrepare = 64, AutoPrepareMinUsages = 2, NoResetOnClose = true };
        if (!connectionString.Contains("Pool Size", StringComparison.OrdinalIgnoreCase)) builder.MaxPoolSize = PoolSize;
        if (builder.ApplicationName is null) builder.ApplicationName = "tracegrains index";
        builder.Options = $"{Session} {builder.Options}".TrimEnd();
        return new NpgsqlDataSourceBuilder(builder.ToString()).Build();
    }

    public static async Task Prepare(NpgsqlDataSource source, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await Execute(connection, $"SELECT pg_advisory_xact_lock({Lock})", stop);
        await Execute(connection, $"CREATE SCHEMA IF NOT EXISTS {Name}", stop);
        var version = await Scalar(connection, $"SELECT obj_description(to_regnamespace('{Name}'), 'pg_namespace')", stop) as string;
        if (version != $"TraceGrains event index, version {FormatVersion}")
        {
            if (version is null && (long)(await Scalar(connection, $"SELECT count(*) FROM pg_class WHERE relnamespace = to_regnamespace('{Name}')", stop))! > 0)
                throw new LedgerFormatException($"schema {Name} in database {connection.Database} belongs to another program; an empty schema or TraceGrains' own was expected");
            await Execute(connection, $"DROP SCHEMA {Name} CASCADE; CREATE SCHEMA {Name}", stop);
            await Execute(connection, Tables, stop);
            await Execute(connection, $"COMMENT ON SCHEMA {Name} IS 'TraceGrains event index, version {FormatVersion}'", stop);
        }
        await transaction.CommitAsync(stop);
    }

    static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(stop);
    }

    static async Task<object?> Scalar(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(stop);
    }
}
