using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Holds;

namespace TraceGrains.Domain.Queries;

/// <summary>
/// Under which keys an event is filed, and under which keys a query looks. A key is 63 bits of a hash over field and value: two values may share one, which costs a look at an event
/// too many and never one too few, because <see cref="EventQuery.Matches"/> decides.
/// </summary>
public static class IndexKeys
{
    /// <summary>The key under which every event is filed.</summary>
    public const long All = 0;

    /// <summary>The longest value that has a key of its own; longer ones are found by their field alone.</summary>
    const int TextMax = 1_000;

    const string AnyEpc = "anyEPC", AnyEpcClass = "anyEPCClass", Concerns = "concerns", Present = "";

    /// <summary>The keys of an event, <see cref="All"/> among them, each once.</summary>
    public static IReadOnlyCollection<long> Of(EventTerms terms)
    {
        var keys = new HashSet<long> { All };
        foreach (var term in terms.All)
        {
            if (term is { Field: TermFields.ReadPoint or TermFields.BizLocation or TermFields.Source or TermFields.Destination, Text: { } party } || (term.Field == ViolationEvent.HolderField && (party = term.Text) is not null))
                keys.Add(OfFamily(Registration.FamilyOf(party)));
            switch (FilingOf(term.Field))
            {
                case Filing.Instance: AddCode(keys, AnyEpc, term.Text!); break;
                case Filing.Class: AddCode(keys, AnyEpcClass, term.Text!); break;
                case Filing.Value: keys.Add(Key(term.Field, term.Text)); break;
                case Filing.ValueAndPresence:
                    keys.Add(Key(term.Field, Present));
                    if (term.Text is { Length: > 0 }) keys.Add(Key(term.Field, term.Text));
                    break;
                case Filing.Presence: keys.Add(Key(term.Field, Present)); break;
            }
        }
        return keys;
    }

    /// <summary>
    /// For each condition that narrows a search: the keys under one of which every event that satisfies it is filed. Conditions that narrow nothing are left out.
    /// </summary>
    public static IReadOnlyList<IReadOnlyCollection<long>> Of(EventQuery query)
    {
        var found = new List<IReadOnlyCollection<long>>();
        foreach (var condition in query.Conditions)
            if (Of(condition) is { } keys)
                found.Add(keys);
        return found;
    }

    /// <summary>The key under which events that name a thing are filed; <see cref="OfClass"/> for lots and products in quantities.</summary>
    public static long OfInstance(string code) => Key(AnyEpc, code);

    /// <summary>See <see cref="OfInstance"/>.</summary>
    public static long OfClass(string code) => Key(AnyEpcClass, code);

    /// <summary>The key under which events are filed that concern (<see cref="EventParties"/>) a party or place of a family (<see cref="Registration.FamilyOf"/>), and violations of such a holder.</summary>
    public static long OfFamily(string family) => Key(Concerns, family);

    /// <summary>
    /// The keys under one of which an event that names the code is filed, whatever the code is: thing, lot, device, place, or party in a role of the CBV. A party in a role of one's own has none.
    /// </summary>
    public static IReadOnlyCollection<long> Naming(string code) =>
    [
        OfInstance(code), OfClass(code), Key(TermFields.ReadPoint, code), Key(TermFields.BizLocation, code), Key("deviceID", code),
        .. from field in new[] { TermFields.Source, TermFields.Destination }
           from role in CbvVocabulary.SourceDestinationType.Words
           select Key(TermFields.OfType(field, CbvVocabulary.SourceDestinationType.WebUri(role)), code),
    ];

    /// <summary>The key under which events with a value in a field of the standard are filed, where that field is filed by value.</summary>
    public static long OfValue(string field, string value) => Key(field, value);

