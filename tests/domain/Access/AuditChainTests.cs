using CsCheck;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Access.Audit;

namespace TraceGrains.Domain.Tests.Access;

public sealed class AuditChainTests
{
    static List<AuditRecord> Chain(int count)
    {
        var (records, hash) = (new List<AuditRecord>(), AuditEntry.Start);
        for (var number = 1; number <= count; number++)
        {
            var entry = new AuditEntry(number, DateTimeOffset.UnixEpoch.AddSeconds(number), "s" + number % 3, Role.Auditor, number % 2 == 0 ? null : "urn:ex:p", "query", $"trace(code: {number})", "ok", "d");
            records.Add(new(entry, hash = entry.Hash(hash)));
        }
        return records;
    }

    [Fact]
    public void A_chain_holds_whole_and_from_any_link_on()
    {
        var chain = Chain(10);
        Assert.Null(AuditChain.FirstBroken(0, AuditEntry.Start, chain));
        for (var from = 1; from < 10; from++) Assert.Null(AuditChain.FirstBroken(from, chain[from - 1].Hash, chain[from..]));
    }

    [Fact]
    public void Whatever_is_changed_lost_or_moved_shows_where() => Gen.Select(Gen.Int[1, 10], Gen.Int[0, 9]).Sample((at, how) =>
    {
        var chain = Chain(12);
        var (entry, hash) = chain[at - 1];
        switch (how)
        {
            case 0: chain[at - 1] = new(entry with { Time = entry.Time.AddMilliseconds(1) }, hash); break;
            case 1: chain[at - 1] = new(entry with { Subject = entry.Subject + " " }, hash); break;
            case 2: chain[at - 1] = new(entry with { Role = Role.Device }, hash); break;
            case 3: chain[at - 1] = new(entry with { Party = entry.Party is null ? "" : null }, hash); break;
            case 4: chain[at - 1] = new(entry with { Action = "quer", Target = "y" + entry.Target }, hash); break;   // the same letters, cut elsewhere
            case 5: chain[at - 1] = new(entry with { Outcome = "FORBIDDEN" }, hash); break;
            case 6: chain[at - 1] = new(entry with { Outcome = "okd", Detail = "" }, hash); break;
            case 7: chain.RemoveAt(at - 1); break;
            case 8: (chain[at - 1], chain[at]) = (chain[at], chain[at - 1]); break;
            // Hashed anew it agrees with itself and not with what follows.
            default:
                var forged = entry with { Outcome = "x" };
                chain[at - 1] = new(forged, forged.Hash(at == 1 ? AuditEntry.Start : chain[at - 2].Hash));
                break;
        }
        Assert.Equal(how == 9 ? at + 1 : at, AuditChain.FirstBroken(0, AuditEntry.Start, chain));
    });
}
