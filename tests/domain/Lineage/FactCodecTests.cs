using CsCheck;
using TraceGrains.Domain.Custody;
using TraceGrains.Domain.Holds;
using TraceGrains.Domain.Lineage;

namespace TraceGrains.Domain.Tests.Lineage;

public class FactCodecTests
{
    static readonly Gen<int> node = Gen.Int[0, int.MaxValue];
    static readonly Gen<EdgeKind> kind = Gen.OneOfConst(EdgeKind.MadeOf, EdgeKind.MemberOf, EdgeKind.ContainedIn, EdgeKind.AttachedTo);
    static readonly Gen<decimal?> quantity = Gen.Frequency((1, Gen.Const((decimal?)null)), (4, Gen.Decimal.Select(value => (decimal?)value)));
    static readonly Gen<string> text = Gen.OneOfConst("", "KGM", "鱼", "https://id.gs1.org/01/09506000134352");

    static readonly Gen<Fact> facts = Gen.OneOf<Fact>(
        Gen.Select(node, Gen.Byte).Select((n, roles) => (Fact)new Fact.Named(n, (Roles)roles)),
        Gen.Select(node, node, kind, Gen.Bool, Gen.Bool).Select((n, other, k, forward, process) => (Fact)new Fact.Tie(n, other, k, forward, process)),
        Gen.Select(node, node, kind, Gen.Int[0, 7], quantity).Select((n, other, k, flags, q) => (Fact)new Fact.Placed(n, other, k, (flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0, q)),
        Gen.Select(Gen.Select(node, Gen.Enum<CustodyStep>(), node, node), Gen.Select(node, Gen.Int, Gen.Byte, Gen.Bool)).Select((who, what) =>
            (Fact)new Fact.Position(who.Item1, who.Item2, who.Item3, who.Item4, what.Item1, what.Item2, what.Item3, what.Item4)),
        Gen.Select(node, Gen.Int, Gen.Bool).Select((n, term, isSet) => (Fact)new Fact.Blocked(n, term, isSet)),
        Gen.Select(node, Gen.Enum<DateKind>(), Gen.Long).Select((n, k, until) => (Fact)new Fact.Dated(n, k, until)),
        Gen.Select(node, node, Gen.Enum<AccountKind>(), quantity, text).Select((n, account, k, q, uom) => (Fact)new Fact.Held(n, account, k, q, uom)),
        Gen.Select(node, node, Gen.Enum<MarkKind>()).Select((n, recall, k) => (Fact)new Fact.Marked(n, recall, k)),
        Gen.Select(node, Gen.Bool, Gen.Bool, text, text, text).Select((n, active, range, product, from, to) => (Fact)new Fact.RecallStatus(n, active, range ? new(product, from, to) : null)),
        Gen.Long[0, uint.MaxValue].Select(sequence => (Fact)new Fact.Withdrawn(sequence)));

    [Fact]
    public void Every_fact_reads_back_as_it_was_written() =>
        Gen.Select(Gen.Long, Gen.ULong, facts.List[0, 10]).Sample((time, tieBreak, written) =>
        {
            var reader = new FactCodec.Reader(FactCodec.Encode(time, tieBreak, written));
            Assert.Equal((time, tieBreak), (reader.EventTime, reader.TieBreak));
            foreach (var fact in written) Assert.Equal(fact, reader.Next());
            Assert.Null(reader.Next());
        });

    [Fact]
    public void A_kind_of_fact_from_the_future_is_refused()
    {
        byte[] row = [.. FactCodec.Encode(0, 0, []), 99, 1];
        Assert.Throws<FormatException>(() =>
        {
            var reader = new FactCodec.Reader(row);
            reader.Next();
        });
    }
}
