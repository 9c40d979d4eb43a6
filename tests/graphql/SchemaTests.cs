using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;
using TraceGrains.Tests;

namespace TraceGrains.GraphQL.Tests;

public sealed class SchemaTests
{
    static readonly ServiceProvider Services = new ServiceCollection().AddTraceGrainsGraphQL().BuildServiceProvider();
    static readonly string Snapshot = Path.Combine(Corpus.RepositoryRoot, "graphql", "schema.graphql");

    [Fact]
    public void The_schema_is_the_committed_one()
    {
        var printed = Services.GetRequiredService<SchemaText>().Sdl;
        if (Environment.GetEnvironmentVariable("UPDATE_SCHEMA") == "1")
            File.WriteAllText(Snapshot, printed);
        var committed = File.Exists(Snapshot) ? File.ReadAllText(Snapshot).ReplaceLineEndings("\n") : "";
        if (printed == committed)
            return;
        var (now, then) = (printed.Split('\n'), committed.Split('\n'));
        var line = now.Zip(then).TakeWhile(pair => pair.First == pair.Second).Count();
        Assert.Fail($"""
            The schema differs from graphql/schema.graphql, first at line {line + 1}:
              committed: {then.ElementAtOrDefault(line)}
              printed:   {now.ElementAtOrDefault(line)}
            If the change is meant, run the tests with UPDATE_SCHEMA=1, which rewrites the file, and review the difference.
            """);
    }

    [Fact]
    public void Every_part_of_the_schema_is_described()
    {
        var schema = Services.GetRequiredService<ISchema>();
        schema.Initialize();
        // What the GraphQL specification itself defines, it also describes.
        Assert.Empty(schema.AllTypes
            .Where(type => !type.Name.StartsWith("__", StringComparison.Ordinal) && type.Name is not ("String" or "Boolean" or "Int" or "Float" or "ID"))
            .SelectMany(Undescribed));
    }

    static IEnumerable<string> Undescribed(IGraphType type)
    {
        if (string.IsNullOrWhiteSpace(type.Description))
            yield return type.Name;
        if (type is IComplexGraphType { Fields: var fields })
            foreach (var field in fields)
            {
                if (string.IsNullOrWhiteSpace(field.Description))
                    yield return $"{type.Name}.{field.Name}";
                foreach (var argument in field.Arguments?.AsEnumerable() ?? [])
                    if (string.IsNullOrWhiteSpace(argument.Description))
                        yield return $"{type.Name}.{field.Name}({argument.Name})";
            }
        if (type is EnumerationGraphType { Values: var values })
            foreach (var value in values)
                if (string.IsNullOrWhiteSpace(value.Description))
                    yield return $"{type.Name}.{value.Name}";
    }

