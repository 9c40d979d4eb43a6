using System.Text.Json.Serialization;
using TraceGrains.Domain.Recalls.Answers;
using TraceGrains.Domain.Recalls.Clocks;

namespace TraceGrains.Domain.Recalls.Cases;

[JsonDerivedType(typeof(Notified), "notified")]
[JsonDerivedType(typeof(LinkMade), "linkMade")]
[JsonDerivedType(typeof(Acknowledged), "acknowledged")]
[JsonDerivedType(typeof(Answered), "answered")]
[JsonDerivedType(typeof(PassedOn), "passedOn")]
[JsonDerivedType(typeof(Chased), "chased")]
[JsonDerivedType(typeof(Escalated), "escalated")]
public abstract partial record CaseEntry
{
    /// <summary>Parties are told that they have, or are about to get, recalled goods, or more of them than they were told before.</summary>
    public sealed record Notified(PartyGoods[] Parties) : CaseEntry;

    /// <summary>A link was made by which a party without an account can answer. The ledger holds the hash of the link's secret, so that nobody who reads it can answer.</summary>
    /// <param name="Party">Canonical code of the party.</param>
    /// <param name="SecretSha256">SHA-256 of the secret, 64 lower-case hexadecimal digits.</param>
    /// <param name="Expires">When it ends to be good.</param>
    public sealed record LinkMade(string Party, string SecretSha256, DateTimeOffset Expires) : CaseEntry;

    /// <summary>A party has read its notice.</summary>
    public sealed record Acknowledged(string Party) : CaseEntry;

    /// <summary>A party says what became of its goods. Each line is an EPCIS event about them as well, in the same commit; not so in a drill.</summary>
    public sealed record Answered(string Party, AnswerLine[] Lines, string? Note = null) : CaseEntry;

    /// <summary>A party says to whom it passed goods on; they are told in turn. An EPCIS event of each, as for an answer.</summary>
    public sealed record PassedOn(string Party, PassedOnTo[] To, string? Note = null) : CaseEntry;

    /// <summary>Parties that have not answered for everything in time are reminded.</summary>
    public sealed record Chased(string[] Parties) : CaseEntry;

    /// <summary>Parties that did not answer after having been reminded are handed to an authority.</summary>
    public sealed record Escalated(string[] Parties, EscalationLevel Level) : CaseEntry;
}

/// <summary>How much of the recalled goods a party has.</summary>
/// <param name="Party">Canonical code of the party, or of the place where no event named a party.</param>
/// <param name="Things">Things it has, one by one, for which it is to answer.</param>
/// <param name="OnTheWay">Things that are on their way to it.</param>
/// <param name="Lots">Lots of which it has some, or some is on its way to it.</param>
public sealed record PartyGoods(string Party, int Things, int OnTheWay, int Lots);
