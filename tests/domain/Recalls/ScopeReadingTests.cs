using CsCheck;
using TraceGrains.Domain.Recalls.Scopes;

namespace TraceGrains.Domain.Tests.Recalls;

public class ScopeReadingTests
{
    const string Product = "https://id.gs1.org/01/09506000134352";

    static string Problem(string text)
    {
        Assert.False(ScopeJson.TryRead(text, out var scope, out var problem), scope?.ToString());
        return problem!.ToString();
    }

    [Theory]
    [InlineData("""{"batch":"urn:epc:class:lgtin:0614141.112345.L1"}""", """{"batch":"https://id.gs1.org/01/10614141123459/10/L1"}""")]
    [InlineData("""{"touchedBy":{"until":"2026-03-04T10:00+08:00","code":"urn:ex:depot","from":"2026-03-04T08:00:00+08:00"}}""",
        """{"touchedBy":{"code":"urn:ex:depot","from":"2026-03-04T00:00:00.000Z","until":"2026-03-04T02:00:00.000Z"}}""")]
    [InlineData("""{"product":{"code":"https://id.gs1.org/01/09506000134352","producedUntil":"2026-03-04"}}""", """{"product":{"code":"https://id.gs1.org/01/09506000134352","producedUntil":"2026-03-04"}}""")]
    [InlineData("""{"except":{"without":{"event":"e"},"of":{"anyOf":[{"unit":"urn:ex:crate:1"}]}}}""", """{"except":{"of":{"anyOf":[{"unit":"urn:ex:crate:1"}]},"without":{"event":"e"}}}""")]
    public void A_scope_is_saved_in_canonical_form(string written, string saved)
    {
        Assert.True(ScopeJson.TryRead(written, out var scope, out var problem), problem?.ToString());
        Assert.Equal(saved, ScopeJson.Print(scope));
    }

    [Theory]
    [InlineData("""{}""", "scope: expected exactly one of batch")]
    [InlineData("""{"batch":"urn:ex:a","unit":"urn:ex:b"}""", "found 2 of them")]
    [InlineData("""{"anyOf":[{"unit":"urn:ex:a"},{"batch":"nonsense"}]}""", "scope.anyOf[1].batch: ")]
    [InlineData("""{"anyOf":[]}""", "scope.anyOf: expected at least one scope")]
    [InlineData("""{"allOf":[null]}""", "scope.allOf[0]: expected a scope, found none")]
    [InlineData("""{"except":{"of":{"unit":"urn:ex:a"}}}""", "scope.except.without: expected a scope")]
    [InlineData("""{"batch":"https://id.gs1.org/414/9506000134376"}""", "scope.batch: expected a batch; found https://id.gs1.org/414/9506000134376")]
    [InlineData("""{"touchedBy":{"code":"urn:ex:p","from":"2026-03-04T08:00:00","until":"2026-03-05T08:00:00Z"}}""", "scope.touchedBy.from: expected a time with an offset")]
    [InlineData("""{"touchedBy":{"code":"urn:ex:p","from":"2026-03-04T08:00:00Z","until":"2026-03-04T08:00:00Z"}}""", "scope.touchedBy.until: expected a time after from")]
    [InlineData("""{"touchedBy":{"code":"urn:ex:p","from":"2026-03-04T08:00:00Z"}}""", "scope.touchedBy.until: expected a time with an offset, such as 2026-03-04T08:00:00+08:00; found none")]
    [InlineData("""{"product":{"code":"https://id.gs1.org/01/09506000134352","producedFrom":"04.03.2026"}}""", "scope.product.producedFrom: expected a date")]
    [InlineData("""{"serials":{"product":"https://id.gs1.org/01/09506000134352","from":"9","to":"1"}}""", "scope.serials.to: expected a serial not before 9")]
    [InlineData("""{"anyOf":[{"lot":"urn:ex:a"}]}""", "scope.anyOf[0].lot: ")]
    [InlineData("""{"batch":7}""", "scope.batch: ")]
    [InlineData("""[""", "scope")]
    [InlineData("""null""", "scope: expected a scope, found null")]
    public void What_cannot_be_meant_is_named_by_its_path(string text, string expected) => Assert.Contains(expected, Problem(text));

    [Fact]
    public void A_scope_has_a_largest_size_and_depth()
    {
        string Nested(int depth) => depth == 1 ? """{"unit":"urn:ex:a"}""" : $$"""{"anyOf":[{{Nested(depth - 1)}}]}""";
        Assert.True(ScopeJson.TryRead(Nested(ScopeLimits.DepthMax), out _, out _));
        Assert.Contains($"nested at most {ScopeLimits.DepthMax} deep", Problem(Nested(ScopeLimits.DepthMax + 1)));
        string Wide(int parts) => $$"""{"anyOf":[{{string.Join(',', Enumerable.Repeat("""{"unit":"urn:ex:a"}""", parts))}}]}""";
        Assert.True(ScopeJson.TryRead(Wide(ScopeLimits.NodesMax - 1), out _, out _));
        Assert.Contains($"at most {ScopeLimits.NodesMax} scopes", Problem(Wide(ScopeLimits.NodesMax)));
        Assert.StartsWith("scope", Problem(Nested(1_000)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_saved_scope_prints_back_the_same() => ScopeGen.Any.Sample(scope =>
    {
        var saved = ScopeJson.Print(scope);
        Assert.True(ScopeJson.TryRead(saved, out var read, out var problem), $"{saved}: {problem}");
        Assert.Equal(saved, ScopeJson.Print(read));
        Assert.Equal(scope.GetType(), read.GetType());
    }, iter: Proof.Rounds(2_000), print: ScopeJson.Print);
}
