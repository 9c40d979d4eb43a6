namespace TraceGrains.Domain.Holds;

/// <summary>What ends with a date that an event gives of a thing.</summary>
public enum DateKind : byte
{
    /// <summary>Use (cbvmda:itemExpirationDate; CBV 2.0, 9.2.6): after it the thing goes nowhere but out of the market.</summary>
    Expiration = 1,
    /// <summary>Sale (cbvmda:sellByDate): after it the thing is not sold.</summary>
    SellBy = 2,
    /// <summary>Quality as promised (cbvmda:bestBeforeDate). Selling past it is forbidden in China (Food Safety Law, article 34), and so it is not sold.</summary>
    BestBefore = 3,
    /// <summary>Safety as last inspected (<c>urn:tracegrains:voc:nextInspectionDate</c>): after it the device is overdue.</summary>
    NextInspection = 4,
}

/// <summary>A date that an event gives of the things it makes or inspects.</summary>
/// <param name="Kind">What ends.</param>
/// <param name="Until">The first moment after it: of a day, midnight at its end, at the event's time zone offset.</param>
public readonly record struct ItemDate(DateKind Kind, DateTimeOffset Until);
