using TraceGrains.Domain.Custody;
using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Recalls.Previews;

namespace TraceGrains.Domain.Balances;

/// <summary>
/// Adds to the flows of a lot what no event says of it by its own name: what was packed went where its container went. Goods that are shipped as a pallet and as so much of a lot move once: what events say by name in
/// the time of the journey counts first, a container brings in what was sent by name and sends what was received by name, and carries the rest.
/// </summary>
sealed class LotCarriage
{
    static readonly int inTransit = Dispositions.IndexOf("in_transit");

    readonly LotPlaces places;
    readonly List<(FlowRow Row, decimal Left)> told;
    readonly Dictionary<(string Uom, int Party), decimal> awaited = [];
    readonly List<FlowRow> all;
    /// <summary>Who has what was packed, where no amount moved: of a lot that no event names but in containers, or where none says who packed it.</summary>
    readonly List<Holding> seen = [];
    readonly string[] uoms;

    LotCarriage(IReadOnlyList<FlowRow> rows, LotPlaces places)
    {
        (this.places, all) = (places, [.. rows]);
        told = [.. rows.Where(row => row.Quantity is not null).Select(row => (places.Named(row), row.Quantity!.Value))];
        var books = LotBook.Of([.. rows.Where(row => row.Kind != FlowKind.Counted)], places);
        uoms = [.. books.Select(book => book.Uom)];
        foreach (var book in books)
            foreach (var (party, account) in book.Accounts) awaited[(book.Uom, party)] = account.InTransit;
    }

    /// <summary>The books of a lot, with the flows that its containers tell of.</summary>
    /// <param name="rows">By its own name.</param>
    /// <param name="packed">What lies or lay in containers.</param>
    /// <param name="during">What events said of the container for the time of a stay.</param>
    public static IReadOnlyList<LotBook> Books(IReadOnlyList<FlowRow> rows, IReadOnlyList<PackedRow> packed, Func<Stay, Registers> during) => Of(rows, packed, during).Books();

    /// <summary>Who has how much of a lot that lies or lay in containers. Whoever has one of them is among these, though no amount is told of him.</summary>
    /// <param name="rows">By its own name.</param>
    /// <param name="packed">What lies or lay in containers.</param>
    /// <param name="during">What events said of the container for the time of a stay.</param>
    public static Holding[] Held(IReadOnlyList<FlowRow> rows, IReadOnlyList<PackedRow> packed, Func<Stay, Registers> during)
    {
        var carriage = Of(rows, packed, during);
        var books = carriage.Books();
        var told = books.SelectMany(book => book.Accounts.Keys).ToHashSet();
        var others = carriage.seen.Where(one => !told.Contains(one.Account)).GroupBy(one => (one.Account, one.Kind, one.Uom)).Select(same => new Holding
        {
            Account = same.Key.Account, Kind = same.Key.Kind, Uom = same.Key.Uom, Quantity = same.All(one => one.Quantity is not null) ? same.Sum(one => one.Quantity) : null, LastSequence = same.Max(one => one.LastSequence),
        });
        return LotBook.InOrder(LotBook.Held(books).Concat(others));
    }

    static LotCarriage Of(IReadOnlyList<FlowRow> rows, IReadOnlyList<PackedRow> packed, Func<Stay, Registers> during)
    {
        var carriage = new LotCarriage(rows, new(rows, packed.Select(part => during(part.Stay))));
        foreach (var part in packed.OrderBy(part => part.Stay.Start).ThenBy(part => part.Stay.StartTieBreak).ThenBy(part => part.Sequence).ThenBy(part => part.Stay.Until)) carriage.Carry(part, during(part.Stay));
        return carriage;
    }

    IReadOnlyList<LotBook> Books() => LotBook.Of(all, places);

