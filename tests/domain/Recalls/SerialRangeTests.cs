using TraceGrains.Domain.Recalls;

namespace TraceGrains.Domain.Tests.Recalls;

public class SerialRangeTests
{
    const string Product = "https://id.gs1.org/01/09506000134352";

    [Theory]
    [InlineData("2", "10", "9", true)]
    [InlineData("2", "10", "10", true)]
    [InlineData("2", "10", "11", false)]
    [InlineData("2", "10", "1", false)]
    [InlineData("2", "10", "3A", false)]
    [InlineData("2", "10", "003", true)]
    [InlineData("A1", "A9", "A10", true)]
    [InlineData("A1", "A9", "B1", false)]
    [InlineData("A%2FB", "A%2FB", "A%2FB", false)]
    [InlineData("A/B", "A/B", "A%2FB", true)]
    public void A_serial_lies_in_a_run_by_value_or_by_code_point(string from, string to, string serial, bool expected) =>
        Assert.Equal(expected, new SerialRange(Product, from, to).Contains($"{Product}/21/{serial}"));

    [Theory]
    [InlineData("https://id.gs1.org/01/00614141123452/21/3")]
    [InlineData("https://id.gs1.org/01/09506000134352/10/3")]
    [InlineData("https://id.gs1.org/01/09506000134352/21/")]
    [InlineData("https://id.gs1.org/01/09506000134352")]
    public void Nothing_but_a_unit_of_the_product_lies_in_it(string code) => Assert.False(new SerialRange(Product, "1", "9").Contains(code));

    [Fact]
    public void A_run_that_ends_before_it_begins_is_empty()
    {
        Assert.True(new SerialRange(Product, "10", "9").IsEmpty);
        Assert.False(new SerialRange(Product, "9", "10").IsEmpty);
        Assert.True(new SerialRange(Product, "B", "A").IsEmpty);
    }
}
