namespace TraceGrains.Grains.Recalls;

/// <summary>What the storage of <see cref="CaseStorage"/> still has of states that were replaced: free pages, logs not yet written over.</summary>
public interface IDeletedBytes
{
    /// <summary>Leaves nothing in the storage's files but what is stored now.</summary>
    Task Scrub();
}
