using GraphQL.Types;

namespace TraceGrains.GraphQL;

// GraphQL.NET's scalars under their own names; the schema only says in addition what they hold.

sealed class ExactNumber : DecimalGraphType
{
    public ExactNumber()
    {
        Name = "Decimal";
        Description = "A decimal number, exact to 28 digits, written as a JSON number.";
    }
}

sealed class LongNumber : LongGraphType
{
    public LongNumber()
    {
        Name = "Long";
        Description = "A whole number of 64 bits, written as a JSON number.";
    }
}
