using System.Threading.Channels;
using TraceGrains.Contracts.Access;
using TraceGrains.Domain.Access;
using TraceGrains.GraphQL.Access;

namespace TraceGrains.Silo.Access;

/// <summary>
/// Notes who read or did what, for the audit log. What was done is on record before its answer goes out; what was read follows within moments, and a reader waits where too much of it waits. What
/// anybody may do without saying who they are is not noted, refusals are. Where access control is off, nobody is known and nothing is noted.
/// </summary>
sealed partial class AuditTrail(IGrainFactory grains, TimeProvider clock, ILogger<AuditTrail> log) : BackgroundService, IOperationWitness
{
    /// <summary>Notes of reading that wait at most.</summary>
    const int WaitingMax = 10_000;

    const int TogetherMax = 1_000;

    static readonly TimeSpan pause = TimeSpan.FromMilliseconds(200), retryPause = TimeSpan.FromSeconds(1);

    readonly Channel<AuditNote> reading = Channel.CreateBounded<AuditNote>(new BoundedChannelOptions(WaitingMax) { SingleReader = true });

    public Task Executed(Caller caller, string kind, string fields, string outcome) => Note(caller, kind, fields, outcome, isAct: kind == "mutation");

    /// <summary>Notes one request.</summary>
    /// <param name="caller">Who sent it.</param>
    /// <param name="action">What kind of request.</param>
    /// <param name="target">What it was about.</param>
    /// <param name="outcome">"ok", or what went wrong.</param>
    /// <param name="isAct">Whether it did something, or was to.</param>
    public async Task Note(Caller caller, string action, string target, string outcome, bool isAct)
    {
        if (caller.Role == Role.Trusted || (caller.Role == Role.Consumer && outcome == "ok")) return;
        var note = new AuditNote { Time = clock.GetUtcNow(), Caller = caller, Action = action, Target = target, Outcome = outcome };
        if (isAct) await grains.GetGrain<IAuditGrain>(0).Record([note]);
        else await reading.Writer.WriteAsync(note);
    }

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        var some = new List<AuditNote>();
        try
        {
            while (await reading.Reader.WaitToReadAsync(stop))
            {
                await Task.Delay(pause, clock, stop);
                await Write(some, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    /// <summary>What waits when the silo is asked to stop is written before it goes.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Write([], cancellationToken);
    }

    async Task Write(List<AuditNote> some, CancellationToken stop)
    {
        while (true)
        {
            while (some.Count < TogetherMax && reading.Reader.TryRead(out var note)) some.Add(note);
            if (some.Count == 0) return;
            try
            {
                await grains.GetGrain<IAuditGrain>(0).Record([.. some]);
                some.Clear();
            }
            catch (Exception failure) when (!stop.IsCancellationRequested)
            {
                LogLate(failure, some.Count);
                await Task.Delay(retryPause, clock, stop);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Count} notes for the audit log could not be written yet; trying again")]
    partial void LogLate(Exception failure, int count);
}

/// <summary>Notes requests to endpoints that are not everybody's: before their answer is written.</summary>
sealed class Audited(bool notesReading) : IEndpointFilter
{
    const int CodesMax = 5;

    static readonly string[] naming = ["code", "MATCH_anyEPC", "MATCH_anyCode", "MATCH_epc", "EQ_bizLocation", "EQ_readPoint"];

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        var http = context.HttpContext;
        if (HttpMethods.IsOptions(http.Request.Method)) return result;
        var isAct = !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method);
        var status = result is IStatusCodeHttpResult { StatusCode: { } code } ? code : StatusCodes.Status200OK;
        if (!notesReading && status < 400) return result;
        var pattern = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? http.Request.Path.Value;
        await http.RequestServices.GetRequiredService<AuditTrail>().Note(http.Caller(), $"{http.Request.Method} {pattern}", TargetOf(http), status < 400 ? "ok" : status.ToString(System.Globalization.CultureInfo.InvariantCulture), isAct);
        return result;
    }

    /// <summary>Route values and the codes asked for.</summary>
    static string TargetOf(HttpContext http) => string.Join("; ", http.Request.RouteValues.Select(value => $"{value.Key}: {value.Value}")
        .Concat(http.Viewer(http.RequestServices.GetRequiredService<IGrainFactory>()).UsedGrants.Select(grant => $"by grant {grant}"))
        .Concat(http.Request.Query.Where(one => naming.Contains(one.Key)).SelectMany(one => one.Value.Take(CodesMax).Select(value => $"{one.Key}: {value}"))));
}

static class AuditExtensions
{
    /// <summary>Has requests noted in the audit log.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="notesReading">Whether also those that went well; false for questions that are asked by the thousand and answered yes or no.</param>
    public static TBuilder Audited<TBuilder>(this TBuilder endpoint, bool notesReading = true) where TBuilder : IEndpointConventionBuilder => endpoint.AddEndpointFilter(new Audited(notesReading));
}
