using Orleans.Concurrency;

namespace TraceGrains.Contracts.Access;

/// <summary>Names of persons, kept apart from the ledger, where commitments stand for them. One grain.</summary>
[Alias("tg.IPersonsGrain")]
public interface IPersonsGrain : IGrainWithIntegerKey
{
    /// <summary>Most persons it keeps.</summary>
    public const int PersonsMax = 100_000;

    /// <summary>What a name reads where it was erased.</summary>
    public const string Erased = "(erased)";

    /// <summary>The commitment that stands for a name (<see cref="Domain.Access.PersonCommitment"/>): the same each time, until the name is erased. What is returned is durable.</summary>
    /// <exception cref="InvalidOperationException">There are as many as may be.</exception>
    [Alias("Commit")] Task<string> Commit(string name);

    /// <summary>The names of texts that may be commitments, in the order asked: of others the text itself, of erased ones <see cref="Erased"/>.</summary>
    [Alias("Names")] Task<string[]> Names([Immutable] string[] texts);

    /// <summary>Erases a name with its salt: what stands for it stands for nobody from now on. False where the name is not kept.</summary>
    [Alias("Erase")] Task<bool> Erase(string name);
}
