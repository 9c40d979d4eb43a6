using Microsoft.AspNetCore.Connections;
using TraceGrains.Grains.Transparency;
using TraceGrains.Ledger;

namespace TraceGrains.Silo.Hosting;

/// <summary>Why a silo does not start, in one line for the administrator: the setting, what was expected, what was found. Anything else is a fault of ours and keeps its stack.</summary>
static class StartRefusal
{
    /// <summary>Null when it is nothing an administrator can set right.</summary>
    public static string? Of(Exception failure) => failure switch
    {
        SettingException setting => setting.Message,
        SigningKeyException key => $"--transparency:key: {key.Message}",
        LedgerFormatException format => $"--data: expected a folder with a TraceGrains ledger or with none; {format.Message}",
        LedgerUnavailableException unavailable => $"--data: expected a folder that can be written; {unavailable.Message}",
        IOException { InnerException: AddressInUseException } inUse => $"--urls: expected an address that is free; {inUse.Message}",
        _ => null,
    };
}
