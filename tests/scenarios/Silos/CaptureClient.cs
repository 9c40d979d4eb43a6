using System.Net.Http.Headers;

namespace TraceGrains.Scenarios.Silos;

/// <summary>A client of capture; a slow machine is no failure.</summary>
sealed class CaptureClient(Uri silo) : IDisposable
{
    readonly HttpClient http = new() { BaseAddress = silo, Timeout = TimeSpan.FromMinutes(3) };

    public async Task<Answer> Capture(byte[] document)
    {
        using var content = new ByteArrayContent(document) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var response = await http.PostAsync("/epcis/capture", content);
        return new((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync());
    }

    /// <summary>The status with which an event is answered.</summary>
    public async Task<int> Read(string eventId)
    {
        using var response = await http.GetAsync("/epcis/events/" + Uri.EscapeDataString(eventId));
        return (int)response.StatusCode;
    }

    public void Dispose() => http.Dispose();
}