    static HashSet<long>? Of(Condition condition)
    {
        var keys = new HashSet<long>();
        switch (condition)
        {
            case IsOneOf one when FilingOf(one.Field) is Filing.Value or Filing.ValueAndPresence:
                foreach (var value in one.Values) keys.Add(Key(one.Field, value));
                return keys;
            case IsOneOf one when FilingOf(one.Field) == Filing.Presence:
                return [Key(one.Field, Present)];
            case MatchesCode match:
                var group = TermFields.AnyEpcClass.Contains(match.Fields[0]) ? AnyEpcClass : AnyEpc;
                foreach (var pattern in match.Patterns)
                    if (pattern.Code is not null) keys.Add(Key(group, pattern.Code));
                    else if (pattern.Company.Length >= 6) keys.Add(Key(group, CodeFamily.CompanyKey(pattern.Ai, pattern.Company.AsSpan(0, 6))));
                    else return null;
                return keys;
            case ComparesNumber { Field: var field } when FilingOf(field) is Filing.Presence or Filing.ValueAndPresence:
                return [Key(field, Present)];
            case ComparesTime { Field: var field } when FilingOf(field) is Filing.Presence or Filing.ValueAndPresence:
                return [Key(field, Present)];
            case Exists { Field: var field } when FilingOf(field) is Filing.Presence or Filing.ValueAndPresence:
                return [Key(field, Present)];
            case AnyOf any:
                foreach (var part in any.Conditions)
                    if (Of(part) is { } some) keys.UnionWith(some);
                    else return null;
                return keys;
            default:
                return null;
        }
    }

    enum Filing { None, Value, ValueAndPresence, Presence, Instance, Class }

    static Filing FilingOf(string field) => field switch
    {
        TermFields.EventTime or TermFields.RecordTime or TermFields.Source or TermFields.Destination or TermFields.BizTransaction or TermFields.Quantity => Filing.None,
        TermFields.Epc or TermFields.ParentId or TermFields.InputEpc or TermFields.OutputEpc => Filing.Instance,
        TermFields.EpcClass or TermFields.InputEpcClass or TermFields.OutputEpcClass => Filing.Class,
        TermFields.ErrorDeclaration or TermFields.ErrorDeclarationTime or TermFields.SensorElements => Filing.Presence,
        TermFields.EventType or TermFields.Action or TermFields.BizStep or TermFields.Disposition or TermFields.PersistentSet or TermFields.PersistentUnset
            or TermFields.ReadPoint or TermFields.BizLocation or TermFields.TransformationId or TermFields.EventId or TermFields.ErrorReason or TermFields.CorrectiveEventId
            or TermFields.CertificationInfo => Filing.Value,
        "time" or "startTime" or "endTime" or "value" or "minValue" or "maxValue" or "meanValue" or "sDev" or "percRank" or "percValue" => Filing.Presence,
        _ when field.Contains('@') && !field.Contains(':') => Filing.Presence,
        _ when field.StartsWith("OWN:", StringComparison.Ordinal) || field.StartsWith("INNER:", StringComparison.Ordinal) => Filing.ValueAndPresence,
        _ when field.StartsWith(TermFields.BizTransaction, StringComparison.Ordinal) || field.StartsWith(TermFields.Source, StringComparison.Ordinal)
            || field.StartsWith(TermFields.Destination, StringComparison.Ordinal) => Filing.Value,
        // What is left are texts of sensor reports.
        _ => Filing.ValueAndPresence,
    };

    static void AddCode(HashSet<long> keys, string group, string code)
    {
        keys.Add(Key(group, code));
        if (CodeFamily.CompanyOf(code) is { } company)
            keys.Add(Key(group, company));
    }

    static long Key(string field, string? text)
    {
        if (text is null || text.Length > TextMax)
            text = Present;
        Span<byte> buffer = stackalloc byte[512];
        var length = Encoding.UTF8.GetMaxByteCount(field.Length) + 1 + Encoding.UTF8.GetMaxByteCount(text.Length);
        if (length > buffer.Length)
            buffer = new byte[length];
        var written = Encoding.UTF8.GetBytes(field, buffer);
        buffer[written++] = 0;
        written += Encoding.UTF8.GetBytes(text, buffer[written..]);
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(buffer[..written], hash);
        return BinaryPrimitives.ReadInt64BigEndian(hash) & long.MaxValue;
    }
}
