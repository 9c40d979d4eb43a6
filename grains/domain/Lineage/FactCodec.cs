using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using TraceGrains.Domain.Custody;

namespace TraceGrains.Domain.Lineage;

/// <summary>
/// The bytes of a shard row: event time, tie-break, then the facts of one event that concern one shard. The layout is specified in the ledger's FORMAT.md;
/// <see cref="EventFacts.RulesVersion"/> covers it.
/// </summary>
public static class FactCodec
{
    const byte TagNamed = 1, TagTie = 2, TagPlaced = 3, TagPosition = 4, TagHeld = 5, TagMarked = 6, TagRecallStatus = 7, TagWithdrawn = 8, TagBlocked = 9, TagDated = 10;

    /// <summary>Encodes facts whose entities are numbered. The order of facts is kept.</summary>
    public static byte[] Encode(long eventTime, ulong tieBreak, IReadOnlyList<Fact> facts)
    {
        var to = new ArrayBufferWriter<byte>(16 + facts.Count * 8);
        WriteSigned(to, eventTime);
        BinaryPrimitives.WriteUInt64BigEndian(to.GetSpan(8), tieBreak);
        to.Advance(8);
        foreach (var fact in facts) Write(to, fact);
        return to.WrittenSpan.ToArray();
    }

    static void Write(ArrayBufferWriter<byte> to, Fact fact)
    {
        switch (fact)
        {
            case Fact.Named f:
                Tag(to, TagNamed, f.Node);
                Byte(to, (byte)f.Roles);
                break;
            case Fact.Tie f:
                Tag(to, TagTie, f.Node);
                WriteUnsigned(to, (uint)f.Other);
                Byte(to, (byte)((byte)f.Kind | (f.Forward ? 0x80 : 0) | (f.ToProcess ? 0x40 : 0)));
                break;
            case Fact.Placed f:
                Tag(to, TagPlaced, f.Node);
                WriteUnsigned(to, (uint)f.Other);
                Byte(to, (byte)((byte)f.Kind | (f.AsContent ? 0x80 : 0) | (f.Out ? 0x40 : 0) | (f.IsAmount ? 0x20 : 0) | (f.Quantity is null ? 0 : 0x10)));
                if (f.Quantity is { } quantity) WriteDecimal(to, quantity);
                break;
            case Fact.Position f:
                Tag(to, TagPosition, f.Node);
                Byte(to, (byte)((byte)f.Step | (f.Ends ? 0x80 : 0) | (f.BizStep != 0 ? 0x40 : 0)));
                if (f.BizStep != 0) Byte(to, f.BizStep);
                WriteUnsigned(to, (uint)f.Holder);
                WriteUnsigned(to, (uint)f.Consignee);
                WriteUnsigned(to, (uint)f.Place);
                WriteSigned(to, f.Disposition);
                break;
            case Fact.Held f:
                Tag(to, TagHeld, f.Node);
                WriteUnsigned(to, (uint)f.Account);
                Byte(to, (byte)((byte)f.Kind | (f.Delta is null ? 0 : 0x10)));
                if (f.Delta is { } delta) WriteDecimal(to, delta);
                WriteText(to, f.Uom);
                break;
            case Fact.Marked f:
                Tag(to, TagMarked, f.Node);
                WriteUnsigned(to, (uint)f.Recall);
                Byte(to, (byte)f.Kind);
                break;
            case Fact.RecallStatus f:
                Tag(to, TagRecallStatus, f.Node);
                Byte(to, (byte)((f.Active ? 1 : 0) | (f.Range is null ? 0 : 2)));
                if (f.Range is { } range)
                {
                    WriteText(to, range.Product);
                    WriteText(to, range.From);
                    WriteText(to, range.To);
                }
                break;
            case Fact.Blocked f:
                Tag(to, TagBlocked, f.Node);
                Byte(to, (byte)(f.Set ? 1 : 0));
                WriteSigned(to, f.Term);
                break;
            case Fact.Dated f:
                Tag(to, TagDated, f.Node);
                Byte(to, (byte)f.Kind);
                WriteSigned(to, f.Until);
                break;
            case Fact.Withdrawn f:
                Tag(to, TagWithdrawn, 0);
                WriteUnsigned(to, (ulong)f.Sequence);
                break;
            default:
                throw new NotSupportedException($"no encoding for {fact.GetType().Name}");
        }
    }

