using System.Security.Cryptography;

namespace TraceGrains.Silo.Recalls.Reports;

/// <summary>
/// A report on its way: written to a file of its own that nobody else can read and that is gone when it has been sent. So it is whole or an error, its digest is known before its first byte is sent, and
/// it takes no memory however long it is.
/// </summary>
static class Spool
{
    /// <summary>Long reports that are made at the same time; more wait.</summary>
    const int AtOnce = 2;

    static readonly SemaphoreSlim turns = new(AtOnce);

    public static async Task<IResult> Send(HttpContext http, string mediaType, string fileName, Func<Stream, Task> write)
    {
        var file = await Write(write, http.RequestAborted);
        try
        {
            ReportHeaders.Set(http.Response, await SHA256.HashDataAsync(file, http.RequestAborted));
            file.Position = 0;
            return Results.Stream(file, mediaType, fileName);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    static async Task<FileStream> Write(Func<Stream, Task> write, CancellationToken stop)
    {
        await turns.WaitAsync(stop);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, BufferSize = 64 * 1024, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        FileStream? file = null;
        try
        {
            file = new(Path.Combine(Path.GetTempPath(), $"tracegrains-report-{Guid.NewGuid():N}"), options);
            await write(file);
            await file.FlushAsync(stop);
            file.Position = 0;
            return file;
        }
        catch
        {
            if (file is not null) await file.DisposeAsync();
            throw;
        }
        finally
        {
            turns.Release();
        }
    }
}

/// <summary>What goes with every report.</summary>
static class ReportHeaders
{
    /// <summary>The SHA-256 of what is sent, as <c>Repr-Digest</c> (RFC 9530) and, in hexadecimal digits as a case's file takes it, as entity tag. Business data: kept by no cache.</summary>
    public static void Set(HttpResponse response, byte[] sha256)
    {
        response.Headers["Repr-Digest"] = $"sha-256=:{Convert.ToBase64String(sha256)}:";
        response.Headers.ETag = $"\"{Convert.ToHexStringLower(sha256)}\"";
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.XContentTypeOptions = "nosniff";
    }
}
