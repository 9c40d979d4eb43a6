using System.Globalization;
using System.Text.Json.Nodes;
using TraceGrains.Tales.Tests.Script;

namespace TraceGrains.Tales.Tests.Steps;

/// <summary>What an enterprise does with goods, as the EPCIS events it would send: the table of steps, and how each is said.</summary>
static class EventStep
{
    /// <summary>Steps and their prepositions. All take "when" (it happened then), "paper" (business documents), "at" (a place).</summary>
    static readonly Dictionary<string, string[]> forms = new()
    {
        ["make"] = ["by", "dated"], ["blend"] = ["into", "by", "dated"], ["harvest"] = ["from", "by", "dated"], ["use"] = ["on", "giving", "by", "safe"],
        ["pack"] = ["into", "by"], ["unpack"] = ["from", "by"], ["fill"] = ["into", "by"], ["install"] = ["on", "by"],
        ["ship"] = ["by", "to", "on"], ["return"] = ["by", "to"], ["receive"] = ["by"], ["sell"] = ["by"], ["dispense"] = ["by"],
        ["inspect"] = ["by", "finding"], ["release"] = ["by"], ["register"] = ["by"], ["destroy"] = ["by"],
    };

    public static bool Is(string verb) => forms.ContainsKey(verb);

    /// <summary>The events of a step, without ids.</summary>
    public static IEnumerable<JsonObject> Of(Cast cast, StoryClock clock, string verb, IReadOnlyList<string> words)
    {
        var step = Phrase.Of(verb, words, [.. forms[verb], "when", "paper", "at"]);
        var time = step.Has("when") ? StoryClock.At(step.Part("when")) : clock.Tick();
        foreach (var e in Told(cast, step))
        {
            e["eventTime"] = time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
            e["eventTimeZoneOffset"] = "+08:00";
            if (step.Has("at")) e["bizLocation"] = Id(cast.One(step.Word("at"), Sort.Place));
            if (verb == "ship" && step.Has("on")) e["readPoint"] = Id(cast.One(step.Word("on"), Sort.Place));
            if (step.Has("paper"))
                e["bizTransactionList"] = new JsonArray([.. Words.Split(step.Part("paper"), ",").Select(word => cast.One(word[0], Sort.Paper))
                    .Select(paper => (JsonNode)new JsonObject { ["type"] = cast.PaperType(paper.Name), ["bizTransaction"] = paper.Code })]);
            if (step.Has("dated")) e["ilmd"] = new JsonObject { ["cbvmda:productionDate"] = StoryClock.Date(step.Part("dated")) };
            yield return e;
        }
    }

    static IEnumerable<JsonObject> Told(Cast cast, Phrase step)
    {
        var goods = Goods.Of(cast, step.Object);
        Goods In(string preposition) => Goods.Of(cast, step.Part(preposition));
        Named By() => cast.One(step.Word("by"), Sort.Party);
        return step.Verb switch
        {
            "make" => [With(Object("ADD", "commissioning", "active", goods), to: By())],
            "blend" => [With(Transformation("creating_class_instance", "active", goods, In("into")), to: By())],
            "harvest" => [With(Transformation("tale:harvest", "active", In("from"), goods), to: By())],
            // The pack is used up and the crop goes on as another one: what is cut from here on has had the treatment.
            "use" => [With(SafeFrom(Transformation("tale:input_use", "in_progress", new([.. goods.Things, .. In("on").Things], [.. goods.Portions, .. In("on").Portions]), In("giving"))), to: By())],
            "pack" => [With(Aggregation("AggregationEvent", "ADD", "packing", "container_closed", In("into").Things[0], goods), to: By())],
            "unpack" => [With(Aggregation("AggregationEvent", "DELETE", "unpacking", "container_open", In("from").Things[0], goods), to: By())],
            "fill" => In("into").Things.Select(cylinder => With(Aggregation("AggregationEvent", "ADD", "tale:fill", "container_closed", cylinder, goods), to: By())),
            "install" => goods.Things.Zip(In("on").Things, (part, whole) => With(Aggregation("AssociationEvent", "ADD", "installing", "active", whole, new([part], [])), to: By())),
            "ship" => [With(Object("OBSERVE", "shipping", "in_transit", goods), from: By(), to: cast.One(step.Word("to"), Sort.Party))],
            "return" => [With(Object("OBSERVE", "shipping", "returned", goods), from: By(), to: cast.One(step.Word("to"), Sort.Party))],
            "receive" => [With(Object("OBSERVE", "receiving", "in_progress", goods), to: By())],
            "sell" => [With(Object("OBSERVE", "retail_selling", "retail_sold", goods), from: By())],
            "dispense" => [With(Object("OBSERVE", "dispensing", "dispensed", goods), from: By())],
            "inspect" => [With(Object("OBSERVE", "inspecting", step.Word("finding"), goods), inspector: By())],
            "release" => [With(Object("OBSERVE", "tale:release", "conformant", goods), to: By())],
            "register" => [With(Object("OBSERVE", "tale:register", "available", goods), to: By())],
            "destroy" => [With(Object("DELETE", "destroying", "destroyed", goods), to: By())],
            var verb => throw new StoryException($"nobody knows how to {verb}"),
        };

        JsonObject SafeFrom(JsonObject e)
        {
            if (step.Has("safe")) e["tale:safetyIntervalEnds"] = StoryClock.Date(step.Part("safe"));
            return e;
        }
    }

    static JsonObject Object(string action, string bizStep, string disposition, Goods goods) =>
        Filled(new() { ["type"] = "ObjectEvent", ["action"] = action, ["bizStep"] = bizStep, ["disposition"] = disposition }, "epcList", "quantityList", goods);

    static JsonObject Aggregation(string type, string action, string bizStep, string disposition, Named parent, Goods goods) =>
        Filled(new() { ["type"] = type, ["action"] = action, ["bizStep"] = bizStep, ["disposition"] = disposition, ["parentID"] = parent.Code }, "childEPCs", "childQuantityList", goods);

    static JsonObject Transformation(string bizStep, string disposition, Goods inputs, Goods outputs) =>
        Filled(Filled(new() { ["type"] = "TransformationEvent", ["bizStep"] = bizStep, ["disposition"] = disposition }, "inputEPCList", "inputQuantityList", inputs), "outputEPCList", "outputQuantityList", outputs);

    static JsonObject Filled(JsonObject e, string things, string portions, Goods goods)
    {
        if (goods.Things.Count > 0) e[things] = new JsonArray([.. goods.Things.Select(thing => (JsonNode)thing.Code)]);
        if (goods.Portions.Count > 0)
            e[portions] = new JsonArray([.. goods.Portions.Select(portion =>
            {
                var amount = new JsonObject { ["epcClass"] = portion.Lot.Code };
                if (portion.Quantity is { } quantity) amount["quantity"] = quantity;
                if (portion.Uom is { } uom) amount["uom"] = uom;
                return (JsonNode)amount;
            })]);
        return e;
    }

    static JsonObject With(JsonObject e, Named? from = null, Named? to = null, Named? inspector = null)
    {
        if (from is not null) e["sourceList"] = new JsonArray(new JsonObject { ["type"] = "possessing_party", ["source"] = from.Code });
        if (to is not null) e["destinationList"] = new JsonArray(new JsonObject { ["type"] = "possessing_party", ["destination"] = to.Code });
        if (inspector is not null) e["tale:inspector"] = inspector.Code;
        return e;
    }

    static JsonObject Id(Named place) => new() { ["id"] = place.Code };
}
