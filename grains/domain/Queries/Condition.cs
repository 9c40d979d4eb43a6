namespace TraceGrains.Domain.Queries;

/// <summary>How a number or a time is compared.</summary>
enum Comparison { Equal, Greater, GreaterOrEqual, Less, LessOrEqual }

/// <summary>
/// What one parameter of a query asks of an event. Parameters of <c>SimpleEventQuery</c> all have the same form: some value of a field stands in some relation to the
/// values given; and an event has to satisfy all of them (EPCIS 2.0, 8.2.7.1).
/// </summary>
abstract record Condition
{
    public abstract bool Holds(EventTerms terms);
}

/// <summary>Some value of the field is one of these, in its one spelling.</summary>
sealed record IsOneOf(string Field, IReadOnlySet<string> Values) : Condition
{
    public override bool Holds(EventTerms terms)
    {
        foreach (var term in terms.Of(Field))
            if (term.Text is { } text && Values.Contains(text))
                return true;
        return false;
    }
}

/// <summary>Some code in the fields is one of these, lies under one, or has its company prefix.</summary>
sealed record MatchesCode(IReadOnlyList<string> Fields, IReadOnlyList<CodePattern> Patterns) : Condition
{
    readonly HashSet<string> codes = [.. Patterns.Where(pattern => pattern.Code is not null).Select(pattern => pattern.Code!)];
    readonly CodePattern[] companies = [.. Patterns.Where(pattern => pattern.Code is null)];

    public override bool Holds(EventTerms terms)
    {
        foreach (var field in Fields)
            foreach (var term in terms.Of(field))
                if (codes.Contains(term.Text!) || Array.Exists(companies, company => company.Matches(term.Text!)))
                    return true;
        return false;
    }
}

/// <summary>Some number in the field stands in this relation to one of the numbers.</summary>
sealed record ComparesNumber(string Field, Comparison How, IReadOnlyList<decimal> To) : Condition
{
    public override bool Holds(EventTerms terms)
    {
        foreach (var term in terms.Of(Field))
            if (term.Number is { } number)
                foreach (var to in To)
                    if (Relation.Holds(number.CompareTo(to), How))
                        return true;
        return false;
    }
}

/// <summary>Some time in the field stands in this relation to one of the times.</summary>
sealed record ComparesTime(string Field, Comparison How, IReadOnlyList<DateTimeOffset> To) : Condition
{
    public override bool Holds(EventTerms terms)
    {
        foreach (var term in terms.Of(Field))
            if (term.Time is { } time)
                foreach (var to in To)
                    if (Relation.Holds(time.CompareTo(to), How))
                        return true;
        return false;
    }
}

/// <summary>The event has the field, whatever is in it.</summary>
sealed record Exists(string Field) : Condition
{
    public override bool Holds(EventTerms terms) => terms.Of(Field).Count > 0;
}

/// <summary>One of the conditions holds: a value that may be read in more than one way.</summary>
sealed record AnyOf(IReadOnlyList<Condition> Conditions) : Condition
{
    public override bool Holds(EventTerms terms) => Conditions.Any(condition => condition.Holds(terms));
}

/// <summary>
/// The field names something of which master data says something: a place that lies in one of these, or an element with an attribute. Has to be worked out against the master data
/// (<see cref="EventQuery.Resolve"/>) before it can be decided.
/// </summary>
/// <param name="Field">The field whose value has master data.</param>
/// <param name="Question">What is asked of the master data.</param>
sealed record ByMasterData(string Field, MasterQuestion Question) : Condition
{
    public override bool Holds(EventTerms terms) => throw new InvalidOperationException($"{Field}: the query was not resolved against master data");
}

static class Relation
{
    public static bool Holds(int order, Comparison how) => how switch
    {
        Comparison.Equal => order == 0,
        Comparison.Greater => order > 0,
        Comparison.GreaterOrEqual => order >= 0,
        Comparison.Less => order < 0,
        _ => order <= 0,
    };
}
