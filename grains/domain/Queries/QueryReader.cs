using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Identity;

namespace TraceGrains.Domain.Queries;

/// <summary>
/// Turns the parameters of a <c>SimpleEventQuery</c> into conditions (EPCIS 2.0, 8.2.7.1). A name is an operator and a field, <c>GE_eventTime</c>; which value belongs there
/// follows from the field. Never throws on what a client sent.
/// </summary>
sealed class QueryReader(JsonLdContext context)
{
    /// <summary>Values of one parameter; more is refused.</summary>
    const int ValuesMax = 1_000;

    const string UnknownExpected = "a parameter of SimpleEventQuery (EPCIS 2.0, 8.2.7.1)";

    /// <summary>TraceGrains' own: <c>MATCH_anyCode</c> asks <c>MATCH_anyEPC</c> or <c>MATCH_anyEPCClass</c>, for whoever does not know which of them a code is.</summary>
    const string AnyCode = "anyCode";

    static readonly string[] Operators = ["EQ", "GT", "GE", "LT", "LE", "WD", "MATCH", "EXISTS", "HASATTR", "EQATTR"];

    readonly IdentityCache ids = new();
    readonly List<Condition> conditions = [];
    readonly List<QueryProblem> problems = [];
    string name = "";
    IReadOnlyList<string> values = [];

    public static ReadQuery Read(IReadOnlyList<QueryParameter> parameters, JsonLdContext context) => new QueryReader(context).Read(parameters);

    ReadQuery Read(IReadOnlyList<QueryParameter> parameters)
    {
        if (parameters.Count > QueryJson.ParametersMax)
            return new(null, [new("query", $"at most {QueryJson.ParametersMax} parameters", $"{parameters.Count}")]);
        var query = new EventQuery();
        var isDirected = false;
        foreach (var parameter in parameters)
        {
            (name, values) = (parameter.Name, parameter.Values);
            if (values.Count > ValuesMax)
                Problem($"at most {ValuesMax} values", $"{values.Count}");
            else if (name == "orderBy")
                query = Order(query);
            else if (name == "orderDirection")
            {
                isDirected = One() is "DESC" or "ASC" || Problem("ASC or DESC");
                query = query with { Descending = One() == "DESC" };
            }
            else if (name is "eventCountLimit" or "maxEventCount")
                query = Count(query);
            else
                Add();
        }
        var ordered = query.Order != EventOrder.EventTime || parameters.Any(parameter => parameter.Name == "orderBy");
        if (query is { Limit: not null, Max: not null })
            problems.Add(new("maxEventCount", "either maxEventCount or eventCountLimit", "both"));
        if (query.Limit is not null && !ordered)
            problems.Add(new("eventCountLimit", "orderBy beside it: without an order there are no first events", null));
        if (problems.Count > 0)
            return new(null, problems);
        // The standard's default; without orderBy the order is ours to choose, and earliest first reads like a history.
        if (ordered && !isDirected)
            query = query with { Descending = true };
        return new(query with { Conditions = conditions }, []);
    }

    EventQuery Order(EventQuery query)
    {
        var by = One();
        if (by == TermFields.EventTime)
            return query;
        if (by == TermFields.RecordTime)
            return query with { Order = EventOrder.RecordTime };
        if (by is not null && by.Contains(':'))
            return query with { Order = EventOrder.OwnField, OrderField = OwnField("", inner: false, by) };
        Problem("eventTime, recordTime or the qualified name of a field of your own");
        return query;
    }

