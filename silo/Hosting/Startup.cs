using System.Diagnostics;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using TraceGrains.Contracts.Capture;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Demo;
using TraceGrains.Domain.Events;
using TraceGrains.Grains;
using TraceGrains.Ledger;
using TraceGrains.Silo.Access;

namespace TraceGrains.Silo.Hosting;

/// <summary>
/// Brings the silo from "started" to "ready": the sequencer takes up the ledger, every shard loads its rows, every active recall is worked out anew. Then the
/// demonstration is captured, if asked for, and the console says what is served where.
/// </summary>
sealed partial class Startup(IGrainFactory grains, ILedger ledger, SiloOptions options, AccessOptions access, IServer server, IHostApplicationLifetime lifetime, Readiness readiness, ILogger<Startup> log) : BackgroundService
{
    /// <summary>How long a cluster may take to find itself again after a silo died.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5), Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        try
        {
            var clock = Stopwatch.StartNew();
            var head = await Insist(() => grains.GetGrain<ISequencerGrain>(0).Head(), stop);
            await Insist(() => grains.GetGrain<IRecallRegistryGrain>(0).ReworkAll(), stop);
            // Documents that were accepted but not yet captured; new ones need not wait for them.
            await Insist(() => grains.GetGrain<ICaptureJobKeeperGrain>(0).TakeUp(), stop);
            if (options.LoadsDemo) await LoadDemo();
            readiness.IsReady = true;
            await Started(lifetime);
            var entities = (await ledger.ReadHead(stop)).Entity;
            Announce(head, entities, clock.Elapsed);
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            if (StartRefusal.Of(failure) is { } line) await Console.Error.WriteLineAsync(line);
            else LogStartFailed(failure);
            Environment.ExitCode = 1;
            lifetime.StopApplication();
        }
    }

    /// <summary>Another silo may have died a moment ago, and its grains be on their way: a silo that gave up for that would leave the cluster with one less. Until this succeeds it is not ready.</summary>
    async Task<T> Insist<T>(Func<Task<T>> step, CancellationToken stop)
    {
        for (var began = Environment.TickCount64; ; await Task.Delay(Pause, stop))
            try
            {
                return await step();
            }
            catch (Exception failure) when ((Again.IsPassing(failure) || failure is TimeoutException or OperationCanceledException) && !stop.IsCancellationRequested && Environment.TickCount64 - began < Patience.TotalMilliseconds)
            {
                LogStartWaits(failure);
            }
    }

    Task Insist(Func<Task> step, CancellationToken stop) => Insist(async () =>
    {
        await step();
        return true;
    }, stop);

    async Task LoadDemo()
    {
        var capture = grains.GetGrain<ICaptureGrain>(0);
        int events = 0, repeats = 0;
        foreach (var document in DemoChain.Documents().Append(DemoChain.MasterData()))
        {
            var answer = await capture.CaptureDocument(CaptureForm.JsonLd, document.Utf8, CaptureErrorBehaviour.Rollback);
            if (answer.Problems.Length > 0) throw new InvalidOperationException($"demonstration document {document.Name}: {answer.Problems[0].Field}: expected {answer.Problems[0].Expected}");
            events += answer.Receipts.Length;
            repeats += answer.Receipts.Count(receipt => receipt.IsRepeat);
        }
        Console.WriteLine(repeats == events ? $"The demonstration is in this ledger already ({events} events)." : $"Demonstration loaded: {events - repeats} events.");
        var cast = DemoChain.Cast();
        Console.WriteLine($"  raw lot to recall  {cast.RecalledLot}");
        Console.WriteLine($"  a jar that was sold {cast.SoldUnit}");
    }

    void Announce(long sequence, int entities, TimeSpan took)
    {
        var at = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "";
        Console.WriteLine($"""
            TraceGrains is ready: {sequence:N0} events at start, {entities:N0} entities, {ledger.Constants.ShardCount} shards, after {took.TotalSeconds:0.0} s.
              GraphQL and explorer  {at}/graphql
              Sign-in and console   {at}/sign-in, {at}/console
              EPCIS 2.0 capture     {at}/epcis/capture  (one event: {at}/epcis/events)
              Scan, Digital Links   {at}/identify?text=…, {at}/01/…
              Health                {at}/health/ready
              Metrics, dashboard    {at}/metrics, {at}/dashboard{(options.Postgres is null ? " (user admin, password in admin.key)" : "")}
              Data                  {(options.Postgres is null ? options.DataDirectory : "PostgreSQL, cluster " + options.ClusterId)}
            Ctrl-C stops it.
            """);
        Console.WriteLine(access.IsOpen
            ? "Access control is OFF: whoever reaches this address may do everything (--access open)."
            : "Access control is on: 'tracegrains-silo token --role …' makes tokens; whoever brings none sees what is public.");
    }

    /// <summary>The addresses are known once the server has started, which may be after the ledger is loaded.</summary>
    static Task Started(IHostApplicationLifetime lifetime)
    {
        var started = new TaskCompletionSource();
        lifetime.ApplicationStarted.Register(started.SetResult);
        return started.Task;
    }

    [LoggerMessage(LogLevel.Warning, "the cluster does not answer yet; trying again")]
    partial void LogStartWaits(Exception failure);

    [LoggerMessage(LogLevel.Critical, "start failed")]
    partial void LogStartFailed(Exception failure);
}
