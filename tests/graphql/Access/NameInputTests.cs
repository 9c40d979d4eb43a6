using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;
using TraceGrains.GraphQL.Access;

namespace TraceGrains.GraphQL.Tests.Access;

/// <summary>Names of persons come in by fields that keep them apart; every other text that people write says that it is not for them.</summary>
public sealed class NameInputTests
{
    /// <summary>Fields that name somebody.</summary>
    static readonly HashSet<string> names = ["CaseActorInput.name", "AnswerLineInput.witness", "PassedOnInput.name", "PlaceHoldInput.by", "releaseHold.by"];

    /// <summary>Texts that do not go into the ledger, are of a form that no name has, or are names on some conditions, which their descriptions tell.</summary>
    static readonly HashSet<string> others =
    [
        "CheckAnswerInput.answer", "erasePerson.name", "registerEnterprise.name", "CreateApiKeyInput.name", "CreateApiKeyInput.role", "AnswerLineInput.evidence", "AnsweredAmountInput.uom", "EvidenceInput.mediaType",
        "EvidenceInput.sha256", "ProductScopeInput.producedFrom", "ProductScopeInput.producedUntil", "agreeCaseTime.report", "submitCaseReport.report", "submitCaseReport.sha256", "commitCaseDraw.commitment", "drawCaseChecks.seed",
        "signCaseEntry.entryHash",
    ];

    [Fact]
    public void Every_text_that_can_be_sent_into_the_ledger_is_a_name_that_is_kept_apart_or_says_that_it_is_none()
    {
        using var services = new ServiceCollection().AddTraceGrainsGraphQL().BuildServiceProvider();
        var schema = services.GetRequiredService<ISchema>();
        schema.Initialize();
        static IGraphType Bare(IGraphType? type) => type is IProvideResolvedType wrapped ? Bare(wrapped.ResolvedType) : type!;
        var texts = schema.Mutation!.Fields.SelectMany(field => field.Arguments?.Select(argument => (Of: field.Name, argument.Name, argument.Description, Type: Bare(argument.ResolvedType))) ?? [])
            .Concat(schema.AllTypes.OfType<IInputObjectGraphType>().SelectMany(type => type.Fields.Select(field => (Of: type.Name, field.Name, field.Description, Type: Bare(field.ResolvedType)))))
            .Where(one => one.Type is StringGraphType && !OperationText.Naming.Contains(one.Name)).ToDictionary(one => $"{one.Of}.{one.Name}", one => one.Description ?? "");
        var keptApart = texts.Where(text => text.Value.EndsWith(FreeText.KeptApart, StringComparison.Ordinal)).Select(text => text.Key);
        Assert.Equal(names.Order(StringComparer.Ordinal), keptApart.Order(StringComparer.Ordinal));
        var free = texts.Where(text => text.Value.EndsWith(FreeText.NoNames, StringComparison.Ordinal)).Select(text => text.Key).ToList();
        Assert.Equal(others.Order(StringComparer.Ordinal), texts.Keys.Except(names).Except(free).Order(StringComparer.Ordinal));
    }
}
