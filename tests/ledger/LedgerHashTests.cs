using System.Text;

namespace TraceGrains.Ledger.Tests;

/// <summary>The worked example of FORMAT.md, and that it is still there.</summary>
public sealed class LedgerHashTests
{
    static readonly DateTimeOffset time = new(2026, 5, 3, 8, 0, 0, 123, TimeSpan.Zero);

    [Fact]
    public void The_hashes_are_those_of_the_format()
    {
        var first = LedgerHash.EventHash(time, "{\"type\":\"ObjectEvent\"}"u8);
        var second = LedgerHash.EventHash(time.AddMilliseconds(1), "{\"type\":\"AggregationEvent\"}"u8);
        var one = LedgerHash.Link(new byte[32], first);
        var two = LedgerHash.Link(one, second);

        var format = File.ReadAllText(Path.Combine(TraceGrains.Tests.Corpus.RepositoryRoot, "grains/ledger/FORMAT.md"), Encoding.UTF8);
        Assert.All((byte[][])[first, second, one, two], hash => Assert.Contains(Convert.ToHexStringLower(hash), format));
    }

    [Fact]
    public void A_part_of_a_millisecond_does_not_count() =>
        Assert.Equal(LedgerHash.EventHash(time, "x"u8), LedgerHash.EventHash(time.AddTicks(9999).ToOffset(TimeSpan.FromHours(8)), "x"u8));

    [Fact]
    public void A_link_joins_two_whole_hashes() =>
        Assert.Throws<ArgumentException>(() => LedgerHash.Link([], new byte[32]));
}
