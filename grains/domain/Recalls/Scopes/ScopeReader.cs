using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using TraceGrains.Domain.Identity;

namespace TraceGrains.Domain.Recalls.Scopes;

/// <summary>Checks a scope and makes its codes canonical. Never throws on what a client sent.</summary>
public sealed class ScopeReader
{
    const string OneOf = "exactly one of batch, product, serials, unit, touchedBy, madeFrom, madeWith, event, anyOf, allOf, except";
    const int SerialLengthMax = 20;

    static readonly string[] timeForms = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];

    int nodes;

    ScopeReader() { }

    /// <summary>The scope, or the first thing that is wrong with it; <paramref name="field"/> is what the whole is called.</summary>
    public static bool TryRead(ScopeDraft draft, string field, [NotNullWhen(true)] out ScopeQuery? scope, [NotNullWhen(false)] out ScopeProblem? problem)
    {
        (scope, problem) = (null, null);
        try
        {
            scope = new ScopeReader().Read(draft, field, 1);
            return true;
        }
        catch (ScopeException found)
        {
            problem = found.Problem;
            return false;
        }
    }

    ScopeQuery Read(ScopeDraft? draft, string field, int depth)
    {
        if (draft is null) throw new ScopeException(field, "expected a scope, found none");
        if (depth > ScopeLimits.DepthMax) throw new ScopeException(field, $"expected scopes nested at most {ScopeLimits.DepthMax} deep");
        if (++nodes > ScopeLimits.NodesMax) throw new ScopeException(field, $"expected at most {ScopeLimits.NodesMax} scopes within one another");
        if (draft.Given != 1) throw new ScopeException(field, $"expected {OneOf}; found {draft.Given} of them");
        return draft switch
        {
            { Batch: { } code } => new ScopeQuery.Batch(Code(code, $"{field}.batch", "a batch", CodeKind.Batch, CodeKind.Other)),
            { Unit: { } code } => new ScopeQuery.Unit(Code(code, $"{field}.unit", "a unit, logistic unit or asset", CodeKind.Unit, CodeKind.LogisticUnit, CodeKind.Device, CodeKind.Other)),
            { Product: { } product } => Product(product, $"{field}.product"),
            { Serials: { } serials } => Serials(serials, $"{field}.serials"),
            { TouchedBy: { } touched } => Touched(touched, $"{field}.touchedBy"),
            { MadeFrom: { } code } => new ScopeQuery.MadeFrom(Thing(code, $"{field}.madeFrom")),
            { MadeWith: { } code } => new ScopeQuery.MadeWith(Thing(code, $"{field}.madeWith")),
            { Event: { } id } => new ScopeQuery.OfEvent(
                id.Length is > 0 and <= Identifier.LengthMax ? id : throw new ScopeException($"{field}.event", $"expected the id of an event, 1 to {Identifier.LengthMax} characters; found {id.Length}")),
            { AnyOf: { } parts } => new ScopeQuery.AnyOf(Parts(parts, $"{field}.anyOf", depth)),
            { AllOf: { } parts } => new ScopeQuery.AllOf(Parts(parts, $"{field}.allOf", depth)),
            _ => new ScopeQuery.Except(Read(draft.Except!.Of, $"{field}.except.of", depth + 1), Read(draft.Except.Without, $"{field}.except.without", depth + 1)),
        };
    }

    ScopeQuery[] Parts(IReadOnlyList<ScopeDraft?> parts, string field, int depth)
    {
        if (parts.Count == 0) throw new ScopeException(field, "expected at least one scope, found none");
        return [.. parts.Select((part, i) => Read(part, $"{field}[{i}]", depth + 1))];
    }

    static ScopeQuery.Product Product(ProductDraft draft, string field)
    {
        var code = Code(draft.Code, $"{field}.code", "a product", CodeKind.Product, CodeKind.Other);
        var (from, until) = (Date(draft.ProducedFrom, $"{field}.producedFrom"), Date(draft.ProducedUntil, $"{field}.producedUntil"));
        return from > until ? throw new ScopeException($"{field}.producedUntil", $"expected a date not before producedFrom; found {draft.ProducedUntil}") : new(code, from, until);
    }

    static ScopeQuery.Serials Serials(SerialsDraft draft, string field)
    {
        var product = Code(draft.Product, $"{field}.product", "a product (GTIN)", CodeKind.Product);
        if (!product.StartsWith(DigitalLink.CanonicalStem, StringComparison.Ordinal)) throw new ScopeException($"{field}.product", $"expected a product (GTIN); found {product}");
        var range = new SerialRange(product, Serial(draft.From, $"{field}.from"), Serial(draft.To, $"{field}.to"));
        return range.IsEmpty ? throw new ScopeException($"{field}.to", $"expected a serial not before {range.From}; found {range.To}") : new(range);
    }

    static string Serial(string? serial, string field) => serial is { Length: >= 1 and <= SerialLengthMax }
        ? serial
        : throw new ScopeException(field, $"expected a serial of 1 to {SerialLengthMax} characters; found {serial?.Length ?? 0}");

    static ScopeQuery.Touched Touched(TouchedDraft draft, string field)
    {
        var by = Code(draft.Code, $"{field}.code", "a party, place or device", CodeKind.Party, CodeKind.Location, CodeKind.Device, CodeKind.Other);
        var (from, until) = (Time(draft.From, $"{field}.from"), Time(draft.Until, $"{field}.until"));
        return from >= until ? throw new ScopeException($"{field}.until", $"expected a time after from; found {draft.Until}") : new(by, from, until);
    }

    static string Thing(string? code, string field) =>
        Code(code, field, "a batch, product, unit or asset", CodeKind.Batch, CodeKind.Product, CodeKind.Unit, CodeKind.LogisticUnit, CodeKind.Device, CodeKind.Other);

    static string Code(string? code, string field, string expected, params ReadOnlySpan<CodeKind> kinds)
    {
        if (string.IsNullOrEmpty(code)) throw new ScopeException(field, $"expected {expected}, found none");
        if (!Identifier.TryIdentify(code, out var identified, out var error)) throw new ScopeException(field, error);
        return kinds.Contains(identified.Kind) ? identified.Code : throw new ScopeException(field, $"expected {expected}; found {identified.Code}, which is of kind {identified.Kind}");
    }

    static DateOnly? Date(string? date, string field) =>
        date is null ? null
        : DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) ? read
        : throw new ScopeException(field, $"expected a date such as 2026-03-04; found '{Shorten(date)}'");

    /// <summary>To the millisecond, as events are compared.</summary>
    static DateTimeOffset Time(string? time, string field)
    {
        var isTime = DateTimeOffset.TryParseExact(time, timeForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read);
        // Without an offset a time would mean another instant in another place.
        if (!isTime || !(time!.EndsWith('Z') || time.Length > 6 && time[^6] is '+' or '-'))
            throw new ScopeException(field, $"expected a time with an offset, such as 2026-03-04T08:00:00+08:00; found {(time is null ? "none" : $"'{Shorten(time)}'")}");
        return DateTimeOffset.FromUnixTimeMilliseconds(read.ToUnixTimeMilliseconds());
    }

    static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
