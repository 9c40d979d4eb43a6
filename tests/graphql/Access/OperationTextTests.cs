using GraphQL;
using GraphQL.SystemTextJson;
using GraphQL.Types;
using GraphQLParser;
using GraphQLParser.AST;
using Microsoft.Extensions.DependencyInjection;
using TraceGrains.GraphQL.Access;

namespace TraceGrains.GraphQL.Tests.Access;

public sealed class OperationTextTests
{
    static OperationNote Of(string query, string variables = "{}")
    {
        var document = Parser.Parse(query);
        return OperationText.Of(document, document.Definitions.OfType<GraphQLOperationDefinition>().First(), new GraphQLSerializer().Deserialize<Inputs>(variables), []);
    }

    [Theory]
    [InlineData("{ unit(code: \"x\") { holder } }", "unit(code: x)")]
    [InlineData("{ a: unit(code: \"x\") { holder } trace(code: \"y\", depth: 3) { total } }", "unit(code: x); trace(code: y)")]
    [InlineData("query ($c: String!) { unit(code: $c) { holder } }", "unit(code: v)")]
    [InlineData("query ($other: String = \"d\") { unit(code: $other) { holder } }", "unit(code: d)")]
    [InlineData("query ($cs: [String!]!) { commonSources(codes: $cs) { total } }", "commonSources(codes: a, codes: b)")]
    [InlineData("query { ...F } fragment F on Query { unit(code: \"x\") { holder } ... on Query { trace(code: \"y\") { total } } ...F }", "unit(code: x); trace(code: y)")]
    [InlineData("query { ... { ... on Query { unit(code: \"x\") { holder } } } }", "unit(code: x)")]
    [InlineData("mutation ($s: S!) { openRecallCase(input: {scope: {anyOf: [{madeFrom: \"x\"}, $s]}, reason: \"secret\", title: \"secret\", by: {name: \"secret\", role: \"secret\"}}) { refused } }", "openRecallCase(madeFrom: x, batch: z)")]
    [InlineData("mutation { createApiKey(input: {party: \"p\", role: \"quality\", name: \"secret\"}) { secret } }", "createApiKey(party: p, role: quality)")]
    [InlineData("{ inclusionProof(sequence: 12) { size } }", "inclusionProof(sequence: 12)")]
    [InlineData("query ($n: Long) { event(sequence: $n) { id } }", "event(sequence: 9007199254740993)")]
    [InlineData("{ unit(code: \"x); issueRecall(code: y\") { holder } }", "unit(code: \"x); issueRecall(code: y\")")]
    public void An_operation_is_told_by_its_root_fields_and_what_they_name(string query, string told) =>
        Assert.Equal([told], Of(query, """{"c":"v","cs":["a","b"],"s":{"batch":"z","reason":"secret"},"n":9007199254740993}""").Fields);

    [Fact]
    public void It_has_a_kind_and_a_name()
    {
        var note = Of("subscription Watch { violations { id } }");
        Assert.Equal(("subscription", "Watch"), (note.Kind, note.Name));
        Assert.Equal(("query", ""), (Of("{ recalls { id } }").Kind, Of("{ recalls { id } }").Name));
    }

    [Fact]
    public void A_field_behind_many_others_is_told_too()
    {
        var many = string.Concat(Enumerable.Range(0, 200).Select(i => $"f{i}: hold(id: \"{i:d36}\") {{ id }} "));
        Assert.EndsWith("unit(code: x)", Of($"{{ {many} unit(code: \"x\") {{ holder }} }}").Fields[^1]);
    }

    /// <summary>What is new in the schema is either told or not, and somebody has decided which.</summary>
    [Fact]
    public void Every_text_that_can_be_sent_names_something_or_is_content()
    {
        using var services = new ServiceCollection().AddTraceGrainsGraphQL().BuildServiceProvider();
        var schema = services.GetRequiredService<ISchema>();
        schema.Initialize();
        static IGraphType Bare(IGraphType? type) => type is IProvideResolvedType wrapped ? Bare(wrapped.ResolvedType) : type!;
        var roots = new IObjectGraphType?[] { schema.Query, schema.Mutation, schema.Subscription }.OfType<IObjectGraphType>();
        var texts = roots.SelectMany(root => root.Fields).SelectMany(field => field.Arguments?.ToList() ?? []).Select(argument => (argument.Name, Type: Bare(argument.ResolvedType)))
            .Concat(schema.AllTypes.OfType<IInputObjectGraphType>().SelectMany(type => type.Fields).Select(field => (field.Name, Type: Bare(field.ResolvedType))))
            .Where(one => one.Type is StringGraphType or IdGraphType).Select(one => one.Name).ToHashSet();
        texts.Remove("role");
        Assert.Empty(texts.Except(OperationText.Naming).Except(OperationText.Content));
        Assert.Empty(OperationText.Content.Except(texts));
        Assert.Empty(OperationText.Naming.Intersect(OperationText.Content));
    }
}