    /// <summary>Walks the facts of a row without keeping them.</summary>
    public ref struct Reader
    {
        ReadOnlySpan<byte> rest;

        /// <summary>Starts at the row's head.</summary>
        public Reader(ReadOnlySpan<byte> row)
        {
            rest = row;
            EventTime = ReadSigned();
            TieBreak = BinaryPrimitives.ReadUInt64BigEndian(rest);
            rest = rest[8..];
        }

        /// <summary>When the event happened, Unix milliseconds.</summary>
        public readonly long EventTime { get; }

        /// <summary>Orders events of one instant.</summary>
        public readonly ulong TieBreak { get; }

        /// <summary>The next fact, or null at the end. Throws <see cref="FormatException"/> on bytes this version does not know.</summary>
        public Fact? Next()
        {
            if (rest.IsEmpty) return null;
            var tag = ReadByte();
            var node = (int)ReadUnsigned();
            switch (tag)
            {
                case TagNamed:
                    return new Fact.Named(node, (Roles)ReadByte());
                case TagTie:
                {
                    var other = (int)ReadUnsigned();
                    var flags = ReadByte();
                    return new Fact.Tie(node, other, (EdgeKind)(flags & 0x0F), (flags & 0x80) != 0, (flags & 0x40) != 0);
                }
                case TagPlaced:
                {
                    var other = (int)ReadUnsigned();
                    var flags = ReadByte();
                    decimal? quantity = (flags & 0x10) != 0 ? ReadDecimal() : null;
                    return new Fact.Placed(node, other, (EdgeKind)(flags & 0x0F), (flags & 0x80) != 0, (flags & 0x40) != 0, (flags & 0x20) != 0, quantity);
                }
                case TagPosition:
                {
                    var flags = ReadByte();
                    var bizStep = (flags & 0x40) != 0 ? ReadByte() : (byte)0;
                    return new Fact.Position(
                        node, (CustodyStep)(flags & 0x0F), (int)ReadUnsigned(), (int)ReadUnsigned(), (int)ReadUnsigned(), (int)ReadSigned(), bizStep, (flags & 0x80) != 0);
                }
                case TagBlocked:
                {
                    var isSet = ReadByte() == 1;
                    return new Fact.Blocked(node, (int)ReadSigned(), isSet);
                }
                case TagDated:
                {
                    var kind = (Holds.DateKind)ReadByte();
                    return new Fact.Dated(node, kind, ReadSigned());
                }
                case TagHeld:
                {
                    var account = (int)ReadUnsigned();
                    var flags = ReadByte();
                    decimal? delta = (flags & 0x10) != 0 ? ReadDecimal() : null;
                    return new Fact.Held(node, account, (AccountKind)(flags & 0x0F), delta, ReadText());
                }
                case TagMarked:
                    return new Fact.Marked(node, (int)ReadUnsigned(), (MarkKind)ReadByte());
                case TagRecallStatus:
                    {
                    var flags = ReadByte();
                    return new Fact.RecallStatus(node, (flags & 1) != 0, (flags & 2) != 0 ? new(ReadText(), ReadText(), ReadText()) : null);
                }
                case TagWithdrawn:
                    return new Fact.Withdrawn((long)ReadUnsigned());
                default:
                    throw new FormatException($"shard row holds a fact of kind {tag}, which this version does not know");
            }
        }

        byte ReadByte()
        {
            var value = rest[0];
            rest = rest[1..];
            return value;
        }

        ulong ReadUnsigned()
        {
            ulong value = 0;
            for (var shift = 0; ; shift += 7)
            {
                var next = ReadByte();
                value |= (ulong)(next & 0x7F) << shift;
                if (next < 0x80) return value;
            }
        }

        long ReadSigned()
        {
            var zigzag = ReadUnsigned();
            return (long)(zigzag >> 1) ^ -(long)(zigzag & 1);
        }

        decimal ReadDecimal()
        {
            Span<int> bits = [(int)ReadUnsigned(), (int)ReadUnsigned(), (int)ReadUnsigned(), (int)ReadUnsigned()];
            return new decimal(bits);
        }

        string ReadText()
        {
            var length = (int)ReadUnsigned();
            var text = Encoding.UTF8.GetString(rest[..length]);
            rest = rest[length..];
            return text;
        }
    }

    static void Tag(ArrayBufferWriter<byte> to, byte tag, int node)
    {
        Byte(to, tag);
        WriteUnsigned(to, (uint)node);
    }

    static void Byte(ArrayBufferWriter<byte> to, byte value)
    {
        to.GetSpan(1)[0] = value;
        to.Advance(1);
    }

    static void WriteUnsigned(ArrayBufferWriter<byte> to, ulong value)
    {
        var span = to.GetSpan(10);
        var length = 0;
        while (value >= 0x80)
        {
            span[length++] = (byte)(value | 0x80);
            value >>= 7;
        }
        span[length++] = (byte)value;
        to.Advance(length);
    }

    static void WriteSigned(ArrayBufferWriter<byte> to, long value) => WriteUnsigned(to, (ulong)((value << 1) ^ (value >> 63)));

    static void WriteDecimal(ArrayBufferWriter<byte> to, decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        foreach (var part in bits) WriteUnsigned(to, (uint)part);
    }

    static void WriteText(ArrayBufferWriter<byte> to, string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        WriteUnsigned(to, (uint)length);
        Encoding.UTF8.GetBytes(text, to.GetSpan(length));
        to.Advance(length);
    }
}
