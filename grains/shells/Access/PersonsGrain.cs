using System.Security.Cryptography;
using Orleans.Runtime;
using TraceGrains.Contracts.Access;
using TraceGrains.Domain.Access;
using TraceGrains.Grains.Recalls;

namespace TraceGrains.Grains.Access;

/// <summary>Keeps names and salts in grain state, and nowhere else.</summary>
[KeepAlive]
sealed class PersonsGrain([PersistentState("persons", CaseStorage.Provider)] IPersistentState<PersonsState> stored) : Grain, IPersonsGrain
{
    readonly Dictionary<string, PersonRecord> byName = new(StringComparer.Ordinal), byCommitment = new(StringComparer.Ordinal);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        foreach (var person in stored.State.Persons) Index(person);
        return Task.CompletedTask;
    }

    public async Task<string> Commit(string name)
    {
        if (byName.TryGetValue(name, out var known)) return known.Commitment;
        if (byName.Count >= IPersonsGrain.PersonsMax) throw new InvalidOperationException($"the names of {IPersonsGrain.PersonsMax:N0} persons are kept, and no more can be");
        var salt = RandomNumberGenerator.GetBytes(PersonCommitment.SaltLength);
        var person = new PersonRecord { Commitment = PersonCommitment.Of(salt, name), Salt = salt, Name = name };
        await stored.Become(new() { Persons = [.. stored.State.Persons, person] });
        Index(person);
        return person.Commitment;
    }

    public Task<string[]> Names(string[] texts) => Task.FromResult<string[]>(
        [.. texts.Select(text => !PersonCommitment.Is(text) ? text : byCommitment.TryGetValue(text, out var person) ? person.Name : IPersonsGrain.Erased)]);

    public async Task<bool> Erase(string name)
    {
        if (!byName.TryGetValue(name, out var person)) return false;
        await stored.Become(new() { Persons = [.. stored.State.Persons.Where(one => one.Commitment != person.Commitment)] });
        byName.Remove(name);
        byCommitment.Remove(person.Commitment);
        return true;
    }

    void Index(PersonRecord person) => (byName[person.Name], byCommitment[person.Commitment]) = (person, person);
}

/// <summary>What is stored of persons.</summary>
[GenerateSerializer]
[Alias("tg.PersonsState")]
sealed class PersonsState
{
    [Id(0)] public PersonRecord[] Persons { get; set; } = [];
}

/// <summary>A person.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.PersonRecord")]
sealed class PersonRecord
{
    [Id(0)] public string Commitment { get; set; } = "";
    [Id(1)] public byte[] Salt { get; set; } = [];
    [Id(2)] public string Name { get; set; } = "";
}
