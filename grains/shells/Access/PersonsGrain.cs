using System.Security.Cryptography;
using Orleans.Concurrency;
using Orleans.Runtime;
using TraceGrains.Contracts.Access;
using TraceGrains.Domain.Access;
using TraceGrains.Grains.Recalls;

namespace TraceGrains.Grains.Access;

/// <summary>Keeps names and salts in grain state, and nowhere else. All of it is one state, so names that come while it is written are written together.</summary>
[Reentrant]
[KeepAlive]
sealed class PersonsGrain([PersistentState("persons", CaseStorage.Provider)] IPersistentState<PersonsState> stored, IEnumerable<IDeletedBytes> storages) : Grain, IPersonsGrain
{
    readonly Dictionary<string, PersonRecord> byName = new(StringComparer.Ordinal), byCommitment = new(StringComparer.Ordinal);
    readonly HashSet<string> waiting = new(StringComparer.Ordinal);
    readonly SemaphoreSlim turns = new(1);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        foreach (var person in stored.State.Persons) Index(person);
        return Task.CompletedTask;
    }

    public async Task<string[]> Commit(string[] names)
    {
        if (names.All(byName.ContainsKey)) return Standing(names);
        waiting.UnionWith(names);
        await turns.WaitAsync();
        try
        {
            // The turn before may have kept them, or have failed with them.
            await Keep([.. waiting.Concat(names).Distinct(StringComparer.Ordinal).Where(name => !byName.ContainsKey(name)).Select(New)]);
            return Standing(names);
        }
        finally
        {
            turns.Release();
        }
    }

    string[] Standing(string[] names) => [.. names.Select(name => byName[name].Commitment)];

    async Task Keep(PersonRecord[] added)
    {
        waiting.Clear();
        if (added.Length == 0) return;
        if (byName.Count + added.Length > IPersonsGrain.PersonsMax) throw new InvalidOperationException($"the names of {IPersonsGrain.PersonsMax:N0} persons can be kept, and no more");
        await stored.Become(new() { Persons = [.. stored.State.Persons, .. added] });
        foreach (var person in added) Index(person);
    }

    static PersonRecord New(string name)
    {
        var salt = RandomNumberGenerator.GetBytes(PersonCommitment.SaltLength);
        return new() { Commitment = PersonCommitment.Of(salt, name), Salt = salt, Name = name };
    }

    public Task<string[]> Names(string[] texts) => Task.FromResult<string[]>(
        [.. texts.Select(text => !PersonCommitment.Is(text) ? text : byCommitment.TryGetValue(text, out var person) ? person.Name : PersonName.Erased)]);

    public async Task<bool> Erase(string name)
    {
        await turns.WaitAsync();
        try
        {
            var isKept = byName.TryGetValue(name, out var person);
            if (isKept)
            {
                await stored.Become(new() { Persons = [.. stored.State.Persons.Where(one => one.Commitment != person!.Commitment)] });
                byName.Remove(name);
                byCommitment.Remove(person!.Commitment);
            }
            // Also of a name that is not kept: it may have been erased before, and this not have been done.
            foreach (var storage in storages) await storage.Scrub();
            return isKept;
        }
        finally
        {
            turns.Release();
        }
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
