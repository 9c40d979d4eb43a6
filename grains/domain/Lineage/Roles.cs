namespace TraceGrains.Domain.Lineage;

/// <summary>As what an event names a code. Roles add up over all events, so they come out the same in any order.</summary>
[Flags]
public enum Roles : byte
{
    /// <summary>Not named.</summary>
    None = 0,
    /// <summary>An instance: an element of epcList, childEPCs, an input or output EPC, a parent.</summary>
    Instance = 1,
    /// <summary>A class of things: the epcClass of an amount.</summary>
    Class = 2,
    /// <summary>A party of a source or destination.</summary>
    Party = 4,
    /// <summary>A readPoint, bizLocation, or location of a source or destination.</summary>
    Place = 8,
    /// <summary>A device that reported sensor data, or an asset something was attached to.</summary>
    Device = 16,
    /// <summary>A transformation process that joins inputs and outputs; no thing of its own.</summary>
    Process = 32,
    /// <summary>A term of a vocabulary of one's own; no thing.</summary>
    Term = 64,
    /// <summary>A recall case.</summary>
    Recall = 128,

    /// <summary>The roles in which a code has a custody chain.</summary>
    Chained = Instance | Class | Party | Place | Device | Recall,
}

/// <summary>A code that an event names.</summary>
/// <param name="Code">Canonical code.</param>
/// <param name="Roles">As what.</param>
public readonly record struct Mention(string Code, Roles Roles);
