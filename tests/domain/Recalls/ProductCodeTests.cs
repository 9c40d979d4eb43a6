using TraceGrains.Domain.Recalls;

namespace TraceGrains.Domain.Tests.Recalls;

public class ProductCodeTests
{
    const string Product = "https://id.gs1.org/01/09506000134352", Drug = "urn:tracegrains:cn:drug:8123456";

    [Theory]
    [InlineData(Product, Product, false)]
    [InlineData(Product + "/10/A", Product, false)]
    [InlineData(Product + "/21/1", Product, true)]
    [InlineData(Product + "/235/X1", Product, true)]
    [InlineData(Drug + "7890123456789", Drug, true)]
    [InlineData(Drug + ":lot:A1", Drug, false)]
    [InlineData("https://id.gs1.org/00/106141412345678908", null, false)]
    [InlineData("urn:ex:class:salt", null, false)]
    public void A_code_tells_its_product_and_whether_it_is_a_unit(string code, string? product, bool isUnit) =>
        Assert.Equal((product, isUnit), (ProductCode.Of(code), ProductCode.IsUnit(code)));
}
