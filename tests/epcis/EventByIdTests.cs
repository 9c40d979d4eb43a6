using static TraceGrains.Epcis.Tests.Documents;

namespace TraceGrains.Epcis.Tests;

public class EventByIdTests(SharedSilo shared)
{
    [Theory]
    [InlineData("urn:uuid:")]
    [InlineData("https://events.example.com/a/b/")]
    [InlineData("https://events.example.com/?lot=7&n=")]
    [InlineData("https://events.example.com/50%25/a%2Fb/")]
    [InlineData("https://events.example.com/a+b#")]
    public async Task An_event_is_found_by_its_id_in_URL_encoding_whatever_stands_in_it(string start)
    {
        var id = start + Guid.NewGuid();
        var created = await shared.Silo.CaptureEvent(Bare(Shipping(id, NewUnit())));
        Assert.True(created.Status == 201, created.Body);

        Assert.Equal(id, (await shared.Silo.EventById(id)).Event.GetProperty("eventID").GetString());
        Assert.Equal(id, (await shared.Silo.Get(created.Headers["Location"])).Event.GetProperty("eventID").GetString());
    }

    [Fact]
    public async Task An_event_without_an_id_is_found_by_its_CBV_hash()
    {
        var created = await shared.Silo.CaptureEvent(Bare(Shipping(null, NewUnit())));

        var id = created.Root.GetProperty("eventID").GetString()!;
        Assert.Matches("^ni:///sha-256;[0-9a-f]{64}\\?ver=CBV2.0$", id);
        Assert.Equal(id, (await shared.Silo.EventById(id)).Event.GetProperty("eventID").GetString());
        Assert.Equal(id, (await shared.Silo.Get(created.Headers["Location"])).Event.GetProperty("eventID").GetString());
    }

    [Fact]
    public async Task Slashes_that_were_left_as_they_are_and_letters_that_need_not_be_encoded_make_no_difference()
    {
        var id = $"https://events.example.com/a/{Guid.NewGuid()}";
        await shared.Silo.CaptureEvent(Bare(Shipping(id, NewUnit())));

        Assert.Equal(id, (await shared.Silo.Get("/epcis/events/" + id)).Event.GetProperty("eventID").GetString());
        Assert.Equal(id, (await shared.Silo.Get("/%65pcis/events/" + id)).Event.GetProperty("eventID").GetString());
    }

    [Fact]
    public async Task An_unknown_id_is_answered_with_404_naming_it()
    {
        var answer = await shared.Silo.EventById("urn:uuid:nobody");

        answer.IsProblem(404, "NoSuchResourceException");
        Assert.Contains("urn:uuid:nobody", answer.Root.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
