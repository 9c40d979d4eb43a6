namespace TraceGrains.Domain.Events;

/// <summary>Why an event or document was refused: where, and what was expected there.</summary>
/// <param name="EventIndex">Position in the document's eventList, from 0; null when the document itself is at fault.</param>
/// <param name="Field">The field, as a path from the event (<c>quantityList[0].quantity</c>) or from the document (<c>@context</c>).</param>
/// <param name="Expected">What belongs there, in words.</param>
/// <param name="Found">What was there, shortened; null when nothing was.</param>
public sealed record CaptureProblem(int? EventIndex, string Field, string Expected, string? Found)
{
    /// <summary>Whether the document is larger than one capture may be (<see cref="CaptureLimits.MaxDocumentBytes"/>, <see cref="CaptureLimits.MaxEvents"/>), rather than malformed: sent as several it may be accepted.</summary>
    public bool ExceedsCaptureLimit { get; init; }

    /// <summary>Whether it is in order, and not for its sender to report (<see cref="Access.CaptureAuthority"/>).</summary>
    public bool IsNotTheSenders { get; init; }

    /// <summary>One line for a person.</summary>
    public override string ToString() =>
        $"{(EventIndex is { } index ? $"event {index}, " : "")}{Field}: expected {Expected}{(Found is null ? "" : $", found {Found}")}";
}
