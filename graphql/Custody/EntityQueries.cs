using System.ComponentModel;
using GraphQL;
using TraceGrains.Contracts.Custody;
using TraceGrains.Domain.Identity;
using TraceGrains.GraphQL.Custody;
using TraceGrains.GraphQL.Errors;

namespace TraceGrains.GraphQL;

public sealed partial class Query
{
    const string CodeMeaning = "Its code, in any spelling: EPC URN, GS1 Digital Link, or another absolute URI.";
    const string AsOfMeaning = "As it stood by what was on record at this time; now, when left out.";

    [Description("A serialised item or logistic unit; null when no event has named the code.")]
    public static Task<Entity?> Unit([FromServices] IGrainFactory grains, [Description(CodeMeaning)] string code, [Description(AsOfMeaning)] DateTimeOffset? asOf = null, CancellationToken cancellation = default) =>
        Find(grains, Kept(code, "unit", CodeKind.Unit, CodeKind.LogisticUnit, CodeKind.Document), grains.GetGrain<IUnitGrain>, asOf, cancellation);

    [Description("A lot, or a product class; null when no event has named the code.")]
    public static Task<Entity?> Batch([FromServices] IGrainFactory grains, [Description(CodeMeaning)] string code, [Description(AsOfMeaning)] DateTimeOffset? asOf = null, CancellationToken cancellation = default) =>
        Find(grains, Kept(code, "batch", CodeKind.Batch, CodeKind.Product), grains.GetGrain<IBatchGrain>, asOf, cancellation);

    [Description("An asset, such as a sensor, lift, cylinder or crate; null when no event has named the code.")]
    public static Task<Entity?> Device([FromServices] IGrainFactory grains, [Description(CodeMeaning)] string code, [Description(AsOfMeaning)] DateTimeOffset? asOf = null, CancellationToken cancellation = default) =>
        Find(grains, Kept(code, "device", CodeKind.Device), grains.GetGrain<IDeviceGrain>, asOf, cancellation);

    [Description("A party or a place; null when no event has named the code.")]
    public static Task<Entity?> Enterprise([FromServices] IGrainFactory grains, [Description(CodeMeaning)] string code, [Description(AsOfMeaning)] DateTimeOffset? asOf = null, CancellationToken cancellation = default) =>
        Find(grains, Kept(code, "enterprise", CodeKind.Party, CodeKind.Location), grains.GetGrain<IEnterpriseGrain>, asOf, cancellation);

    [Description("Whatever the code names; null when no event has named it.")]
    public static Task<Entity?> Entity([FromServices] IGrainFactory grains, [Description(CodeMeaning)] string code, [Description(AsOfMeaning)] DateTimeOffset? asOf = null, CancellationToken cancellation = default)
    {
        var identified = Codes.Identify(code, "code");
        return Find(grains, identified.Code, (_, _) => GrainOf(grains, identified), asOf, cancellation);
    }

    /// <summary>The grain of whatever the code names.</summary>
    internal static IEntityGrain GrainOf(IGrainFactory grains, Identification identified) => identified.Kind switch
    {
        CodeKind.Batch or CodeKind.Product => grains.GetGrain<IBatchGrain>(identified.Code),
        CodeKind.Device => grains.GetGrain<IDeviceGrain>(identified.Code),
        CodeKind.Party or CodeKind.Location => grains.GetGrain<IEnterpriseGrain>(identified.Code),
        // A URI of somebody's own says nothing of its kind; the events that use it do, and the view tells.
        _ => grains.GetGrain<IUnitGrain>(identified.Code),
    };

    static async Task<Entity?> Find(IGrainFactory grains, string code, Func<string, string?, IEntityGrain> grainOf, DateTimeOffset? asOf, CancellationToken cancellation)
    {
        var grain = grainOf(code, null);
        return await grain.View(asOf, cancellation).WaitAsync(cancellation) is { } view ? new Entity(view, grain, grains, asOf) : null;
    }

    /// <summary>A code that plainly names another sort of thing is a slip of the caller's: better said than answered with a second grain for the same thing.</summary>
    static string Kept(string code, string field, params ReadOnlySpan<CodeKind> kinds)
    {
        var identified = Codes.Identify(code, "code");
        return identified.Kind == CodeKind.Other || kinds.Contains(identified.Kind)
            ? identified.Code
            : throw new BadInput("code", $"expected the code of a {field}, found a {Words(identified.Kind)} ({identified.Code}); 'entity' takes every kind");
    }

    static string Words(CodeKind kind) => kind switch
    {
        CodeKind.Unit => "serialised item",
        CodeKind.Batch => "lot",
        CodeKind.Product => "product class",
        CodeKind.LogisticUnit => "logistic unit",
        CodeKind.Device => "returnable or individual asset",
        CodeKind.Location => "place",
        CodeKind.Party => "party",
        CodeKind.Document => "document or service relation",
        _ => "thing of another kind",
    };
}
