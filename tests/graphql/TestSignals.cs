namespace TraceGrains.GraphQL.Tests;

/// <summary>Waits for what the surface gives no signal of.</summary>
static class TestSignals
{
    public static async Task Until(Func<bool> holds)
    {
        for (var end = DateTime.UtcNow.AddMinutes(1); !holds(); await Task.Delay(10))
            Assert.True(DateTime.UtcNow < end, "it did not come about within a minute");
    }
}
