using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace TraceGrains.Tests;

/// <summary>
/// A PostgreSQL server of the tests' own: made in a temporary folder when the first test asks, on a free port of the loopback interface, gone afterwards (also when the
/// test process is killed). It writes to the disk as in production (fsync on). Where PostgreSQL is not installed the tests fail and say so.
/// </summary>
sealed class PrivatePostgres : IAsyncDisposable
{
    const string User = "tracegrains";

    static readonly SemaphoreSlim gate = new(1);
    static PrivatePostgres? running;

    readonly string folder = Path.Combine(Path.GetTempPath(), "tracegrains-postgres-" + Guid.NewGuid().ToString("N")[..12]);
    Process? server, undertaker;
    int port;

    /// <summary>An empty database; the answer is its connection string.</summary>
    public static async Task<string> NewDatabase(string options = "")
    {
        var server = await Running();
        var name = "test_" + Guid.NewGuid().ToString("N");
        await server.Administer($"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' {options}");
        return server.ConnectionString(name);
    }

    /// <summary>Removes a database, whoever is connected to it.</summary>
    public static async Task Drop(string connectionString) =>
        await (await Running()).Administer($"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)");

    /// <summary>Runs SQL in one of the databases; answers the first value.</summary>
    public static async Task<object?> Sql(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>A server for one test alone, which may crash it.</summary>
    public static async Task<PrivatePostgres> New()
    {
        var server = new PrivatePostgres();
        await server.Make();
        await server.Start();
        return server;
    }

    /// <summary>The server this test run shares.</summary>
    public static async Task<PrivatePostgres> Running()
    {
        await gate.WaitAsync();
        try
        {
            return running ??= await New();
        }
        finally
        {
            gate.Release();
        }
    }

    public string ConnectionString(string database) => $"Host=127.0.0.1;Port={port};Username={User};Database={database}";

    /// <summary>The server dies without a word to its clients or to its files, as in a power cut, and comes back.</summary>
    public async Task Crash(TimeSpan away = default)
    {
        // Again and again: a server that is just starting does not listen yet.
        for (; !server!.HasExited; await Task.Delay(100))
            using (var kill = Process.Start("kill", ["-QUIT", server.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
                await kill.WaitForExitAsync();
        server.Dispose();
        await Task.Delay(away);
        await Start();
    }

    /// <summary>Stops this server and removes its files. The instance that xunit makes has none and stands for the shared one.</summary>
    public async ValueTask DisposeAsync()
    {
        if (undertaker is null)
        {
            if (Interlocked.Exchange(ref running, null) is { } shared) await shared.DisposeAsync();
            return;
        }
        undertaker.StandardInput.Close();
        await undertaker.WaitForExitAsync();
        undertaker.Dispose();
        server?.Dispose();
    }

    async Task Make()
    {
        // Waits until the pipe to us closes, be it that we close it or that we are no more; then stops the server, if there is one, and clears up.
        undertaker = Process.Start(AsServerUser("/bin/sh", "-c",
            """
            read -r _
            if pid=$(head -n 1 "$0/postmaster.pid" 2> /dev/null); then while kill -INT "$pid" 2> /dev/null; do sleep 0.1; done; fi
            rm -rf "$0"
            """, folder))!;
        var (code, output) = await Run(Process.Start(AsServerUser(Binary("initdb"), "-D", folder, "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"))!);
        if (code != 0) throw new InvalidOperationException($"initdb failed: {output}");
    }

    async Task Start()
    {
        for (var attempt = 1; ; attempt++)
        {
            if (port == 0) port = FreePort();
            server = Process.Start(AsServerUser("/bin/sh", "-c",
                $"""
                exec "$0" -D "$1" -p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200 -c log_min_messages=warning >> "$1/log" 2>&1
                """, Binary("postgres"), folder))!;
            if (await Answers(server)) return;
            var log = await File.ReadAllTextAsync(Path.Combine(folder, "log"));
            if (attempt == 5 || !log.Contains("Address already in use", StringComparison.Ordinal)) throw new InvalidOperationException($"PostgreSQL did not start: {log}");
            port = 0;
        }
    }

    async Task<bool> Answers(Process server)
    {
        for (var deadline = Environment.TickCount64 + 120_000; Environment.TickCount64 < deadline && !server.HasExited; await Task.Delay(50))
            try
            {
                await Sql(ConnectionString("postgres"), "SELECT 1");
                return true;
            }
            catch (NpgsqlException)
            {
                // Not yet.
            }
        return false;
    }

    async Task Administer(string sql) => await Sql(ConnectionString("postgres"), sql);

    /// <summary>PostgreSQL refuses to run as root, so root runs it as somebody else.</summary>
    static ProcessStartInfo AsServerUser(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        if (Environment.UserName == "root")
        {
            var users = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).ToDictionary(parts => parts[0]);
            var user = users.GetValueOrDefault("postgres") ?? users["nobody"];
            start.FileName = "setpriv";
            foreach (var argument in (string[])[$"--reuid={user[2]}", $"--regid={user[3]}", "--clear-groups", program, .. arguments]) start.ArgumentList.Add(argument);
        }
        else
        {
            start.FileName = program;
            foreach (var argument in arguments) start.ArgumentList.Add(argument);
        }
        return start;
    }

    static string Binary(string name)
    {
        var folders = new List<string>();
        try
        {
            using var ask = Process.Start(new ProcessStartInfo("pg_config", "--bindir") { RedirectStandardOutput = true })!;
            folders.Add(ask.StandardOutput.ReadToEnd().Trim());
            ask.WaitForExit();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // No pg_config: look where distributions put the server.
        }
        if (Directory.Exists("/usr/lib/postgresql"))
            folders.AddRange(Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(path => int.TryParse(Path.GetFileName(path), out var version) ? version : 0).Select(path => Path.Combine(path, "bin")));
        folders.AddRange((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator));
        return folders.Select(path => Path.Combine(path, name)).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException($"these tests need a PostgreSQL server, 15 or newer, on this machine: no '{name}' in {string.Join(", ", folders.Distinct())}");
    }

    static async Task<(int Code, string Output)> Run(Process process)
    {
        using (process)
        {
            process.StandardInput.Close();
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            return (process.ExitCode, await output + await error);
        }
    }

    static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