    EventQuery Count(EventQuery query)
    {
        if (!int.TryParse(One(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count < 1)
        {
            Problem("a whole number from 1");
            return query;
        }
        return name == "maxEventCount" ? query with { Max = count } : query with { Limit = count };
    }

    void Add()
    {
        if (name == TermFields.EventType)
        {
            AddOneOf(TermFields.EventType, EventType);
            return;
        }
        var cut = name.IndexOf('_', StringComparison.Ordinal);
        var (how, field) = cut <= 0 ? ("", name) : (name[..cut], name[(cut + 1)..]);
        if (!Operators.Contains(how) || field.Length == 0)
            Problem(UnknownExpected, name: true);
        else if (how == "EQ" && field.StartsWith("ATTR_", StringComparison.Ordinal))
            AddAttribute(field[5..], withValue: true);
        else if (how is "HASATTR" or "EQATTR")
            AddAttribute(field, how == "EQATTR");
        else if (how == "WD")
            AddDescendants(field);
        else if (how == "MATCH")
            AddMatch(field);
        else if (how == "EXISTS")
            AddExists(field);
        else
            AddComparison(how, field);
    }

    void AddComparison(string how, string field)
    {
        var comparison = how switch { "EQ" => Comparison.Equal, "GT" => Comparison.Greater, "GE" => Comparison.GreaterOrEqual, "LT" => Comparison.Less, _ => Comparison.LessOrEqual };
        var known = StandardFields.Find(field);
        if (known is { Kind: FieldKind.Time } time)
            AddTimes(time.Term, comparison);
        else if (known is { Kind: FieldKind.Number } number)
            AddNumbers(number.Term, comparison, null);
        else if (TryMeasured(field, out var measured, out var uom))
            AddNumbers(measured, comparison, uom);
        else if (known is not null && comparison == Comparison.Equal)
            AddOneOf(known.Term, Reader(known.Kind));
        else if (TryTyped(field, out var typed))
        {
            if (comparison == Comparison.Equal) AddOneOf(typed, Uri);
            else Problem(UnknownExpected, name: true);
        }
        else if (known is null && TryOwn(field, out var own))
            AddOwn(own, comparison);
        else
            Problem(UnknownExpected, name: true);
    }

    // value_CEL, quantity_KGM
    static bool TryMeasured(string field, [NotNullWhen(true)] out string? measured, [NotNullWhen(true)] out string? uom)
    {
        var cut = field.LastIndexOf('_');
        (measured, uom) = cut > 0 ? (field[..cut], field[(cut + 1)..]) : (null, null);
        return measured is not null && uom is { Length: >= 2 and <= 3 } && uom.All(character => char.IsAsciiLetterUpper(character) || char.IsAsciiDigit(character))
            && StandardFields.Find(measured) is { Kind: FieldKind.Number };
    }

    // bizTransaction_po, source_owning_party
    bool TryTyped(string field, [NotNullWhen(true)] out string? typed)
    {
        typed = null;
        var cut = field.IndexOf('_', StringComparison.Ordinal);
        if (cut <= 0)
            return false;
        var vocabulary = field[..cut] switch
        {
            TermFields.BizTransaction => CbvVocabulary.BizTransactionType,
            TermFields.Source or TermFields.Destination => CbvVocabulary.SourceDestinationType,
            _ => null,
        };
        if (vocabulary is null || !vocabulary.TryRead(field[(cut + 1)..], context, out var term))
            return false;
        typed = TermFields.OfType(field[..cut], vocabulary.WebUri(term));
        return true;
    }

    /// <summary>A field of one's own: its scope, whether it is an inner one, its name.</summary>
    bool TryOwn(string field, [NotNullWhen(true)] out string? own)
    {
        own = null;
        var inner = field.StartsWith("INNER_", StringComparison.Ordinal);
        if (inner)
            field = field[6..];
        var scope = "";
        foreach (var possible in StandardFields.Scopes)
            if (field.StartsWith(possible + "_", StringComparison.Ordinal))
            {
                scope = possible;
                field = field[(possible.Length + 1)..];
                break;
            }
        if (!field.Contains(':') && (field.Length == 0 || !context.TrySplit(field, out _, out _)))
            return false;
        own = OwnField(scope, inner, field);
        return true;
    }

    // A prefix that nothing explains is taken as it is written: it finds events that wrote it so.
    string OwnField(string scope, bool inner, string field) =>
        TermFields.Own(scope, inner, TermFields.TryQualify(field, context, out var qualified) ? qualified : field);

    void AddOwn(string field, Comparison how)
    {
        if (values.Count == 0)
            Problem("a text, a number or a time");
        else if (how == Comparison.Equal)
        {
            // What may be read in several ways is compared in all of them: 7.0 as number, 2026-01-01T00:00:00+08:00 as instant.
            var texts = values.SelectMany(value => new[] { ids.CanonicalText(value.Trim()), TermValue.Number(value) is null ? value.Trim() : NumberText.Of(value) });
            var times = values.Select(TermValue.Time).OfType<DateTimeOffset>().ToList();
            var equal = new IsOneOf(field, texts.ToHashSet(StringComparer.Ordinal));
            conditions.Add(times.Count == 0 ? equal : new AnyOf([equal, new ComparesTime(field, how, times)]));
        }
        else if (One() is { } value && TermValue.Time(value) is { } time)
            conditions.Add(new ComparesTime(field, how, [time]));
        else if (One() is { } text && TermValue.Number(text) is { } number)
            conditions.Add(new ComparesNumber(field, how, [number]));
        else
            Problem("one number or one time");
    }

    void AddTimes(string field, Comparison how)
    {
        List<DateTimeOffset> times = [];
        foreach (var value in values)
            if (TermValue.Time(value) is { } time) times.Add(time);
            else { Problem(EventClock.Expected, value); return; }
        if (times.Count == 0 || times.Count > 1 && how != Comparison.Equal)
            Problem(EventClock.Expected);
        else
            conditions.Add(new ComparesTime(field, how, times));
    }

    void AddNumbers(string field, Comparison how, string? uom)
    {
        List<decimal> numbers = [];
        var unit = uom;
        foreach (var value in values)
        {
            if (TermValue.Number(value) is not { } number)
            {
                Problem("a number", value);
                return;
            }
            if (uom is not null)
                (number, unit) = Rec20.ToBase(number, uom);
            numbers.Add(number);
        }
        if (numbers.Count == 0 || numbers.Count > 1 && how != Comparison.Equal)
            Problem("one number");
        else
            conditions.Add(new ComparesNumber(unit is null ? field : TermFields.In(field, unit), how, numbers));
    }

    void AddOneOf(string field, Func<string, (string? Value, string? Expected)> read)
    {
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var value in values)
            if (read(value) is { Value: { } one }) wanted.Add(one);
            else { Problem(read(value).Expected ?? "a value", value); return; }
        if (wanted.Count == 0)
            Problem("at least one value");
        else
            conditions.Add(new IsOneOf(field, wanted));
    }

    void AddMatch(string field)
    {
        IReadOnlyList<string>? fields = field switch
        {
            "anyEPC" or AnyCode => TermFields.AnyEpc,
            "anyEPCClass" => TermFields.AnyEpcClass,
            _ => TermFields.AnyEpc.Contains(field) || TermFields.AnyEpcClass.Contains(field) ? [field] : null,
        };
        if (fields is null)
        {
            Problem(UnknownExpected, name: true);
            return;
        }
        List<CodePattern> patterns = [];
        foreach (var value in values)
            if (CodePattern.TryRead(context.Expand(value), out var pattern, out var error)) patterns.Add(pattern);
            else { Problem($"EPC URN, EPC pattern, GS1 Digital Link or another absolute URI ({error})", value); return; }
        if (patterns.Count == 0)
            Problem("at least one code");
        else if (field == AnyCode)
            conditions.Add(new AnyOf([new MatchesCode(TermFields.AnyEpc, patterns), new MatchesCode(TermFields.AnyEpcClass, patterns)]));
        else
            conditions.Add(new MatchesCode(fields, patterns));
    }

    void AddExists(string field)
    {
        // Some write the parameter's name alone, some true, some a number that means nothing (query-schema.json). Only false says otherwise.
        if (One() is "false")
            return;
        if (field is TermFields.ErrorDeclaration or TermFields.SensorElements or "sensorElement")
            conditions.Add(new Exists(field == "sensorElement" ? TermFields.SensorElements : field));
        else if (StandardFields.Find(field) is { } known)
            conditions.Add(new Exists(known.Term));
        else if (TryOwn(field, out var own))
            conditions.Add(new Exists(own));
        else
            Problem(UnknownExpected, name: true);
    }

    void AddDescendants(string field)
    {
        if (field is not (TermFields.ReadPoint or TermFields.BizLocation))
        {
            Problem(UnknownExpected, name: true);
            return;
        }
        List<string> codes = [];
        foreach (var value in values)
            if (Code(value) is { Value: { } code }) codes.Add(code);
            else { Problem(Code(value).Expected!, value); return; }
        if (codes.Count == 0)
            Problem("at least one location");
        else
            conditions.Add(new ByMasterData(field, new MasterQuestion.Descendants(codes)));
    }

    void AddAttribute(string field, bool withValue)
    {
        string? attribute = null;
        if (withValue)
        {
            // Neither names of the standard nor prefixes have an underscore; an attribute may.
            var cut = field.IndexOf('_', StringComparison.Ordinal);
            (field, attribute) = cut > 0 ? (field[..cut], field[(cut + 1)..]) : (field, null);
        }
        var term = StandardFields.Find(field) is { Kind: FieldKind.Code or FieldKind.BizStep or FieldKind.Disposition } known ? known.Term
            : TermFields.AnyEpc.Contains(field) || TermFields.AnyEpcClass.Contains(field) || field is TermFields.Source or TermFields.Destination ? field
            : TryOwn(field, out var own) ? own : null;
        if (term is null || withValue && string.IsNullOrEmpty(attribute))
            Problem(UnknownExpected, name: true);
        else if (values.Count == 0)
            Problem(withValue ? "at least one value of the attribute" : "at least one attribute");
        else
            conditions.Add(new ByMasterData(term, new MasterQuestion.WithAttribute(
                [.. (withValue ? [attribute!] : values).Select(context.Expand)], withValue ? values : null)));
    }

    Func<string, (string?, string?)> Reader(FieldKind kind) => kind switch
    {
        FieldKind.Action => Action,
        FieldKind.BizStep => value => Term(value, CbvVocabulary.BizStep),
        FieldKind.Disposition => value => Term(value, CbvVocabulary.Disposition),
        FieldKind.ErrorReason => value => Term(value, CbvVocabulary.ErrorReason),
        FieldKind.Measurement => value => Term(value, CbvVocabulary.Measurement),
        FieldKind.Alert => value => Term(value, CbvVocabulary.Alert),
        FieldKind.Component => value => Term(value, CbvVocabulary.Component),
        FieldKind.Code => Code,
        FieldKind.Uri => Uri,
        FieldKind.Boolean => value => value is "true" or "false" ? (value, null) : (null, "true or false"),
        _ => value => (value, null),
    };

    (string?, string?) EventType(string value) => value.Contains(':') ? (context.Expand(value), null)
        : Enum.TryParse<EventType>(value, out var type) && type != Events.EventType.Extended && !char.IsAsciiDigit(value[0]) ? (value, null)
        : (null, "ObjectEvent, AggregationEvent, TransactionEvent, TransformationEvent, AssociationEvent or the URI of an event type of your own");

    static (string?, string?) Action(string value) => value is "ADD" or "OBSERVE" or "DELETE" ? (value, null) : (null, "ADD, OBSERVE or DELETE");

    (string?, string?) Term(string value, CbvVocabulary vocabulary) =>
        vocabulary.TryRead(value, context, out var term) ? (vocabulary.WebUri(term), null) : (null, vocabulary.Expected);

    // A code that cannot be on record, for a wrong check digit say, finds nothing: asking for it is no mistake of form.
    (string? Value, string? Expected) Code(string value) =>
        ids.Identify(value, context, out var error) is { } identified ? (identified.Code, null)
        : UriText.IsUri(context.Expand(value)) ? (context.Expand(value), null)
        : (null, $"EPC URN, GS1 Digital Link or another absolute URI ({error})");

    (string?, string?) Uri(string value) => (ids.Canonical(value, context), null);

    string? One() => values.Count == 1 ? values[0] : null;

    bool Problem(string expected, string? found = null, bool name = false)
    {
        problems.Add(new(this.name.Length == 0 ? "(no name)" : this.name, expected, name ? null : found ?? (values.Count == 0 ? null : ProblemList.Shorten(string.Join("|", values)))));
        return false;
    }
}