    [Theory]
    [InlineData(typeof(Custody.EntityKind), typeof(Contracts.Custody.EntityKind))]
    [InlineData(typeof(Identity.CodeKind), typeof(Domain.Identity.CodeKind))]
    [InlineData(typeof(Custody.AccountKind), typeof(Domain.Lineage.AccountKind))]
    [InlineData(typeof(Recalls.RecallStatus), typeof(Contracts.Recalls.RecallStatus))]
    [InlineData(typeof(Recalls.RecallClass), typeof(Domain.Recalls.RecallClass))]
    [InlineData(typeof(Recalls.Cases.AnswerOutcome), typeof(Domain.Recalls.Answers.AnswerOutcome))]
    [InlineData(typeof(Recalls.Cases.EscalationLevel), typeof(Domain.Recalls.Cases.EscalationLevel))]
    [InlineData(typeof(Recalls.Effectiveness.EffectivenessLevel), typeof(Domain.Recalls.Effectiveness.EffectivenessLevel))]
    [InlineData(typeof(Recalls.Effectiveness.CheckMethod), typeof(Domain.Recalls.Effectiveness.CheckMethod))]
    [InlineData(typeof(Recalls.Clocks.ObligationKind), typeof(Domain.Recalls.Clocks.ObligationKind))]
    [InlineData(typeof(Recalls.Clocks.ObligationState), typeof(Domain.Recalls.Clocks.ObligationState))]
    [InlineData(typeof(Recalls.Clocks.SourceTrust), typeof(Domain.Recalls.SourceTrust))]
    [InlineData(typeof(Balances.DiscrepancyKind), typeof(Domain.Balances.DiscrepancyKind))]
    [InlineData(typeof(Recalls.Cases.RecallCaseState), typeof(Domain.Recalls.Cases.CaseState))]
    [InlineData(typeof(Recalls.Cases.RecallCaseMode), typeof(Domain.Recalls.Cases.CaseMode))]
    [InlineData(typeof(Recalls.Cases.RecallDepth), typeof(Domain.Recalls.RecallDepth))]
    [InlineData(typeof(Holds.MoveReasonKind), typeof(Domain.Holds.MoveReasonKind))]
    [InlineData(typeof(Holds.MoveRelation), typeof(Domain.Holds.MoveRelation))]
    [InlineData(typeof(Holds.DateKind), typeof(Domain.Holds.DateKind))]
    [InlineData(typeof(Recalls.Fate), typeof(Domain.Recalls.Previews.Fate))]
    [InlineData(typeof(Recalls.GapKind), typeof(Domain.Recalls.Previews.GapKind))]
    [InlineData(typeof(Lineage.TraceDirection), typeof(Domain.Lineage.TraceDirection))]
    public void A_word_of_the_schema_is_the_word_of_the_contract(Type ours, Type theirs) => Assert.Equal(Words(theirs), Words(ours));

    [Fact]
    public void The_edge_kinds_of_the_schema_are_the_single_ones_of_the_domain() => Assert.Equal(
        Words(typeof(Domain.Lineage.EdgeKind)).Where(word => int.IsPow2(word.Number)), Words(typeof(Lineage.EdgeKind)));

    [Fact]
    public void Every_refusal_of_the_grains_has_a_name_of_its_own_in_the_schema()
    {
        var (ofRecalls, ofCases) = (Enum.GetValues<Contracts.Recalls.RecallRefusal>().Select(Refusals.Name).ToList(), Enum.GetValues<Domain.Recalls.Cases.CaseRefusal>().Select(Refusals.Name).ToList());
        var ofHolds = Enum.GetValues<Contracts.Holds.HoldRefusal>().Select(Refusals.Name).ToList();
        // What is refused of machines' keys and of tokens the surface refuses itself.
        RefusalReason[] ofKeys = [RefusalReason.TooManyKeys, RefusalReason.KeyUnknown, RefusalReason.KeyRevoked, RefusalReason.TooManyRevocations];
        Assert.Equal(Enum.GetValues<RefusalReason>().Order(), ofRecalls.Concat(ofCases).Concat(ofHolds).Concat(ofKeys).Distinct().Order());
        Assert.All([ofRecalls, ofCases, ofHolds], names => Assert.Equal(names.Count, names.Distinct().Count()));
    }

    /// <summary>Introspection is told from other questions by the names of its lists.</summary>
    [Fact]
    public void No_field_of_ours_has_the_name_of_a_list_of_introspection()
    {
        var schema = Services.GetRequiredService<ISchema>();
        schema.Initialize();
        Assert.Empty(schema.AllTypes.OfType<IComplexGraphType>().Where(type => !type.Name.StartsWith("__", StringComparison.Ordinal))
            .SelectMany(type => type.Fields).Where(field => Transport.Operations.DocumentSize.IntrospectionLists.Contains(field.Name)).Select(field => field.Name));
    }

    static IEnumerable<(string Name, int Number)> Words(Type type) =>
        Enum.GetValuesAsUnderlyingType(type).Cast<IConvertible>().Select(value => (Enum.GetName(type, value)!, value.ToInt32(null))).OrderBy(word => word.Item2);
}
