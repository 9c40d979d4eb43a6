using Orleans.Concurrency;
using TraceGrains.Domain.Access;

namespace TraceGrains.Contracts.Access;

/// <summary>Names of persons, kept apart from the ledger, where commitments stand for them. One grain.</summary>
[Alias("tg.IPersonsGrain")]
public interface IPersonsGrain : IGrainWithIntegerKey
{
    /// <summary>Most persons it keeps.</summary>
    public const int PersonsMax = 100_000;

    /// <summary>The commitments that stand for names (<see cref="PersonCommitment"/>), in the order asked: the same for a name each time, until it is erased. What is returned is durable.</summary>
    /// <exception cref="InvalidOperationException">There are as many as may be.</exception>
    [Alias("CommitAll")] Task<string[]> Commit([Immutable] string[] names);

    /// <summary>The names of texts that may be commitments, in the order asked: of others the text itself, of erased ones <see cref="PersonName.Erased"/>.</summary>
    [Alias("Names")] Task<string[]> Names([Immutable] string[] texts);

    /// <summary>Erases a name with its salt: what stands for it stands for nobody from now on, and in the storage's files no deleted bytes of it remain. False where the name is not kept.</summary>
    /// <exception cref="IOException">It is erased, and its bytes may remain in the files until the erasing is asked for again.</exception>
    [Alias("Erase")] [ResponseTimeout("00:02:00")] Task<bool> Erase(string name);
}