    void Carry(in PackedRow part, in Registers registers)
    {
        var standing = Arrived(registers);
        if (standing is { Holder: 0, Consignee: 0 }) return;
        var journey = new Journey(part, Packer(part), Math.Max(part.Stay.Start, Latest(registers)), places, standing);
        if (journey.From == 0 || (journey.From == journey.To && journey.Fate == Fate.OnHand))
        {
            See(journey, part.Quantity);
            return;
        }
        if (part.Quantity is not { } quantity)
        {
            // Of a lot in pieces and in kilograms, any may have gone; of one that has no book yet, nobody says in what.
            foreach (var uom in uoms.DefaultIfEmpty("")) CarryUnknown(journey with { Uom = uom });
            return;
        }
        if (journey.Fate == Fate.InTransit) Send(journey, quantity);
        else if (journey.From != journey.To) Bring(journey, quantity);
        FlowKind? end = journey.Fate switch { Fate.Sold => FlowKind.Sold, Fate.Destroyed => FlowKind.Destroyed, Fate.Unaccounted => FlowKind.Lost, _ => null };
        if (end is { } kind && quantity - Take(journey, quantity, row => row.Kind == kind && row.From == journey.To) is > 0 and var ended) Add(journey, kind, journey.To, 0, ended);
    }

    /// <summary>Whose it was when it was packed: where the event names nobody, whoever was the only one to have any.</summary>
    int Packer(in PackedRow part)
    {
        var (start, uom) = (part.Stay.Start, part.Uom);
        if ((part.Holder != 0 ? part.Holder : part.Place) is var named and not 0) return places.Of(named, start, part.Stay.StartTieBreak);
        var book = LotBook.Of([.. all.Where(row => row.Time <= start && row.Uom == uom)], places).SingleOrDefault();
        return book?.Accounts.Where(pair => pair.Value.OnHand > 0).Take(2).ToList() is [var (party, _)] ? party : 0;
    }

    void See(in Journey journey, decimal? quantity)
    {
        var isSent = journey.Fate == Fate.InTransit && journey.Consignee != 0;
        if (journey.Fate is Fate.OnHand or Fate.InTransit or Fate.Unaccounted)
            seen.Add(new() { Account = isSent ? journey.Consignee : journey.To, Kind = isSent ? AccountKind.InTransitTo : AccountKind.Holder, Uom = journey.Uom, Quantity = quantity, LastSequence = journey.Sequence });
    }

    void CarryUnknown(in Journey journey)
    {
        if (journey.From != journey.To) Add(journey, FlowKind.Carried, journey.From, journey.To, null);
        if (journey.Fate == Fate.InTransit) Add(journey, FlowKind.Sent, journey.To, journey.Consignee, null);
    }

    /// <summary>On its way: who has it sends it on, unless events say so by name.</summary>
    void Send(in Journey journey, decimal quantity)
    {
        var (from, to, consignee) = (journey.From, journey.To, journey.Consignee);
        quantity -= Take(journey, quantity, row => row.Kind == FlowKind.Sent && row.From == from && (row.To == consignee || row.To == 0));
        quantity -= TakeBoth(journey, quantity, row => row.Kind == FlowKind.Sent && row.From == from, row => row.Kind == FlowKind.Sent && row.To == consignee);
        if (quantity == 0) return;
        if (from != to) Add(journey, FlowKind.Carried, from, to, quantity);
        Add(journey, FlowKind.Sent, to, consignee, quantity);
    }

    /// <summary>Arrived, as far as events do not say so by name at one end or at both.</summary>
    void Bring(in Journey journey, decimal quantity)
    {
        var (from, to, key) = (journey.From, journey.To, (journey.Uom, journey.To));
        var sent = Take(journey, quantity, row => row.Kind == FlowKind.Sent && row.From == from && (row.To == to || row.To == 0));
        if (Math.Min(sent, Math.Max(0, awaited.GetValueOrDefault(key))) is > 0 and var arrived)
        {
            awaited[key] -= arrived;
            Add(journey, FlowKind.Received, to, to, arrived);
        }
        quantity -= sent;
        quantity -= TakeBoth(journey, quantity, row => row.Kind == FlowKind.Sent && row.From == from, row => row.Kind == FlowKind.Received && row.To == to);
        if (Math.Min(quantity, Math.Max(0, -awaited.GetValueOrDefault(key))) is > 0 and var unsent)
        {
            awaited[key] += unsent;
            quantity -= unsent;
            Add(journey, FlowKind.Sent, from, to, unsent);
        }
        if (quantity > 0) Add(journey, FlowKind.Carried, from, to, quantity);
    }

