using TraceGrains.Domain.Lineage;

namespace TraceGrains.Domain.Balances;

/// <summary>An account of a lot: what a party has, and what is on its way to it. Either may be below nothing while an event is missing.</summary>
sealed class LotAccount
{
    public decimal OnHand, InTransit, Returned;
    /// <summary>The events by which it last fell below nothing.</summary>
    public long OnHandFell, InTransitFell;
    /// <summary>The latest events on record that changed either.</summary>
    public long OnHandLast, InTransitLast;
    /// <summary>Whether an event changed either by an amount that it does not name.</summary>
    public bool IsOnHandUnknown, IsInTransitUnknown;

    public void Move(decimal quantity, long sequence)
    {
        if (OnHand >= 0 && OnHand + quantity < 0) OnHandFell = sequence;
        OnHand += quantity;
        OnHandLast = Math.Max(OnHandLast, sequence);
    }

    public void Send(decimal quantity, long sequence)
    {
        if (InTransit >= 0 && InTransit + quantity < 0) InTransitFell = sequence;
        InTransit += quantity;
        InTransitLast = Math.Max(InTransitLast, sequence);
    }
}

/// <summary>
/// The book of a lot in one unit of measure: its flows by account, each flow counted twice, where it leaves and where it comes to. A function of the set of flows: they are taken in the order in which things
/// happened, and only stock-takings and what is put away care about that order.
/// </summary>
sealed class LotBook
{
    /// <summary>In the order in which events came to them, which is that of the events and not of arrival: what is matched with what follows it.</summary>
    readonly OrderedDictionary<int, LotAccount> accounts = [];
    readonly List<Discrepancy> found = [];
    decimal produced, opened, used, sold, destroyed, sampled, lost, counted, sentBack, cameBack;
    bool hasOrigin, isOpen;

    LotBook(string uom) => Uom = uom;

    public string Uom { get; }

    public decimal Loose { get; private set; }

    public IReadOnlyDictionary<int, LotAccount> Accounts => accounts;

    /// <summary>The books of a lot, one for each unit of measure in the order of their codes.</summary>
    public static IReadOnlyList<LotBook> Of(IReadOnlyList<FlowRow> rows) => rows.Count == 0 ? [] : Of(rows, new(rows));

    /// <summary>The books of a lot of whose places more is known than its flows tell.</summary>
    public static IReadOnlyList<LotBook> Of(IReadOnlyList<FlowRow> rows, LotPlaces places) =>
        [.. rows.Select(places.Named).GroupBy(row => row.Uom, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => Of(group.Key, [.. group]))];

    static LotBook Of(string uom, List<FlowRow> rows)
    {
        var book = new LotBook(uom);
        foreach (var row in LeadingStages(rows).OrderBy(row => row.Time).ThenBy(row => row.Kind is FlowKind.Produced or FlowKind.Opened or FlowKind.Carried ? 0 : 1).ThenBy(row => row.TieBreak).ThenBy(row => row.Sequence).ThenBy(row => row.Kind))
            book.Enter(row);
        book.MatchUnaddressed();
        return book;
    }

    /// <summary>Of the steps in which one movement was told, the one that tells of most; of equals the first.</summary>
    static IEnumerable<FlowRow> LeadingStages(List<FlowRow> rows)
    {
        if (rows.TrueForAll(row => row.Stage == 0)) return rows;
        var leading = rows.Where(row => row.Stage != 0).GroupBy(Movement).ToDictionary(
            movement => movement.Key, movement => movement.GroupBy(row => row.Stage).OrderByDescending(stage => stage.Sum(row => row.Quantity ?? 0)).ThenBy(stage => stage.Key).First().Key);
        return rows.Where(row => row.Stage == 0 || leading[Movement(row)] == row.Stage);
    }

    /// <summary>A sending is between two parties; what arrives or is sold belongs to one, whoever else some of the events name.</summary>
    static (FlowKind, int, int) Movement(FlowRow row) => row.Kind switch
    {
        FlowKind.Received => (row.Kind, 0, row.To), FlowKind.Sold => (row.Kind, row.From, 0), _ => (row.Kind, row.From, row.To),
    };

    LotAccount At(int party)
    {
        if (!accounts.TryGetValue(party, out var account)) accounts.Add(party, account = new());
        return account;
    }

