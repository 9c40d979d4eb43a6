using Orleans.Concurrency;
using TraceGrains.Domain.Access;

namespace TraceGrains.Contracts.Access;

/// <summary>What is registered to one enterprise, and whom it deals with. Its key is the enterprise's canonical code.</summary>
[Alias("tg.IRegistrationGrain")]
public interface IRegistrationGrain : IGrainWithStringKey
{
    /// <summary>What is registered; an enterprise that nobody registered has only its own code.</summary>
    [Alias("View")]
    Task<RegistrationView> View();

    /// <summary>Registers keys in the place of those that were. What is returned is durable.</summary>
    [Alias("Register")]
    Task<RegistrationView> Register(string name, [Immutable] string[] keys, Caller by);

    /// <summary>
    /// Which of these parties and places the enterprise knows: its own, and those that some event names together with one of its own (one step up, one step down), by everything on record when this is asked.
    /// </summary>
    [Alias("Knows")]
    [ResponseTimeout("00:01:00")]
    Task<bool[]> Knows([Immutable] string[] parties);

    /// <summary>Which of these things some event names together with the enterprise or one of its places.</summary>
    [Alias("Handled")]
    [ResponseTimeout("00:01:00")]
    Task<bool[]> Handled([Immutable] string[] things);
}

/// <summary>What is registered to an enterprise.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.RegistrationView")]
public sealed class RegistrationView
{
    /// <summary>Its canonical code.</summary>
    [Id(0)] public string Party { get; set; } = "";
    /// <summary>Its name; empty where nobody registered it.</summary>
    [Id(1)] public string Name { get; set; } = "";
    /// <summary>Its keys; see <see cref="Registration.Keys"/>.</summary>
    [Id(2)] public string[] Keys { get; set; } = [];
    /// <summary>Who registered it; null where nobody did.</summary>
    [Id(3)] public string? By { get; set; }
    /// <summary>When.</summary>
    [Id(4)] public DateTimeOffset? At { get; set; }
}
