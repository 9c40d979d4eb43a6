using GraphQL;
using Microsoft.Extensions.DependencyInjection;
using TraceGrains.Contracts.Access;
using TraceGrains.Contracts.Holds;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Identity;
using TraceGrains.GraphQL.Holds;
using TraceGrains.GraphQL.Recalls;
using TraceGrains.GraphQL.Recalls.Cases;

namespace TraceGrains.GraphQL.Access;

/// <summary>Looks at an operation's arguments where a right goes as far as a district: whether what is acted upon is the district's (<see cref="Jurisdiction"/>).</summary>
static class DistrictChecks
{
    /// <summary>Throws <see cref="NotAllowed"/> for what is another district's.</summary>
    public static async ValueTask Check(IResolveFieldContext context, Viewer viewer, FieldRule rule)
    {
        var grains = context.RequestServices!.GetRequiredService<IGrainFactory>();
        var district = DistrictAuthority.Of(grains, viewer.Caller, rule.Right) ?? throw new InvalidOperationException("a right that goes as far as a district takes a district");
        switch (rule.Own)
        {
            case OwnCheck.Answer or OwnCheck.CaseParty:
                await CheckCase(GraphQL.Codes.Canonical(context.GetArgument<string>("party"), "party"));
                break;
            case OwnCheck.Case:
                await CheckCase(party: null);
                break;
            case OwnCheck.OpenCase:
                await SpeaksFor(context.GetArgument<OpenCaseInput>("input").By, "input.by.party");
                break;
            case OwnCheck.Recall:
                await CheckRecall(RecallId.Read(context.GetArgument<string>("id"), "id"), "id");
                break;
            case OwnCheck.IssueRecall:
                await CheckRecall(RecallId.ForIssuing(context.GetArgument<IssueRecallInput>("input").Id, "input.id"), "input.id");
                break;
            case OwnCheck.PlaceHold:
                var input = context.GetArgument<PlaceHoldInput>("input");
                await SpeaksAs(input.By, "input.by");
                string[] codes = [.. input.Codes.Take(HoldRequest.CodesMax).Select((code, i) => GraphQL.Codes.Canonical(code, $"input.codes.{i}"))];
                if (await district.NotToHold(codes) is { } foreign) throw Elsewhere("input.codes", "things of which some are", foreign);
                break;
            case OwnCheck.ReleaseHold:
                await SpeaksAs(context.GetArgument<string>("by"), "by");
                var hold = HoldId.Read(context.GetArgument<string>("id"), "id");
                if (await grains.GetGrain<IHoldGrain>(hold).View() is { } placed && !await district.MayRelease(placed)) throw Elsewhere("id", "a hold that was placed by the authority of your district, or on things that are all", hold);
                break;
        }

        async Task CheckCase(string? party)
        {
            var act = context.GetArgument<CaseActInput>("act");
            await SpeaksFor(act.By, "act.by.party");
            var id = RecallId.Read(act.Case, "act.case");
            // That there is no such case is the case's own to say.
            if (await View(id) is not { } view) return;
            if (party is null && !await district.Runs(view)) throw Elsewhere("act.case", OfCase, id);
            if (party is not null && !await district.LooksAfter(view, party)) throw Elsewhere("party", "a party that lies", party);
        }

        async Task CheckRecall(string id, string field)
        {
            if (await View(id) is { } view && !await district.Runs(view)) throw Elsewhere(field, OfCase, id);
        }

        async Task SpeaksFor(CaseActorInput by, string field)
        {
            if (GraphQL.Codes.Canonical(by.Party, field) is { } party) await SpeaksAs(party, field);
        }

        // A name is a person's, of whom nobody knows a district.
        async Task SpeaksAs(string by, string field)
        {
            if (Identifier.TryIdentify(by, out var party, out _) && !await district.MaySpeakFor(party.Code)) throw Elsewhere(field, "an enterprise or authority that lies", party.Code);
        }

        Task<CaseView?> View(string recall) => grains.GetGrain<IRecallCaseGrain>(recall).View();

        NotAllowed Elsewhere(string field, string expected, string found) => new(viewer.Caller, $"{field}: expected {expected} in district {district.Territory}, found {found}");
    }

    const string OfCase = "a case that was opened by the authority of your district, or by somebody who lies";
}