    void Enter(in FlowRow row)
    {
        hasOrigin |= row.Kind is FlowKind.Produced or FlowKind.Opened;
        if (row.Quantity is not { } quantity)
        {
            isOpen = true;
            var party = row.Kind is FlowKind.Produced or FlowKind.Opened or FlowKind.Received or FlowKind.Counted ? row.To : row.From;
            MoveUnknown(At(party), row.Sequence);
            if (row.Kind is FlowKind.Sent or FlowKind.Voided or FlowKind.Received) SendUnknown(At(row.To), row.Sequence);
            if (row.Kind == FlowKind.Carried) MoveUnknown(At(row.To), row.Sequence);
            found.Add(new(DiscrepancyKind.AmountUnknown, party, null, row.Sequence));
            return;
        }
        switch (row.Kind)
        {
            case FlowKind.Produced:
                produced += quantity;
                if (row.IsLoose) Loose += quantity;
                At(row.To).Move(quantity, row.Sequence);
                break;
            case FlowKind.Opened:
                opened += quantity;
                At(row.To).Move(quantity, row.Sequence);
                break;
            case FlowKind.Sent:
                if (row.IsReturn) sentBack += quantity;
                At(row.From).Move(-quantity, row.Sequence);
                At(row.To).Send(quantity, row.Sequence);
                break;
            case FlowKind.Voided:
                At(row.From).Move(quantity, row.Sequence);
                At(row.To).Send(-quantity, row.Sequence);
                break;
            case FlowKind.Received:
                Receive(row, quantity);
                break;
            case FlowKind.Carried:
                At(row.From).Move(-quantity, row.Sequence);
                At(row.To).Move(quantity, row.Sequence);
                break;
            case FlowKind.Counted:
                Count(row, quantity);
                break;
            default:
                Leave(row, quantity);
                break;
        }
    }

    static void MoveUnknown(LotAccount account, long sequence)
    {
        account.IsOnHandUnknown = true;
        account.Move(0, sequence);
    }

    static void SendUnknown(LotAccount account, long sequence)
    {
        account.IsInTransitUnknown = true;
        account.Send(0, sequence);
    }

    void Receive(in FlowRow row, decimal quantity)
    {
        var account = At(row.To);
        // What is put away may have been there all along.
        if ((row.Stage & ~FlowStages.Paper) >= FlowStages.PuttingAway) quantity = Math.Min(quantity, Math.Max(0, account.InTransit) + Math.Max(0, At(0).InTransit));
        if (row.IsReturn) (cameBack, account.Returned) = (cameBack + quantity, account.Returned + quantity);
        account.Send(-quantity, row.Sequence);
        account.Move(quantity, row.Sequence);
    }

    void Count(in FlowRow row, decimal quantity)
    {
        var account = At(row.To);
        var missing = account.OnHand - quantity;
        if (missing != 0) found.Add(new(missing > 0 ? DiscrepancyKind.CountedLess : DiscrepancyKind.CountedMore, row.To, Math.Abs(missing), row.Sequence));
        counted += missing;
        account.Move(-missing, row.Sequence);
    }

    void Leave(in FlowRow row, decimal quantity)
    {
        At(row.From).Move(-quantity, row.Sequence);
        switch (row.Kind)
        {
            case FlowKind.Used:
                used += quantity;
                break;
            case FlowKind.Sold:
                sold += quantity;
                break;
            case FlowKind.Destroyed:
                destroyed += quantity;
                break;
            case FlowKind.Sampled:
                sampled += quantity;
                break;
            case FlowKind.Lost:
                lost += quantity;
                found.Add(new(DiscrepancyKind.Lost, row.From, quantity, row.Sequence));
                break;
            default:
                throw new NotSupportedException($"no account for a flow of kind {row.Kind}");
        }
    }

    /// <summary>What was sent to nobody in particular has come to those who received what nobody sent them.</summary>
    void MatchUnaddressed()
    {
        if (!accounts.TryGetValue(0, out var nobody)) return;
        foreach (var (party, account) in accounts)
            if (party != 0 && account.InTransit < 0 && nobody.InTransit > 0) Settle(ref account.InTransit, ref nobody.InTransit);
            else if (party != 0 && account.InTransit > 0 && nobody.InTransit < 0) Settle(ref nobody.InTransit, ref account.InTransit);
    }

    static decimal Settle(ref decimal below, ref decimal above)
    {
        var quantity = Math.Min(-below, above);
        below += quantity;
        above -= quantity;
        return quantity;
    }

