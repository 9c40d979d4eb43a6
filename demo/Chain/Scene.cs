namespace TraceGrains.Demo.Chain;

/// <summary>What happens in the trade, as verbs: each tells one event and keeps the book in step with it.</summary>
sealed class Scene
{
    /// <summary>How many days before the end the story begins.</summary>
    const int Days = 42;

    static readonly TimeSpan Chongqing = TimeSpan.FromHours(8);

    readonly SplitMix64 dice;
    readonly SplitMix64 ids;
    readonly DateTimeOffset lastMidnight;
    readonly HashSet<string> serialRuns = [];
    int told;

    public Scene(int seed, DateTimeOffset end)
    {
        dice = new((ulong)seed);
        ids = new((ulong)seed ^ 0xD1B54A32D192ED03);
        lastMidnight = new(end.ToOffset(Chongqing).Date, Chongqing);
        Journal = new(lastMidnight.AddDays(-Days));
    }

    public Journal Journal { get; }

    public Book Book { get; } = new();

    /// <summary>Code → name of what the stories name beyond parties, places and products.</summary>
    public Dictionary<string, (string Zh, string En)> Names { get; } = [];

    public List<DemoProduct> Products { get; } = [];

    /// <summary>A moment of a day counted back from the end, shaken by up to nine minutes: nothing in the world happens on the full hour.</summary>
    public DateTimeOffset On(int daysBefore, int hour, int minute = 0) =>
        lastMidnight.AddDays(-daysBefore).AddMinutes(hour * 60 + minute + dice.Below(10)).AddSeconds(dice.Below(60));

    public int Below(int bound) => dice.Below(bound);

    public string NewId() => ids.UuidUrn();

    public string Product(Business maker, int item, string zh, string en, string category, int level = 0)
    {
        var code = maker.Product(item, level);
        Products.Add(new(code, zh, en, maker.Party, category));
        return code;
    }

    /// <summary>Consecutive serial numbers, as a packing line prints them, from a start that the seed chooses. Ten digits.</summary>
    public IReadOnlyList<string> Serials(string product, int count)
    {
        string run;
        do
            run = $"{100_000 + dice.Below(900_000)}";
        while (!serialRuns.Add(product + run));
        return [.. Enumerable.Range(1, count).Select(i => Gs1.Unit(product, $"{run}{i:0000}"))];
    }

    /// <summary>A lot comes into the world without inputs: harvested, milked, delivered by a supplier outside the story.</summary>
    public void Grow(DateTimeOffset at, string step, Amount amount, Business by)
    {
        Book.Lot(amount.Lot, by);
        Tell(new(Kind.ObjectEvent, at, step)
        {
            Action = "ADD", Disposition = "active", ReadPoint = by.Place(), BizLocation = by.Place(), Amounts = [amount], Transfer = First(by),
        });
    }

    /// <summary>Lots are made from lots, in one event.</summary>
    public void Make(DateTimeOffset at, string step, IReadOnlyList<Amount> inputs, Amount output, Business by, int site) =>
        Make([(at, inputs)], at, step, output, by, site, process: null);

    /// <summary>Lots are made from lots over several days: one event for each filling, one for what came out, joined by the process.</summary>
    public void Make(IReadOnlyList<(DateTimeOffset At, IReadOnlyList<Amount> Inputs)> fillings, DateTimeOffset emptied, string step, Amount output, Business by, int site, string? process)
    {
        Book.Lot(output.Lot, by);
        foreach (var input in fillings.SelectMany(filling => filling.Inputs))
            Book.Becomes(input.Lot, output.Lot);

        var inOneGo = process is null;
        foreach (var (at, inputs) in fillings)
            Tell(Transformation(at, step, by, site) with { Process = process, Inputs = inputs, Outputs = inOneGo ? [output] : [] });
        if (!inOneGo)
            Tell(Transformation(emptied, step, by, site) with { Process = process, Outputs = [output] });
    }

    /// <summary>A bulk lot becomes serialised units of a retail lot, and a few unserialised samples of it that the maker keeps.</summary>
    public void PackUnits(DateTimeOffset at, Amount bulk, IReadOnlyList<string> units, Amount samples, BirthData birth, Business by, int site)
    {
        Book.Lot(samples.Lot, by);
        Book.Becomes(bulk.Lot, samples.Lot);
        foreach (var unit in units)
        {
            Book.Unit(unit, by);
            Book.Becomes(bulk.Lot, unit);
            Book.Becomes(samples.Lot, unit);
        }
        Tell(Transformation(at, "commissioning", by, site) with { Inputs = [bulk], OutputEpcs = units, Outputs = [samples], Birth = birth });
    }

    /// <summary>Serial numbers are given to units of a lot that exists.</summary>
    public void Serialise(DateTimeOffset at, string lot, IReadOnlyList<string> units, BirthData birth, Business by, int site, bool lotInEveryCode = false)
    {
        foreach (var unit in units)
        {
            Book.Unit(unit, by);
            Book.Becomes(lot, unit);
        }
        Tell(new(Kind.ObjectEvent, at, "commissioning")
        {
            Action = "ADD", Disposition = "active", ReadPoint = by.Place(site), BizLocation = by.Place(site), Transfer = First(by, site), Birth = birth,
            Epcs = lotInEveryCode ? [.. units.Select(unit => Gs1.UnitWithLot(unit, birth.LotNumber))] : units,
        });
    }

