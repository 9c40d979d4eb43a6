using TraceGrains.Domain.Events;

namespace TraceGrains.Domain.Recalls.Answers;

/// <summary>What a holder says became of recalled goods.</summary>
public enum AnswerOutcome
{
    /// <summary>Set apart: nobody can sell, use or ship them.</summary>
    Quarantined = 1,
    /// <summary>Sent back.</summary>
    Returned = 2,
    /// <summary>Corrected, so that the hazard is gone (21 CFR 7.3(h)).</summary>
    Reworked = 3,
    /// <summary>Destroyed, before a witness.</summary>
    Destroyed = 4,
    /// <summary>Used up in making something else.</summary>
    UsedUp = 5,
    /// <summary>Sold to consumers, or given to patients, before they could be held back.</summary>
    Sold = 6,
    /// <summary>Looked for and not found.</summary>
    NotFound = 7,
}

/// <summary>How an outcome is said in EPCIS.</summary>
/// <param name="Action">What it does to the lifetime of the goods.</param>
/// <param name="BizStep">CBV business step.</param>
/// <param name="Disposition">CBV disposition.</param>
/// <param name="LeavesTheHolder">Whether the goods leave whoever answers.</param>
public readonly record struct OutcomeWords(EventAction Action, string BizStep, string Disposition, bool LeavesTheHolder)
{
    /// <summary>The words of CBV 2.0 (7.1, 7.2) for an outcome.</summary>
    public static OutcomeWords Of(AnswerOutcome outcome) => outcome switch
    {
        AnswerOutcome.Quarantined => new(EventAction.Observe, "holding", "non_sellable_other", false),
        AnswerOutcome.Returned => new(EventAction.Observe, "shipping", "returned", true),
        AnswerOutcome.Reworked => new(EventAction.Observe, "repairing", "conformant", false),
        AnswerOutcome.Destroyed => new(EventAction.Delete, "destroying", "destroyed", false),
        AnswerOutcome.UsedUp => new(EventAction.Delete, "decommissioning", "inactive", false),
        AnswerOutcome.Sold => new(EventAction.Observe, "retail_selling", "retail_sold", false),
        AnswerOutcome.NotFound => new(EventAction.Observe, "stock_taking", "unknown", false),
        _ => throw new ArgumentException($"no such outcome: {outcome}", nameof(outcome)),
    };
}

/// <summary>A part of an answer: what became of some of the goods.</summary>
/// <param name="Outcome">What became of them.</param>
/// <param name="Codes">Canonical codes of things one by one.</param>
/// <param name="Amounts">So much of a lot.</param>
/// <param name="To">For what was returned: canonical code of the party it was sent to; null when not told.</param>
/// <param name="Place">Canonical code of where it happened; null when not told.</param>
/// <param name="Witness">Who saw it; required for what was destroyed. In the ledger what stands for the name (<see cref="Access.PersonCommitment"/>).</param>
/// <param name="Evidence">SHA-256 of documents and pictures, 64 lower-case hexadecimal digits each.</param>
/// <param name="Note">Up to 2,000 characters.</param>
public sealed record AnswerLine(AnswerOutcome Outcome, string[] Codes, AnsweredAmount[] Amounts, string? To = null, string? Place = null, string? Witness = null, string[]? Evidence = null, string? Note = null);

/// <summary>So much of a lot.</summary>
/// <param name="Lot">Canonical code of the lot.</param>
/// <param name="Quantity">How much, more than 0.</param>
/// <param name="Uom">UN/ECE Recommendation 20 unit of measure; null counts pieces.</param>
public sealed record AnsweredAmount(string Lot, decimal Quantity, string? Uom = null);

/// <summary>Somebody to whom goods were passed on.</summary>
/// <param name="Name">Their name, 1 to 200 characters; in the ledger what stands for it (<see cref="Access.PersonCommitment"/>).</param>
/// <param name="Codes">What they got, one by one.</param>
/// <param name="Amounts">What they got of lots.</param>
/// <param name="Party">Canonical code; null when they have none, then one is made for them (<see cref="AnswerRules.CodeOf"/>).</param>
public sealed record PassedOnTo(string Name, string[] Codes, AnsweredAmount[] Amounts, string? Party = null);
