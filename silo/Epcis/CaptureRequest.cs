using System.Globalization;
using TraceGrains.Domain.Events;

namespace TraceGrains.Silo.Epcis;

/// <summary>What a client asks of a capture beside its document.</summary>
/// <param name="Behaviour">From <c>GS1-Capture-Error-Behaviour</c>.</param>
/// <param name="Wait">How long it waits for the job to finish; null where it prefers not to (RFC 7240, <c>Prefer: respond-async</c>).</param>
sealed record CaptureRequest(CaptureErrorBehaviour Behaviour, TimeSpan? Wait)
{
    public const string ErrorBehaviour = "GS1-Capture-Error-Behaviour";

    /// <summary>How long a client waits that does not say; and the longest it may ask for (<c>Prefer: wait=</c>).</summary>
    static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(20), LongestWait = TimeSpan.FromSeconds(60);

    /// <summary>Reads the headers; a problem where one says nothing that is known.</summary>
    public static (CaptureRequest? Request, IResult? Problem) Read(HttpRequest request)
    {
        var stated = request.Headers[ErrorBehaviour].ToString();
        CaptureErrorBehaviour? behaviour = stated.ToUpperInvariant() switch
        {
            "" or "ROLLBACK" => CaptureErrorBehaviour.Rollback,
            "PROCEED" => CaptureErrorBehaviour.Proceed,
            _ => null,
        };
        return behaviour is { } known
            ? (new(known, WaitOf(request)), null)
            : (null, Problems.Invalid(ErrorBehaviour, "rollback or proceed", stated));
    }

    /// <summary>A preference that is not understood is ignored (RFC 7240, section 2).</summary>
    static TimeSpan? WaitOf(HttpRequest request)
    {
        var isAsync = false;
        TimeSpan? wait = null;
        foreach (var preference in request.Headers["Prefer"].ToString().Split(',', StringSplitOptions.TrimEntries))
            if (preference.Equals("respond-async", StringComparison.OrdinalIgnoreCase))
                isAsync = true;
            else if (preference.StartsWith("wait=", StringComparison.OrdinalIgnoreCase) && uint.TryParse(preference.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
                wait = TimeSpan.FromSeconds(Math.Min(seconds, LongestWait.TotalSeconds));
        // With both, the client waits so long, and only then prefers to be told later (RFC 7240, section 4.3).
        return wait ?? (isAsync ? null : DefaultWait);
    }
}
