using TraceGrains.Domain.Access;

namespace TraceGrains.GraphQL.Access;

/// <summary>Is told of every operation that was executed, before its answer goes out. The host may bring one.</summary>
public interface IOperationWitness
{
    /// <summary>An operation was executed.</summary>
    /// <param name="caller">Who asked.</param>
    /// <param name="kind">query, mutation or subscription.</param>
    /// <param name="fields">Its root fields with the codes and ids among their arguments; never other content.</param>
    /// <param name="outcome">"ok", or the code of the first error.</param>
    Task Executed(Caller caller, string kind, string fields, string outcome);
}
