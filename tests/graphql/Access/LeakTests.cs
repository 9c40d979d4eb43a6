using System.Text.Json;
using System.Text.RegularExpressions;
using GraphQL.Types;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TraceGrains.Contracts.Subscriptions;
using TraceGrains.Domain.Access;
using TraceGrains.GraphQL.Access;

namespace TraceGrains.GraphQL.Tests.Access;

/// <summary>
/// Every field of the schema is asked for, of grains that answer with texts of a stranger's. What may reach a caller all the same is listed here, property by property: a new property is kept back or comes
/// into the list, and somebody decides which.
/// </summary>
public sealed partial class LeakTests(ITestOutputHelper output)
{
    const string Mine = "urn:mine:party";

    [Fact]
    public async Task An_enterprise_hears_of_no_stranger() => await Check(new() { Role = Role.Quality, Subject = "q", Party = Mine }, ForEnterprises);

    [Fact]
    public async Task Nor_does_anybody() => await Check(new(), ForAnybody);

    [Fact]
    public async Task A_districts_regulator_hears_of_no_place_elsewhere() => await Check(new() { Role = Role.DistrictRegulator, Subject = "d", District = "500103" }, ForDistricts);

    async Task Check(Caller caller, string allowed)
    {
        await using var app = await Start(caller);
        var schema = app.Services.GetRequiredService<ISchema>();
        schema.Initialize();
        var leaks = new SortedSet<string>(StringComparer.Ordinal);
        var answered = 0;
        foreach (var query in schema.Query.Fields.SelectMany(field => new Everything(caller).Of(schema.Query, field, "query")))
        {
            using var response = await app.GetTestClient().PostAsync("/graphql", new StringContent(JsonSerializer.Serialize(new { query }), System.Text.Encoding.UTF8, "application/json"));
            var body = await response.Content.ReadAsStringAsync();
            if (JsonDocument.Parse(body).RootElement.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object && data.EnumerateObject().Any(one => one.Value.ValueKind is not JsonValueKind.Null)) answered++;
            else output.WriteLine($"{query[..Math.Min(60, query.Length)]}: {body[..Math.Min(300, body.Length)]}");
            Assert.DoesNotContain(FilledGrains.Party, body, StringComparison.Ordinal);
            // Goods cross districts; only an enterprise is kept from hearing of others'.
            if (caller.District is null) Assert.DoesNotContain(FilledGrains.Thing, body, StringComparison.Ordinal);
            foreach (Match leak in Far().Matches(body)) leaks.Add(leak.Groups[1].Value);
        }
        output.WriteLine($"{answered} answered");
        output.WriteLine(string.Join(' ', leaks));
        Assert.Equal(allowed.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), leaks);
        Assert.True(answered >= 8, $"{answered} fields answered");
    }

    static async Task<WebApplication> Start(Caller caller)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(FilledGrains.Factory).AddSingleton<ILedgerNews>(new FakeNews()).AddTraceGrainsGraphQL();
        var app = builder.Build();
        app.Use((http, next) =>
        {
            http.SetCaller(FilledGrains.Factory, caller);
            return next(http);
        });
        app.MapTraceGrainsGraphQL();
        await app.StartAsync();
        return app;
    }

    [GeneratedRegex("far:([A-Za-z0-9.]+)")]
    private static partial Regex Far();

    // Names of ImpactGroup are chosen by the grain for whom it answers.
    const string ForEnterprises = ForAnybody + """

        BalanceView.Category BalanceView.Product BalanceView.Uom CaseView.Hazard CaseView.Id Grant.By Grant.From Grant.Id Grant.Products Grant.To ImpactGroup.Name PreviewItems.Next CaseView.Instructions CaseView.Lessons CaseView.Reason CaseView.Regimes CaseView.Strategy CaseView.Title
        MoveAnswer.Code ObligationView.Id ObligationView.NameEn ObligationView.NameZh ObligationView.Regime ObligationView.Report ObligationView.Source ObligationView.WhyEn ObligationView.WhyZh
        ToldReason.Disposition ToldReason.Recall TraceAnswer.Next TracedItem.Disposition TracedItem.Recalls
        """;

    const string ForDistricts = ForAnybody + """

        BalanceView.Category BalanceView.Product BalanceView.Uom CaseEntryView.ByName CaseEntryView.ByRole CaseEntryView.Entry CaseEntryView.EventHash CaseEntryView.EventId CaseView.Hazard CaseView.Id
        CaseView.Instructions CaseView.Lessons CaseView.Reason CaseView.Regimes CaseView.Scope CaseView.Source CaseView.Strategy CaseView.Title ChecksView.Commitment ChecksView.Seed CommonSource.Cases
        CommonSource.Code DrillProofView.WhyEn DrillProofView.WhyZh DrillSchemeView.Failures DrillSchemeView.Scheme EntityState.AttachedTo EntityState.Containers HoldView.By HoldView.Codes HoldView.Id
        HoldView.Reason HoldView.ReleasedBy HoldView.ReleasedReason ImpactGroup.Name MoveAnswer.Code ObligationView.Id ObligationView.NameEn ObligationView.NameZh ObligationView.Regime
        ObligationView.Report ObligationView.Source ObligationView.WhyEn ObligationView.WhyZh PathStep.From PathStep.To PreviewItems.Next ProcessAmountView.Product ProcessAmountView.Uom RecallRequest.Query ScopeVersion.Query TierCheckView.ListHash
        ToldReason.Code ToldReason.Disposition ToldReason.Recall TraceAnswer.Next TracedItem.Code TracedItem.Disposition TracedItem.Recalls
        """;

    const string ForAnybody = """
        ChainLinkView.Hash ChainVerdict.Head ChainVerdict.Reason ConsistencyAnswer.Path EntityState.Disposition EntityView.ChainHead EntityView.Code EntityView.PersistentDispositions
        EventView.CbvHash EventView.EventHash EventView.EventId InclusionAnswer.EventHash InclusionAnswer.Path RecallRequest.Code RecallRequest.EventId RecallRequest.RangeFrom RecallRequest.RangeProduct
        RecallRequest.RangeTo RecallView.Id RecallView.Reason RecallView.ScopeProblem RecallView.WithdrawnReason ScopeVersion.EventId ScopeVersion.Reason TreeHeadView.KeyId TreeHeadView.Origin
        TreeHeadView.RootHash TreeHeadView.Signature TreeHeadView.SignedText TreeKeyView.KeyId TreeKeyView.Pem
        """;
}
