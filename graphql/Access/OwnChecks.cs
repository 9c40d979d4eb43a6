using GraphQL;
using Microsoft.Extensions.DependencyInjection;
using TraceGrains.Contracts.Access;
using TraceGrains.Contracts.Holds;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Identity;
using TraceGrains.Domain.Recalls.Scopes;
using TraceGrains.Domain.Recalls.Sources;
using TraceGrains.GraphQL.Holds;
using TraceGrains.GraphQL.Recalls;
using TraceGrains.GraphQL.Recalls.Cases;

namespace TraceGrains.GraphQL.Access;

/// <summary>What has to be the caller's own, where a right goes only so far.</summary>
enum OwnCheck
{
    /// <summary>Nothing: rows and codes are looked at one by one.</summary>
    None,
    /// <summary>The argument <c>code</c>.</summary>
    Code,
    /// <summary>The argument <c>party</c>.</summary>
    Party,
    /// <summary>The party of an answer to a recall, and the enterprise for which somebody acts.</summary>
    Answer,
    /// <summary>The case somebody acts in was opened by the enterprise; so is a scope that is given.</summary>
    Case,
    /// <summary>The same of the case; and for a district, that the argument <c>party</c> is its to look after.</summary>
    CaseParty,
    /// <summary>The recall <c>id</c>, which only authorities take back without a case.</summary>
    Recall,
    /// <summary>The recall that is issued without a case: under no id of somebody else's case.</summary>
    IssueRecall,
    /// <summary>Everything that the argument <c>scope</c> of a dry run names.</summary>
    Scope,
    /// <summary>The things <c>codes</c>: the enterprise handled each.</summary>
    Handled,
    /// <summary>What a case is to be about.</summary>
    OpenCase,
    /// <summary>A hold on things that the enterprise handled, placed in its own name.</summary>
    PlaceHold,
    /// <summary>A hold that was placed in the enterprise's own name.</summary>
    ReleaseHold,
}

/// <summary>Looks at an operation's arguments on behalf of <see cref="FieldGuard"/>.</summary>
static class OwnChecks
{
    /// <summary>Throws <see cref="NotAllowed"/> for what is not the caller's own.</summary>
    public static async ValueTask Check(IResolveFieldContext context, Viewer viewer, OwnCheck check)
    {
        var own = await viewer.Own() ?? throw new InvalidOperationException("a right that goes as far as one's own enterprise takes an enterprise");
        var grains = context.RequestServices!.GetRequiredService<IGrainFactory>();
        switch (check)
        {
            case OwnCheck.Code:
                Owned(own, viewer, context.GetArgument<string>("code"), "code");
                break;
            case OwnCheck.Party:
                Owned(own, viewer, context.GetArgument<string>("party"), "party");
                break;
            case OwnCheck.Answer:
                Owned(own, viewer, context.GetArgument<string>("party"), "party");
                Acts(own, viewer, context.GetArgument<CaseActInput>("act").By, "act.by.party");
                break;
            case OwnCheck.Case or OwnCheck.CaseParty:
                var act = context.GetArgument<CaseActInput>("act");
                Acts(own, viewer, act.By, "act.by.party");
                var id = RecallId.Read(act.Case, "act.case");
                if ((await grains.GetGrain<IRecallCaseGrain>(id).View())?.OpenedBy is not { } opener || !own.Owns(opener)) throw new NotAllowed(viewer.Caller, "act.case", id);
                if (context.HasArgument("scope")) Scope(own, viewer, context.GetArgument<RecallScopeQueryInput>("scope"), "scope");
                break;
            case OwnCheck.Scope:
                if (ScopeJson.TryRead(context.GetArgument<RecallScopeQueryInput>("scope").Save("scope"), out var asked, out _) && ScopeOwnership.ForeignAnywhere(asked, own, "scope") is { } part) throw new NotAllowed(viewer.Caller, part.Field, part.Found);
                break;
            case OwnCheck.Handled:
                var codes = context.GetArgument<List<string>>("codes");
                string[] cases = [.. codes.Take(SourceSearch.CasesMax).Select((code, i) => GraphQL.Codes.Canonical(code, $"codes[{i}]"))];
                if (Array.IndexOf(await viewer.SeesThings(cases), false) is var stranger and >= 0) throw new NotAllowed(viewer.Caller, $"codes[{stranger}]: expected a thing that {own.Party} handled, found {cases[stranger]}");
                break;
            case OwnCheck.OpenCase:
                var input = context.GetArgument<OpenCaseInput>("input");
                Acts(own, viewer, input.By, "input.by.party");
                Scope(own, viewer, input.Scope, "input.scope");
                break;
            case OwnCheck.PlaceHold:
                var hold = context.GetArgument<PlaceHoldInput>("input");
                Owned(own, viewer, hold.By, "input.by");
                // That there are too many is the hold's own to say.
                string[] held = [.. hold.Codes.Take(HoldRequest.CodesMax).Select((code, i) => GraphQL.Codes.Canonical(code, $"input.codes.{i}"))];
                if (Array.IndexOf(await viewer.SeesThings(held), false) is var foreign and >= 0) throw new NotAllowed(viewer.Caller, $"input.codes.{foreign}", held[foreign]);
                break;
            case OwnCheck.ReleaseHold:
                Owned(own, viewer, context.GetArgument<string>("by"), "by");
                var placed = await grains.GetGrain<IHoldGrain>(HoldId.Read(context.GetArgument<string>("id"), "id")).View();
                // What an authority placed in somebody's name is the authority's all the same.
                if (placed is not null && !(placed.District is null && Identifier.TryIdentify(placed.By, out var by, out _) && own.Owns(by.Code))) throw new NotAllowed(viewer.Caller, "id", placed.Id);
                break;
        }
    }

    static void Owned(Registration own, Viewer viewer, string code, string field)
    {
        var canonical = GraphQL.Codes.Canonical(code, field);
        if (!own.Owns(canonical)) throw new NotAllowed(viewer.Caller, field, canonical);
    }

    static void Acts(Registration own, Viewer viewer, CaseActorInput by, string field)
    {
        if (by.Party is null) throw new NotAllowed(viewer.Caller, field, "none");
        Owned(own, viewer, by.Party, field);
    }

    static void Scope(Registration own, Viewer viewer, RecallScopeQueryInput scope, string field)
    {
        if (ScopeJson.TryRead(scope.Save(field), out var read, out _) && ScopeOwnership.Foreign(read, own, field) is { } foreign) throw new NotAllowed(viewer.Caller, foreign.Field, foreign.Found);
    }
}
