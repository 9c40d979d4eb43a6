using System.ComponentModel;
using System.Runtime.CompilerServices;
using GraphQL;
using TraceGrains.Contracts.Custody;
using TraceGrains.Contracts.Subscriptions;
using TraceGrains.Domain.Subscriptions;
using TraceGrains.GraphQL.Custody;
using TraceGrains.GraphQL.Errors;
using TraceGrains.GraphQL.Transport.Operations;

namespace TraceGrains.GraphQL;

public sealed partial class Subscription
{
    /// <summary>Links fetched at once: each carries a whole event.</summary>
    const int LinksAtOnce = 20;

    /// <summary>News may be lost between silos, so a chain is looked at without any, too.</summary>
    internal static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);

    [Description("Events that name a thing, lot, party or place, in the order of the ledger, each with the cursor behind it. After a break, subscribe again with 'after' the last cursor you have: nothing is left out, and an event that was under way may come twice.")]
    public static async Task<IAsyncEnumerable<CustodyEvent>> CustodyEvents(
        IResolveFieldContext context,
        [FromServices] IGrainFactory grains,
        [FromServices] ILedgerNews news,
        [Description("Code of the thing, lot, party or place, in any spelling. It need not be on record yet.")] string code,
        [Description("A cursor: events behind it. \"0\" from the first event on; when left out, what is recorded from now on.")] string? after = null)
    {
        var identified = Codes.Identify(code, "code");
        var grain = Query.GrainOf(grains, identified);
        var length = (await grain.Chain(0, 0).WaitAsync(context.CancellationToken)).Total;
        var position = after is null ? length : ChainCursor.Read(after, "after");
        return position <= length
            ? Follow(grain, news, identified.Code, position).Paced(context)
            : throw new BadInput("after", $"expected the cursor of an event of the same code, found {position}, behind the last, {length}");
    }

    static async IAsyncEnumerable<CustodyEvent> Follow(IEntityGrain grain, ILedgerNews news, string code, int position, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        // Listening begins before the chain is looked at: what is recorded from here on is noticed.
        using var wait = news.Follow(QueryInterest.Naming(code));
        while (true)
        {
            var page = await grain.Chain(position, LinksAtOnce).WaitAsync(cancellation);
            foreach (var link in page.Links)
            {
                position = link.Position;
                yield return new CustodyEvent(link);
            }
            if (!page.HasMore)
                await wait.Wait(LookAgain, cancellation);
        }
    }
}
