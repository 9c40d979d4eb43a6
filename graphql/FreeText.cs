namespace TraceGrains.GraphQL;

/// <summary>What the description of a text says that people write and that stays in the ledger as it is.</summary>
static class FreeText
{
    /// <summary>Names belong in fields of their own, where they are kept apart.</summary>
    public const string NoNames = " Not for names of persons: it stays as it is.";

    /// <summary>The description of such a field.</summary>
    public const string KeptApart = " Kept apart from the ledger: erasePerson.";
}
