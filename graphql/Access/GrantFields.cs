using System.ComponentModel;
using GraphQL;
using TraceGrains.Contracts.Access;
using TraceGrains.Domain.Access;
using TraceGrains.GraphQL.Access;
using TraceGrains.GraphQL.Errors;

namespace TraceGrains.GraphQL.Access
{
    [Description("What of an event a grant shows, besides what anybody may know and the granted goods themselves.")]
    public enum GrantField
    {
        [Description("Sources and destinations.")]
        Parties = GrantedFields.Parties,
        [Description("Read point and business location.")]
        Places = GrantedFields.Places,
        [Description("Amounts of the granted goods.")]
        Quantities = GrantedFields.Quantities,
        [Description("Everything else the event says: master data of instances and lots, sensors, business transactions, certificates, fields of one's own.")]
        Details = GrantedFields.Details,
    }

    [Description("That an enterprise shows a partner more than one step of its goods: events that are its own to see, about some products, of some time.")]
    public sealed class SharingGrant(Grant grant)
    {
        [Id]
        [Description("Its id.")]
        public string Id => grant.Id;

        [Description("The enterprise that shows.")]
        public string From => grant.From;

        [Description("The enterprise that is shown.")]
        public string To => grant.To;

        [Description("Products or lots; events about them, their lots and units are shown.")]
        public IReadOnlyList<string> Products => grant.Products;

        [Description("Events at or after this time; null from the first.")]
        public DateTimeOffset? EventsFrom => grant.EventsFrom;

        [Description("Events before this time; null without end.")]
        public DateTimeOffset? EventsUntil => grant.EventsUntil;

        [Description("What is shown of them.")]
        public IReadOnlyList<GrantField> Shows => [.. Enum.GetValues<GrantField>().Where(one => grant.Fields.HasFlag((GrantedFields)one))];

        [Description("When it ends by itself; null for never.")]
        public DateTimeOffset? Expires => grant.Expires;

        [Description("When it was given.")]
        public DateTimeOffset CreatedAt => grant.CreatedAt;

        [Description("The account that gave it.")]
        public string By => grant.By;

        [Description("When it was taken back; null while it stands.")]
        public DateTimeOffset? RevokedAt => grant.RevokedAt;
    }

    [Description("Grants of an enterprise.")]
    public sealed class SharingGrants(IReadOnlyList<Grant> given, IReadOnlyList<Grant> received)
    {
        [Description("What it shows others, oldest first.")]
        public IReadOnlyList<SharingGrant> Given => [.. given.Select(grant => new SharingGrant(grant))];

        [Description("What others show it, oldest first.")]
        public IReadOnlyList<SharingGrant> Received => [.. received.Select(grant => new SharingGrant(grant))];
    }

    [Description("A grant to be given.")]
    public sealed class ShareInput
    {
        [Description("The enterprise that shows: one's own, in any spelling.")]
        public string From { get; set; } = "";

        [Description("The enterprise that is shown, in any spelling.")]
        public string To { get; set; } = "";

        [Description("Products or lots, 1 to 100, in any spelling.")]
        public List<string> Products { get; set; } = [];

        [Description("Events at or after this time; from the first, when left out.")]
        public DateTimeOffset? EventsFrom { get; set; }

        [Description("Events before this time; without end, when left out.")]
        public DateTimeOffset? EventsUntil { get; set; }

        [Description("What is shown of them; none for kind, time and goods alone.")]
        public List<GrantField> Shows { get; set; } = [];

        [Description("When it ends by itself; never, when left out.")]
        public DateTimeOffset? Expires { get; set; }
    }
}

namespace TraceGrains.GraphQL
{
    public sealed partial class Query
    {
        [Complexity(Limits.CallWeight)]
        [Description("What an enterprise shows others, and others show it.")]
        public static async Task<SharingGrants> Grants([FromServices] IGrainFactory grains, [Description("Its code, in any spelling.")] string party)
        {
            var grain = grains.GetGrain<IGrantsGrain>(Codes.Canonical(party, "party"));
            return new(await grain.Given(), await grain.Received());
        }
    }

    public sealed partial class Mutation
    {
        [Complexity(Limits.CallWeight)]
        [Description("Shows a partner more: in force when this answers, until it is taken back. Each reading by it is in the audit log.")]
        public static async Task<SharingGrant> Share(IResolveFieldContext context, [FromServices] IGrainFactory grains, [FromServices] TimeProvider clock, [Description("The grant.")] ShareInput input)
        {
            var (from, to) = (Codes.Canonical(input.From, "input.from"), Codes.Canonical(input.To, "input.to"));
            await CheckSharing(context, from);
            if (from == to) throw new BadInput("input.to", "expected another enterprise than the one that shows");
            if (input.Products.Count is 0 or > Grant.ProductsMax) throw new BadInput("input.products", $"expected 1 to {Grant.ProductsMax}, found {input.Products.Count}");
            if (input.EventsUntil <= input.EventsFrom) throw new BadInput("input.eventsUntil", "expected a time after eventsFrom");
            var now = clock.GetUtcNow();
            if (input.Expires <= now) throw new BadInput("input.expires", "expected a time to come");
            var grant = new Grant
            {
                Id = Guid.CreateVersion7(now).ToString(), From = from, To = to, Products = [.. input.Products.Select((code, i) => Codes.Canonical(code, $"input.products[{i}]")).Distinct(StringComparer.Ordinal)],
                EventsFrom = input.EventsFrom, EventsUntil = input.EventsUntil, Fields = (GrantedFields)input.Shows.Aggregate(0, (all, field) => all | (int)field), Expires = input.Expires, CreatedAt = now, By = context.Viewer().Caller.Subject,
            };
            return await grains.GetGrain<IGrantsGrain>(from).Give(grant) ? new(grant) : throw new BadInput("input", $"expected fewer than {IGrantsGrain.GrantsMax} grants of each, found as many");
        }

        [Complexity(Limits.CallWeight)]
        [Description("Takes a grant back: when this answers, nothing more is shown by it.")]
        public static async Task<SharingGrant> RevokeShare(
            IResolveFieldContext context, [FromServices] IGrainFactory grains, [FromServices] TimeProvider clock, [Description("The enterprise that gave it, in any spelling.")] string from, [Id, Description("Its id.")] string id)
        {
            var party = Codes.Canonical(from, "from");
            await CheckSharing(context, party);
            return new(await grains.GetGrain<IGrantsGrain>(party).Revoke(id, clock.GetUtcNow()) ?? throw new BadInput("id", $"expected the id of a grant that {party} gave"));
        }

        static async Task CheckSharing(IResolveFieldContext context, string from)
        {
            var viewer = context.Viewer();
            if (viewer.Caller.Reach(Right.Share) != Reach.All && (await viewer.Own())?.Party != from) throw new NotAllowed(viewer.Caller, "from", from);
        }
    }
}
