using TraceGrains.Silo.Commands;

namespace TraceGrains.Silo.Tests;

/// <summary>The command line, and the commands as an administrator types them.</summary>
public sealed class CommandTests : IDisposable
{
    readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    internal static async Task<(int Code, string Out, string Error)> Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.Run(arguments, output, error, default);
        return (code, output.ToString(), error.ToString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(false, "--data", "there", "--demo", "--urls=http://127.0.0.1:1")]
    [InlineData(true, "--data", "there", "export", "file")]
    [InlineData(true, "--demo", "exprot")]
    [InlineData(true, "--help")]
    public void The_first_word_that_is_no_option_names_a_command(bool isCommand, params string[] arguments) => Assert.Equal(isCommand, CommandLine.IsCommand(arguments));

    [Fact]
    public async Task Help_lists_the_commands_and_explains_one()
    {
        var all = await Run("--help");
        Assert.Equal(0, all.Code);
        Assert.All(["migrate", "export FILE", "import FILE", "verify PROOF.json"], usage => Assert.Contains(usage, all.Out));
        var one = await Run("verify", "--help");
        Assert.Contains("exit code", one.Out);
    }

    [Theory]
    [InlineData("there is no command 'exprot'; expected migrate, export, import, verify", "exprot")]
    [InlineData("expected one argument, the file to write", "export")]
    [InlineData("--key: expected the file of the public key", "verify", "proof.json")]
    [InlineData("--data: expected a value", "import", "x", "--data")]
    [InlineData("--continue: goes on where a file ends", "export", "x", "--continue", "--after", "1")]
    public async Task A_wrong_command_line_is_answered_in_one_line(string said, params string[] arguments)
    {
        var answer = await Run(arguments);
        Assert.Equal(CommandLine.WrongArguments, answer.Code);
        Assert.Contains(said, answer.Error);
        Assert.Single(answer.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_ledger_is_moved_from_one_folder_to_another()
    {
        string expected;
        await using (var source = await Ledgers.Sqlite(folder.File("a/ledger.db")))
        {
            await Ledgers.Fill(source);
            expected = await Ledgers.Print(source);
            // Open elsewhere, as under a running silo.
            var exported = await Run("export", folder.File("out.tgx"), "--data", folder.File("a"));
            Assert.Equal((0, true), (exported.Code, exported.Error.Contains($"{Ledgers.Demo.Count} events exported")));
        }
        Assert.Contains("--continue", (await Run("export", folder.File("out.tgx"), "--data", folder.File("a"))).Error);
        Assert.Equal(0, (await Run("export", folder.File("out.tgx"), "--data", folder.File("a"), "--continue")).Code);
        Assert.Equal(0, (await Run("import", folder.File("out.tgx"), "--data", folder.File("b"))).Code);
        await using var target = await Ledgers.Sqlite(folder.File("b/ledger.db"));
        Assert.Equal(expected, await Ledgers.Print(target));
        Assert.Contains("were there already", (await Run("import", folder.File("out.tgx"), "--data", folder.File("b"))).Error);
    }

    [Fact]
    public async Task A_ledger_is_moved_to_PostgreSQL_and_back()
    {
        string expected;
        await using (var source = await Ledgers.Sqlite(folder.File("a/ledger.db")))
        {
            await Ledgers.Fill(source);
            expected = await Ledgers.Print(source);
        }
        var database = await PrivatePostgres.NewDatabase();
        try
        {
            Assert.Equal(0, (await Run("export", folder.File("there.tgx"), "--data", folder.File("a"))).Code);
            Assert.Equal(0, (await Run("migrate", "--ConnectionStrings:TraceGrains", database, "--shards", $"{Ledgers.ShardCount}")).Code);
            var imported = await Run("import", folder.File("there.tgx"), "--ConnectionStrings:TraceGrains", database);
            Assert.True(imported.Code == 0, imported.Error);
            Assert.Equal(0, (await Run("export", folder.File("back.tgx"), "--ConnectionStrings:TraceGrains", database)).Code);
            Assert.Equal(0, (await Run("import", folder.File("back.tgx"), "--data", folder.File("b"))).Code);
        }
        finally
        {
            await PrivatePostgres.Drop(database);
        }
        Assert.Equal(await File.ReadAllBytesAsync(folder.File("there.tgx")), await File.ReadAllBytesAsync(folder.File("back.tgx")));
        await using var target = await Ledgers.Sqlite(folder.File("b/ledger.db"));
        Assert.Equal(expected, await Ledgers.Print(target));
    }

    [Fact]
    public async Task What_cannot_be_done_is_said_and_ends_with_1()
    {
        var none = await Run("export", folder.File("x"), "--data", folder.File("none"));
        Assert.Equal((1, true), (none.Code, none.Error.Contains("there is no ledger")));
        Assert.False(File.Exists(folder.File("x")));
        Assert.False(Directory.Exists(folder.File("none")));
        Assert.Equal(1, (await Run("import", folder.File("missing"), "--data", folder.File("b"))).Code);
        await File.WriteAllTextAsync(folder.File("noise"), "this is no export");
        var noise = await Run("import", folder.File("noise"), "--data", folder.File("b"));
        Assert.Equal(1, noise.Code);
        Assert.Contains("at byte 0", noise.Error);
        Assert.Contains("stands at event 0", noise.Error);
        await File.WriteAllTextAsync(folder.File("proof"), "{}");
        await File.WriteAllTextAsync(folder.File("key"), "none");
        Assert.Contains("BEGIN PUBLIC KEY", (await Run("verify", folder.File("proof"), "--key", folder.File("key"))).Error);
    }
}