    public void Put(DateTimeOffset at, string container, IReadOnlyList<string> things, Business by, int site = 0, string step = "packing", bool inUrns = false)
    {
        Book.Put(container, things, by);
        Tell(new(Kind.AggregationEvent, at, step)
        {
            Action = "ADD", Disposition = step == "packing" ? "container_closed" : "in_progress",
            Parent = container, Epcs = things, ReadPoint = by.Place(site), BizLocation = by.Place(site), InUrns = inUrns,
        });
    }

    /// <param name="at">When.</param>
    /// <param name="container">Out of what.</param>
    /// <param name="things">What; null empties it, which EPCIS 2.0 (7.4.3) writes as a DELETE without children.</param>
    /// <param name="by">Who.</param>
    /// <param name="site">At which of its sites.</param>
    /// <param name="step">Business step.</param>
    /// <param name="inUrns">Reported by an ERP that speaks URNs.</param>
    public void TakeOut(DateTimeOffset at, string container, IReadOnlyList<string>? things, Business by, int site = 0, string step = "unpacking", bool inUrns = false)
    {
        Book.TakeOut(container, things ?? [.. Book.Contents(container)]);
        Tell(new(Kind.AggregationEvent, at, step)
        {
            Action = "DELETE", Disposition = step == "unpacking" ? "container_open" : "in_progress",
            Parent = container, Epcs = things ?? [], ReadPoint = by.Place(site), BizLocation = by.Place(site), InUrns = inUrns,
        });
    }

    public void Ship(DateTimeOffset at, IReadOnlyList<string> things, Transfer transfer, (string, string)? paper = null, bool inUrns = false)
    {
        Book.Sent(things);
        Tell(Shipping(at, transfer, paper) with { Epcs = things, InUrns = inUrns });
    }

    public void Receive(DateTimeOffset at, IReadOnlyList<string> things, Transfer transfer, (string, string)? paper = null, string disposition = "in_progress",
        DateTimeOffset? capturedAt = null, string step = "receiving", bool inUrns = false)
    {
        Book.Arrived(things, transfer.To);
        Tell(Receiving(at, transfer, paper) with { Epcs = things, BizStep = step, Disposition = disposition, CapturedAt = capturedAt, InUrns = inUrns });
    }

    /// <summary>A lot without serials goes from one to the other, whole.</summary>
    public void Deliver(DateTimeOffset leaves, DateTimeOffset arrives, Amount amount, Transfer transfer, string noteNumber)
    {
        var paper = ("desadv", transfer.From!.Paper(noteNumber));
        Book.Arrived([amount.Lot], transfer.To);
        Tell(Shipping(leaves, transfer, paper) with { Amounts = [amount] });
        Tell(Receiving(arrives, transfer, paper) with { Amounts = [amount] });
    }

    /// <summary>The consumer takes it. The shop stays its last known holder, so no party is named.</summary>
    public void Sell(DateTimeOffset at, IReadOnlyList<string> units, Business by, string action = "OBSERVE", string step = "retail_selling", string disposition = "retail_sold", int site = 0)
    {
        Book.Sold(units);
        Tell(new(Kind.ObjectEvent, at, step) { Action = action, Disposition = disposition, Epcs = units, ReadPoint = by.Place(site) });
    }

    public void Attach(DateTimeOffset at, string asset, string part, Business by, int site) => Associate(at, asset, part, by, site, "ADD", "installing");

    public void Detach(DateTimeOffset at, string asset, string part, Business by, int site) => Associate(at, asset, part, by, site, "DELETE", "removing");

    public void Measure(DateTimeOffset at, string thing, Reading reading, string? disposition = null) =>
        Tell(new(Kind.ObjectEvent, at, "sensor_reporting") { Action = "OBSERVE", Disposition = disposition, Epcs = [thing], Reading = reading });

    /// <summary>Writes an event down. Every seventeenth that was given no id has none: it is then known by its CBV hash.</summary>
    public void Tell(DemoEvent e)
    {
        var id = NewId();
        Journal.Add(e.Id is null && ++told % 17 != 0 ? e with { Id = id } : e);
    }

    public DemoEvent Transformation(DateTimeOffset at, string step, Business by, int site) => new(Kind.TransformationEvent, at, step)
    {
        Disposition = "in_progress", ReadPoint = by.Place(site), BizLocation = by.Place(site), Transfer = First(by, site),
    };

    void Associate(DateTimeOffset at, string asset, string part, Business by, int site, string action, string step) =>
        Tell(new(Kind.AssociationEvent, at, step) { Action = action, Parent = asset, Epcs = [part], ReadPoint = by.Place(site) });

    static DemoEvent Shipping(DateTimeOffset at, Transfer transfer, (string, string)? paper) => new(Kind.ObjectEvent, at, "shipping")
    {
        Action = "OBSERVE", Disposition = "in_transit", ReadPoint = transfer.From!.Place(transfer.FromSite), Transfer = transfer, Paper = paper,
    };

    static DemoEvent Receiving(DateTimeOffset at, Transfer transfer, (string, string)? paper) => new(Kind.ObjectEvent, at, "receiving")
    {
        Action = "OBSERVE", Disposition = "in_progress", ReadPoint = transfer.To.Place(transfer.ToSite), BizLocation = transfer.To.Place(transfer.ToSite),
        Transfer = transfer, Paper = paper,
    };

    /// <summary>Whoever makes a thing has it first: said outright, so that nobody needs to know whose place the place is.</summary>
    static Transfer First(Business by, int site = 0) => new(null, by, ToSite: site);
}
