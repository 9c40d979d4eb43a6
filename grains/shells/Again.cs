using Orleans.Runtime;
using Orleans.Runtime.Messaging;
using TraceGrains.Contracts.Lineage;
using TraceGrains.Ledger;

namespace TraceGrains.Grains;

/// <summary>
/// Asks again when the answer got lost: a silo died or left, a grain moved, a sequencer lost its place to another, the database restarted. Only for calls that may
/// be made twice: questions, and captures (the same event is recorded once, and answers as the first time did).
/// </summary>
public static class Again
{
    static readonly TimeSpan firstPause = TimeSpan.FromMilliseconds(50), longestPause = TimeSpan.FromSeconds(1), patience = TimeSpan.FromSeconds(30);

    /// <summary>Asks until it is answered, or until half a minute has gone; only failures that pass are asked away.</summary>
    public static async Task<T> Ask<T>(Func<Task<T>> call)
    {
        var began = Environment.TickCount64;
        for (var pause = firstPause; ; pause = pause * 2 < longestPause ? pause * 2 : longestPause)
            try
            {
                return await call();
            }
            catch (Exception failure) when (IsPassing(failure) && Environment.TickCount64 - began < patience.TotalMilliseconds)
            {
                await Task.Delay(pause);
            }
    }

    /// <summary>Whether a failure passes: a silo that has just gone, an overtaken sequencer, a database on its way back.</summary>
    public static bool IsPassing(Exception failure) => failure
        is SiloUnavailableException or OrleansMessageRejectionException or ConnectionFailedException or OutOfDateException or LedgerFencedException or LedgerAwayException;
}
