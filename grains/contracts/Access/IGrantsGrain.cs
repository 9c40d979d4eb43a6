using TraceGrains.Domain.Access;

namespace TraceGrains.Contracts.Access;

/// <summary>What one enterprise shows to others, and what others show it. Its key is the enterprise's canonical code.</summary>
[Alias("tg.IGrantsGrain")]
public interface IGrantsGrain : IGrainWithStringKey
{
    /// <summary>Most grants of one enterprise, either way, revoked ones included.</summary>
    public const int GrantsMax = 1_000;

    /// <summary>Gives a grant: notes it here, then has it take effect at the other. False where there are as many as may be.</summary>
    [Alias("Give")] Task<bool> Give(Grant grant);

    /// <summary>Takes a grant in that another enterprise gave; called by that one's grain. False where there are as many as may be.</summary>
    [Alias("Receive")] Task<bool> Receive(Grant grant);

    /// <summary>Takes a grant back that was given here: ends its effect first, then notes it. Null where there is none of that id.</summary>
    [Alias("Revoke")] Task<Grant?> Revoke(string id, DateTimeOffset at);

    /// <summary>Ends a grant that was received here; called by the giver's grain.</summary>
    [Alias("End")] Task End(string id, DateTimeOffset at);

    /// <summary>What this enterprise shows others, oldest first.</summary>
    [Alias("Given")] Task<Grant[]> Given();

    /// <summary>What others show this enterprise, oldest first.</summary>
    [Alias("Received")] Task<Grant[]> Received();
}