    /// <summary>What books say of each account, as it was told: nothing that is missing is taken for granted.</summary>
    public static Holding[] Held(IEnumerable<LotBook> books)
    {
        var held = new List<Holding>();
        foreach (var book in books)
            foreach (var (party, account) in book.accounts)
            {
                if (account.OnHand != 0 || account.IsOnHandUnknown)
                    held.Add(new() { Account = party, Kind = AccountKind.Holder, Uom = book.Uom, Quantity = account.IsOnHandUnknown ? null : account.OnHand, LastSequence = account.OnHandLast });
                if (account.InTransit != 0 || account.IsInTransitUnknown)
                    held.Add(new() { Account = party, Kind = AccountKind.InTransitTo, Uom = book.Uom, Quantity = account.IsInTransitUnknown ? null : account.InTransit, LastSequence = account.InTransitLast });
            }
        return InOrder(held);
    }

    /// <summary>Holdings in one order, whatever the order in which events came to the accounts.</summary>
    public static Holding[] InOrder(IEnumerable<Holding> holdings) => [.. holdings.OrderBy(holding => holding.Account).ThenBy(holding => holding.Kind).ThenBy(holding => holding.Uom, StringComparer.Ordinal)];

    /// <summary>Closes the book: what is below nothing is matched with what must have been meant, and the rest is named.</summary>
    public LotBalance Close()
    {
        var arrived = SettleArrivals();
        // Received from whoever sent, under whatever name.
        foreach (var short_ in accounts.Values.Where(account => account.InTransit < 0))
            foreach (var more in accounts.Values.Where(account => account.InTransit > 0))
                if (short_.InTransit < 0) Settle(ref short_.InTransit, ref more.InTransit);
        // Nobody is named as the one it left: then whoever is the only one to have any.
        if (accounts.TryGetValue(0, out var nobody) && nobody.OnHand < 0 && accounts.Values.Where(account => account.OnHand > 0).Take(2).ToList() is [var only]) Settle(ref nobody.OnHand, ref only.OnHand);
        TakeBackFromConsumers();
        var fromNowhere = NameTheRest(out var all);
        var opening = hasOrigin ? opened : fromNowhere;
        return new()
        {
            Uom = Uom, Produced = produced, Opening = opening, OnHand = accounts.Values.Sum(account => account.OnHand), InTransit = accounts.Values.Sum(account => account.InTransit), Used = used, Sold = sold,
            Destroyed = destroyed, Sampled = sampled, Returned = Math.Max(sentBack, cameBack), Lost = lost, Unaccounted = lost + counted - (hasOrigin ? fromNowhere : 0), IsOpen = isOpen,
            Parties = [.. accounts.Where(pair => pair.Value.OnHand != 0 || pair.Value.InTransit != 0).Select(pair => new PartyBalance(pair.Key, pair.Value.OnHand, pair.Value.InTransit))],
            Discrepancies = [.. found.Concat(arrived).Concat(all).OrderBy(one => one.Sequence).ThenBy(one => one.Kind).ThenBy(one => one.Party)],
        };
    }

    List<Discrepancy> SettleArrivals()
    {
        var arrived = new List<Discrepancy>();
        foreach (var (party, account) in accounts)
            if (party != 0 && account is { OnHand: < 0, InTransit: > 0 }) arrived.Add(new(DiscrepancyKind.ArrivalNotTold, party, Settle(ref account.OnHand, ref account.InTransit), account.OnHandFell));
        return arrived;
    }

    /// <summary>A return that nobody sent comes from a consumer, as long as any was sold.</summary>
    void TakeBackFromConsumers()
    {
        foreach (var account in accounts.Values.Where(account => account.InTransit < 0 && account.Returned > 0))
        {
            var back = Math.Min(Math.Min(-account.InTransit, account.Returned), sold);
            account.InTransit += back;
            sold -= back;
        }
    }

    decimal NameTheRest(out List<Discrepancy> all)
    {
        (all, var fromNowhere) = ([], 0m);
        foreach (var (party, account) in accounts)
        {
            if (account.OnHand < 0) all.Add(new(hasOrigin ? DiscrepancyKind.FromNowhere : DiscrepancyKind.OriginUnknown, party, -account.OnHand, account.OnHandFell));
            if (account.InTransit < 0) all.Add(new(hasOrigin ? DiscrepancyKind.ReceivedUnsent : DiscrepancyKind.OriginUnknown, party, -account.InTransit, account.InTransitFell));
            fromNowhere -= Math.Min(0, account.OnHand) + Math.Min(0, account.InTransit);
            account.OnHand = Math.Max(0, account.OnHand);
            account.InTransit = Math.Max(0, account.InTransit);
        }
        return fromNowhere;
    }
}
