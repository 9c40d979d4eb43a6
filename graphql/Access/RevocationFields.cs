using System.ComponentModel;
using System.Globalization;
using GraphQL;
using TraceGrains.Contracts.Access;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Access.Revocations;
using TraceGrains.GraphQL.Access;
using TraceGrains.GraphQL.Errors;
using TraceGrains.GraphQL.Lineage;

namespace TraceGrains.GraphQL.Access
{
    [Description("That a bearer token, or every token that an account had by then, is no longer good.")]
    public sealed class TokenRevocation(Revocation revocation)
    {
        [Id]
        [Description("The token's id (jti); null where all tokens of the account are meant.")]
        public string? TokenId => revocation.TokenId;

        [Description("The account; null where only the token's id was known.")]
        public string? Subject => revocation.Subject;

        [Description("When it was revoked; of an account, tokens issued up to then are meant.")]
        public DateTimeOffset At => revocation.At;

        [Description("The account that revoked it: its own, where somebody signed out.")]
        public string By => revocation.By;

        [Description("Until when this is remembered: whatever it is about has ended by then of itself.")]
        public DateTimeOffset Until => revocation.Until;
    }

    [Description("A page of revocations.")]
    public sealed class TokenRevocationPage(IReadOnlyList<Revocation> revocations, string? next)
    {
        [Description("The revocations, oldest first.")]
        public IReadOnlyList<TokenRevocation> Nodes => [.. revocations.Select(one => new TokenRevocation(one))];

        [Description("Where the next page starts.")]
        public PageInfo PageInfo => new(next);
    }

    [Description("The revocation, or why the request was refused.")]
    public sealed class TokenRevocationPayload
    {
        internal TokenRevocationPayload(Revocation? revocation)
        {
            if (revocation is not null) Revocation = new(revocation);
            else Refusal = new(RefusalReason.TooManyRevocations, $"expected fewer than {RevocationRules.Max} revocations in force, found as many; revokeTokensOf stands in the place of those of one account");
        }

        [Description("The revocation; null when the request was refused.")]
        public TokenRevocation? Revocation { get; }

        [Description("Why the request was refused; null when it was done.")]
        public Refusal? Refusal { get; }
    }
}

namespace TraceGrains.GraphQL
{
    public sealed partial class Query
    {
        [Complexity(Limits.CallWeight)]
        [Description("Bearer tokens that were revoked and would be good without that, oldest first: for administrators and auditors.")]
        public static async Task<TokenRevocationPage> TokenRevocations(
            IResolveFieldContext context, [FromServices] IGrainFactory grains, [Description("How many at most, 0 to 1,000.")] int first = 100,
            [Description("Revocations after this cursor (pageInfo.endCursor of the page before); from the first, when left out.")] string? after = null)
        {
            var caller = context.Viewer().Caller;
            if (!caller.May(Right.ReadAudit) && caller.Reach(Right.ManageKeys) != Reach.All) throw new NotAllowed(caller, new FieldRule(Right.ReadAudit));
            Limits.Check(first, 0, Limits.LinksMax, "first");
            var number = 0L;
            if (after is not null && !long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out number)) throw new BadInput("after", "expected pageInfo.endCursor of the page before, found another text");
            var found = (await grains.GetGrain<IRevocationsGrain>(0).Since(-1))!.Revocations.Where(one => one.Number > number).Take(first + 1).ToList();
            return new(found[..Math.Min(first, found.Count)], found.Count > first && first > 0 ? found[first - 1].Number.ToString(CultureInfo.InvariantCulture) : null);
        }
    }

    public sealed partial class Mutation
    {
        [Complexity(Limits.CallWeight)]
        [Description("Ends a bearer token, whoever issued it. It is refused everywhere within 5 s, and open streams end within 10 s. One that is revoked already stays so, since when it was.")]
        public static async Task<TokenRevocationPayload> RevokeToken(IResolveFieldContext context, [FromServices] IGrainFactory grains, [Id, Description("Its id (jti): printed where it was made, and shown on the console to whoever has it.")] string id) =>
            new(await grains.GetGrain<IRevocationsGrain>(0).RevokeToken(RevocationText(id, "id"), context.Viewer().Caller.Subject));

        [Complexity(Limits.CallWeight)]
        [Description("Ends every bearer token of an account that was issued before now, or in the same second, whoever issued it; of an identity provider, also those of the next 30 s, for clocks that differ. Later ones are good.")]
        public static async Task<TokenRevocationPayload> RevokeTokensOf(IResolveFieldContext context, [FromServices] IGrainFactory grains, [Description("The account, as the audit log names it (sub).")] string subject) =>
            new(await grains.GetGrain<IRevocationsGrain>(0).RevokeAllOf(RevocationText(subject, "subject"), context.Viewer().Caller.Subject));

        static string RevocationText(string text, string field) =>
            text.Length is > 0 and <= RevocationRules.TextMax ? text : throw new BadInput(field, $"expected 1 to {RevocationRules.TextMax} characters, found {text.Length}");
    }
}
