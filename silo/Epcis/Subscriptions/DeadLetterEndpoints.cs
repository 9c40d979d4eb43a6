namespace TraceGrains.Silo.Epcis.Subscriptions;

/// <summary>Deliveries that were given up: GET lists them, POST sends one again at once, DELETE throws one away. Not of the binding, which leaves failures to whoever builds it.</summary>
static class DeadLetterEndpoints
{
    const string All = "/queries/{name}/subscriptions/{id}/deadLetters", One = All + "/{range}";

    public static void MapDeadLetters(this IEndpointRouteBuilder epcis)
    {
        epcis.MapGet(All, async (string name, string id, HttpContext http, IGrainFactory grains) => await SubscriptionEndpoints.Find(http, grains, name, id) is { } grain && await grain.View() is { } view
            ? SubscriptionBody.Of(view.Progress.DeadLetters) : SubscriptionProblems.NoSuchSubscription(id)).AnswersJson();
        epcis.MapPost(One, Redeliver).AnswersJson();
        epcis.MapDelete(One, async (string name, string id, string range, HttpContext http, IGrainFactory grains) =>
            await SubscriptionEndpoints.Find(http, grains, name, id) is not { } grain ? SubscriptionProblems.NoSuchSubscription(id)
            : await grain.Discard(range) ? Results.NoContent() : SubscriptionProblems.NoSuchDeadLetter(range)).AnswersJson();
        epcis.MapDiscovery(All, SubscriptionEndpoints.NoSubscription);
        epcis.MapDiscovery(One, SubscriptionEndpoints.NoSubscription);
    }

    static async Task<IResult> Redeliver(string name, string id, string range, HttpContext http, IGrainFactory grains)
    {
        if (await SubscriptionEndpoints.Find(http, grains, name, id) is not { } grain) return SubscriptionProblems.NoSuchSubscription(id);
        return await grain.Redeliver(range) switch
        {
            null => SubscriptionProblems.NoSuchDeadLetter(range),
            "" => Results.NoContent(),
            var wrong => Problems.Of(StatusCodes.Status502BadGateway, "ImplementationException", "The destination did not take it", wrong + "; it stays on the list"),
        };
    }
}
