using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using TraceGrains.Domain.Recalls.Clocks;

namespace TraceGrains.Grains.Tests.Recalls;

public class ObligationTravelTests
{
    [Fact]
    public void Obligations_come_out_of_a_grain_as_they_went_in()
    {
        using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer>();
        var t0 = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8));
        var all = Obligations.Of(new() { Regimes = ["cn-food", "us-fda", "x"], OpenedAt = t0, IssuedAt = t0.AddHours(30), NotifiedAt = [t0.AddHours(31)], Now = t0.AddDays(40) }, WorkingCalendar.China);
        var back = serializer.Deserialize<Obligations>(serializer.SerializeToArray(all))!;
        Assert.Equal(8, back.Items.Length);
        Assert.Equal(all.Items, back.Items);
        Assert.Equal((all.NextChange, all.Level), (back.NextChange, back.Level));
        Assert.Equal(["x"], back.UnknownRegimes);
    }
}
