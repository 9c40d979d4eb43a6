using Microsoft.Data.Sqlite;
using TraceGrains.Scenarios.Readme;
using TraceGrains.Scenarios.Silos;

namespace TraceGrains.Scenarios;

/// <summary>I9: everything right of the event table can be thrown away; after the rebuild every answer is the same.</summary>
public sealed class RebuildTests
{
    const string Recall = "urn:tracegrains:recall:0192d3a4-7a7e-7cc1-9c3e-00000000000b";
    const string Lot = "https://id.gs1.org/01/09520103000017/10/C1", Jar = "https://id.gs1.org/01/09520120000038/21/8755090001";

    static readonly string[] questions =
    [
        $"{{ trace(code: \"{Lot}\") {{ total levels isCut asOfSequence holders {{ holder count standings {{ disposition consignee location count }} }} items(first: 10000) {{ nodes {{ code holder consignee disposition location recalled recallIds }} }} }} }}",
        $"{{ trace(code: \"{Jar}\", direction: BACKWARD) {{ total levels items(first: 1000) {{ nodes {{ code holder disposition recalled }} }} }} }}",
        $"{{ trace(code: \"{Lot}\") {{ path(to: \"{Jar}\") {{ from to kind since until event {{ id sequence }} }} }} }}",
        $"{{ unit(code: \"{Jar}\") {{ kind holder consignee location disposition persistentDispositions container containers firstEventTime lastEventTime recalled recalls {{ id }} parents {{ code kind }} chainLength chainHead chain(first: 1000) {{ total links {{ position hash event {{ id sequence eventHash cbvHash recordTime json }} }} }} verify {{ holds checked head }} }} }}",
        $"{{ batch(code: \"{Lot}\") {{ holder disposition holdings {{ account kind quantity uom }} children(first: 1000) {{ code kind since until }} chainLength chainHead verify {{ holds checked head }} }} }}",
        $"{{ recalls {{ id }} recall(id: \"{Recall}\") {{ status class reason issuedAt issuedSequence effectiveAt withdrawnAt reached onRecord scope {{ code }} holders {{ holder count }} items(first: 10000) {{ nodes {{ code holder recallIds }} }} }} }}",
    ];

    [Fact]
    public async Task The_same_answers_after_every_projection_was_deleted()
    {
        await using var silo = await SiloUnderTest.Start(ReadmeWalk.StartArguments);
        await silo.Query($"mutation {{ issueRecall(input: {{ id: \"{Recall}\", scope: {{ code: \"{Lot}\" }}, reason: \"Listeria\", class: I }}) {{ recall {{ id }} }} }}");
        using (var request = new HttpRequestMessage(HttpMethod.Get, $"/graphql?query={Uri.EscapeDataString($"subscription {{ recallProgress(id: \"{Recall}\") {{ status }} }}")}") { Headers = { { "Accept", "text/event-stream" } } })
        using (var progress = await silo.Http.SendAsync(request))
            Assert.Contains("event: complete", await progress.Content.ReadAsStringAsync());
        var before = await Ask(silo);
        Assert.DoesNotContain(before, answer => answer.Contains("\"nodes\":[]", StringComparison.Ordinal));

        Assert.Equal(0, await silo.Process.Stop());
        var rows = Derived(silo.Folder);
        // As FORMAT.md says: a projection version of 0 asks for the rebuild. The rows go first, so that none of them can help.
        Run(silo.Folder, "DELETE FROM entity; DELETE FROM chain; DELETE FROM shard_row; UPDATE constant SET value = 0 WHERE name = 'projection_version'");
        await silo.Restart();

        Assert.Contains(silo.Process.Output, line => line.StartsWith("Deriving projections anew", StringComparison.Ordinal));
        var after = await Ask(silo);
        foreach (var (i, question) in questions.Index()) Assert.True(before[i] == after[i], $"{question}\nbefore: {before[i]}\nafter:  {after[i]}");
        Assert.Equal(0, await silo.Process.Stop());
        Assert.Equal(rows, Derived(silo.Folder));
    }

    static async Task<string[]> Ask(SiloUnderTest silo)
    {
        var answers = new string[questions.Length];
        for (var i = 0; i < questions.Length; i++) answers[i] = (await silo.Query(questions[i])).GetRawText();
        return answers;
    }

    /// <summary>How many derived rows there are, and the ends of all chains.</summary>
    static string Derived(string folder) => Run(folder, "SELECT (SELECT count(*) FROM entity) || ' ' || (SELECT count(*) FROM chain) || ' ' || (SELECT count(*) FROM shard_row) || ' ' || (SELECT group_concat(hex(hash), '') FROM (SELECT hash FROM chain ORDER BY entity, position))");

    static string Run(string folder, string sql)
    {
        using var database = new SqliteConnection($"Data Source={Path.Combine(folder, "ledger.db")};Pooling=False");
        database.Open();
        using var command = database.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()?.ToString() ?? "";
    }
}
