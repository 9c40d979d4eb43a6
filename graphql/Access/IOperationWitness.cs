using TraceGrains.Domain.Access;

namespace TraceGrains.GraphQL.Access;

/// <summary>Is told of every operation that was executed, before its answer goes out. The host may bring one.</summary>
public interface IOperationWitness
{
    /// <summary>An operation was executed, or was begun and nobody knows how it ended.</summary>
    /// <param name="caller">Who asked.</param>
    /// <param name="operation">What was asked.</param>
    /// <param name="outcome">"ok", the code of the first error, or TIMEOUT, ABORTED or FAILED: then a mutation may have been done all the same.</param>
    Task Executed(Caller caller, OperationNote operation, string outcome);

    /// <summary>Credentials that came in a message were no good.</summary>
    Task CredentialsRefused();
}

/// <summary>What an operation asked.</summary>
/// <param name="Kind">query, mutation or subscription.</param>
/// <param name="Name">Its name; empty for none.</param>
/// <param name="Fields">Its root fields with the codes and ids among their arguments, in one text or in several; never other content.</param>
public sealed record OperationNote(string Kind, string Name, IReadOnlyList<string> Fields);
