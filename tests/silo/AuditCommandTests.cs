using Microsoft.Data.Sqlite;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Access.Audit;
using TraceGrains.Ledger.Sqlite;
using TraceGrains.Silo.Commands;

namespace TraceGrains.Silo.Tests;

/// <summary>The audit log, checked from outside.</summary>
public sealed class AuditCommandTests : IDisposable
{
    readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    Task<(int Code, string Out, string Error)> Verify(params string[] more) => CommandTests.Run(["verify", "--audit", "--data", folder.File("data"), .. more]);

    async Task<AuditRecord[]> Fill(int count)
    {
        Directory.CreateDirectory(folder.File("data"));
        await using var log = SqliteAuditLog.Open(folder.File("data/audit.db"));
        var records = new List<AuditRecord>();
        for (var number = 1; number <= count; number++)
        {
            var entry = new AuditEntry(number, DateTimeOffset.UnixEpoch.AddSeconds(number), "s", Role.Auditor, null, "query", $"trace(code: {number})", "ok", "");
            records.Add(new(entry, entry.Hash(number == 1 ? AuditEntry.Start : records[^1].Hash)));
        }
        await log.Append(records);
        return [.. records];
    }

    void Sql(string statement)
    {
        using var connection = new SqliteConnection($"Data Source={folder.File("data/audit.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }

    static string Head(AuditRecord record) => $"{record.Entry.Number}:{Convert.ToHexStringLower(record.Hash)}";

    [Fact]
    public async Task A_log_that_is_whole_holds_and_tells_the_head_to_keep()
    {
        var records = await Fill(3);
        var alone = await Verify();
        Assert.Equal((0, true), (alone.Code, alone.Out.Contains($"holds: 3 audit entries, head {Head(records[2])}")));
        foreach (var record in records) Assert.Equal(0, (await Verify("--head", Head(record))).Code);
    }

    [Fact]
    public async Task A_changed_entry_is_found()
    {
        await Fill(3);
        Sql("UPDATE audit SET target = 'x' WHERE number = 2");
        var answer = await Verify();
        Assert.Equal((VerifyCommand.AuditFlaw, true), (answer.Code, answer.Out.Contains("does not hold: audit entry 2")));
    }

    [Fact]
    public async Task A_log_that_was_cut_short_or_is_another_does_not_come_to_a_kept_head()
    {
        var records = await Fill(3);
        Sql("DELETE FROM audit WHERE number = 3");
        Assert.Equal(0, (await Verify()).Code);
        var cut = await Verify("--head", Head(records[2]));
        Assert.Equal((VerifyCommand.AuditFlaw, true), (cut.Code, cut.Out.Contains("audit entry 3 is not what it was, or is gone")));
        Assert.Equal(VerifyCommand.AuditFlaw, (await Verify("--head", $"2:{new string('0', 64)}")).Code);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("0:00")]
    [InlineData("2:zz")]
    public async Task A_head_that_is_none_is_refused_in_one_line(string head)
    {
        await Fill(1);
        var answer = await Verify("--head", head);
        Assert.Equal(CommandLine.WrongArguments, answer.Code);
        Assert.Contains("--head: expected the number of an entry", answer.Error);
    }

    [Fact]
    public async Task A_log_that_is_not_there_does_not_hold()
    {
        var answer = await Verify();
        Assert.NotEqual(0, answer.Code);
        Assert.Contains("expected the audit log, found no file", answer.Error);
    }
}
