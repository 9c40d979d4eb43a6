using Orleans.Concurrency;
using Orleans.Runtime;
using TraceGrains.Contracts.Access;
using TraceGrains.Domain.Access;
using TraceGrains.Grains.Recalls;
using TraceGrains.Ledger;

namespace TraceGrains.Grains.Access;

/// <summary>
/// What is registered to an enterprise, kept in grain state; and whom it deals with and which events concern it (<see cref="Dealings"/>), kept while the grain is in use. Before every answer the links that came since
/// are read, so an answer never lacks a captured event, whichever activation gives it.
/// </summary>
[Reentrant]
sealed class RegistrationGrain([PersistentState("registration", CaseStorage.Provider)] IPersistentState<RegistrationState> stored, ILedger ledger, TimeProvider clock) : Grain, IRegistrationGrain
{
    Dealings? dealings;

    string Party => this.GetPrimaryKeyString();

    /// <summary>What was read was read for these keys; for others it is read anew.</summary>
    Dealings Current => dealings ??= new(new(Party, stored.State.Keys), ledger);

    public Task<RegistrationView> View() => Task.FromResult(new RegistrationView { Party = Party, Name = stored.State.Name, Keys = stored.State.Keys, By = stored.State.By, At = stored.State.At });

    public async Task<RegistrationView> Register(string name, string[] keys, Caller by)
    {
        await stored.Become(new() { Name = name, Keys = keys, By = by.Subject, At = clock.GetUtcNow() });
        dealings = null;
        return await View();
    }

    public Task<bool[]> Knows(string[] parties) => Current.Knows(parties);

    public Task<bool[]> Handled(string[] things) => Current.Handled(things);
}

/// <summary>What is stored of a registration.</summary>
[GenerateSerializer]
[Alias("tg.RegistrationState")]
sealed class RegistrationState
{
    [Id(0)] public string Name { get; set; } = "";
    [Id(1)] public string[] Keys { get; set; } = [];
    [Id(2)] public string? By { get; set; }
    [Id(3)] public DateTimeOffset? At { get; set; }
}
