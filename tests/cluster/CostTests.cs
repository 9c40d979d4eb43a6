namespace TraceGrains.Cluster.Tests;

/// <summary>What an answer costs is counted where it was asked, wherever the work was done.</summary>
public sealed class CostTests
{
    const int Units = 40;

    [Fact]
    public async Task What_grains_of_another_silo_do_for_an_operation_counts()
    {
        await using var server = await PrivatePostgres.New();
        var database = server.ConnectionString("postgres");
        await using var first = new Node(database);
        await using var second = new Node(database);
        await first.Start();
        var chance = new Random(1);
        Assert.NotNull(await first.Capture(Told.Document([.. Enumerable.Range(1, Units).Select(serial => Told.Seen(chance, Told.Unit(serial)))])));
        var query = $"{{ {string.Join(' ', Enumerable.Range(1, Units).Select(serial => $"u{serial}: unit(code: \"{Told.Unit(serial)}\") {{ holder chain {{ links {{ position }} }} }}"))} }}";
        var alone = await first.CostOf(query);
        // For each unit at least: its number, the link of its chain, and where it stands.
        Assert.True(alone.Rows >= 3 * Units && alone.Messages >= Units, $"{alone}");
        var again = await first.CostOf(query);

        // The units' grains stay where they are, so that the second silo asks the first for everything.
        await second.Start();
        var most = (Rows: 0L, Messages: 0L);
        for (var tries = 0; tries < 30 && !(most.Rows * 10 >= again.Rows * 8 && most.Messages * 10 >= again.Messages * 8); tries++)
        {
            var (rows, messages) = await second.CostOf(query);
            most = (Math.Max(most.Rows, rows), Math.Max(most.Messages, messages));
        }
        // Word of the last of it may come when the answer has gone.
        Assert.True(most.Rows * 10 >= again.Rows * 8 && most.Messages * 10 >= again.Messages * 8, $"counted {most} of {again}");
    }
}