    /// <summary>So much of a quantity as some flows by name tell within the journey; each tells once.</summary>
    decimal Take(in Journey journey, decimal quantity, Func<FlowRow, bool> tells)
    {
        var taken = 0m;
        for (var i = 0; i < told.Count && taken < quantity; i++)
        {
            var (row, left) = told[i];
            if (left == 0 || row.Uom != journey.Uom || row.Time < journey.Start || row.Time > journey.End || !tells(row)) continue;
            var part = Math.Min(left, quantity - taken);
            told[i] = (row, left - part);
            taken += part;
        }
        return taken;
    }

    /// <summary>So much as is told at both ends, by way of others.</summary>
    decimal TakeBoth(in Journey journey, decimal quantity, Func<FlowRow, bool> leaves, Func<FlowRow, bool> comes)
    {
        var (start, end, uom) = (journey.Start, journey.End, journey.Uom);
        decimal Left(Func<FlowRow, bool> tells) => told.Where(one => one.Row.Uom == uom && one.Row.Time >= start && one.Row.Time <= end && tells(one.Row)).Sum(one => one.Left);
        var both = Math.Min(quantity, Math.Min(Left(leaves), Left(comes)));
        if (both == 0) return 0;
        Take(journey, both, leaves);
        return Take(journey, both, comes);
    }

    void Add(in Journey journey, FlowKind kind, int from, int to, decimal? quantity) =>
        all.Add(new() { Kind = kind, From = from, To = to, Quantity = quantity, Uom = journey.Uom, Time = journey.Time, TieBreak = journey.TieBreak, Sequence = journey.Sequence });

    /// <summary>Where the container is. What was on its way is so no more when somebody has it since, though no event gave it another disposition.</summary>
    static Standing Arrived(in Registers registers)
    {
        var standing = registers.Read();
        if (standing.Disposition == inTransit && (registers.Stated.IsLaterThan(registers.Disposition) || registers.Arrived.IsLaterThan(registers.Disposition))) standing.Disposition = 0;
        return standing;
    }

    static long Latest(in Registers registers)
    {
        var latest = long.MinValue;
        foreach (var register in (ReadOnlySpan<Register>)[registers.Stated, registers.Sent, registers.Arrived, registers.Place])
            if (register.IsSet) latest = Math.Max(latest, register.Time);
        foreach (var register in registers.SentOn ?? []) latest = Math.Max(latest, register.Time);
        return latest;
    }

    /// <summary>From where a part was packed to where its container came in the time it was inside.</summary>
    readonly record struct Journey
    {
        /// <summary>What is told by two names is told within a day.</summary>
        const long Day = 24 * 60 * 60 * 1000;

        public Journey(in PackedRow part, int from, long time, LotPlaces places, in Standing standing)
        {
            (Start, Time, TieBreak, Sequence, Uom) = (part.Stay.Start, time, part.Stay.StartTieBreak, part.Sequence, part.Uom);
            End = Math.Min(time + Day, part.Stay.Until);
            From = from;
            // A container that was sent off, nobody says by whom, was sent by whoever packed it.
            (To, Consignee, Fate) = (standing.Holder != 0 ? places.Of(standing.Holder, time, TieBreak) : From, places.Of(standing.Consignee, time, TieBreak), Fates.Of(standing));
        }

        public long Start { get; }
        public long End { get; }
        public long Time { get; }
        public ulong TieBreak { get; }
        public long Sequence { get; }
        public string Uom { get; init; }
        public int From { get; }
        public int To { get; }
        public int Consignee { get; }
        public Fate Fate { get; }
    }
}
