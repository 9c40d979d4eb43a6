using System.Net.Sockets;
using System.Text;

namespace TraceGrains.Epcis.Tests;

/// <summary>A client that writes what it wants, for requests that a well-behaved one does not make.</summary>
sealed class RawConnection : IDisposable
{
    readonly TcpClient tcp = new();

    public static async Task<RawConnection> Open(Uri address)
    {
        var connection = new RawConnection();
        await connection.tcp.ConnectAsync(address.Host, address.Port);
        return connection;
    }

    public async Task Write(string text) => await tcp.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Status line and headers of the answer.</summary>
    public async Task<string> ReadHead()
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            Assert.Equal(1, await tcp.GetStream().ReadAsync(one));
            head.Append((char)one[0]);
        }
        return head.ToString();
    }

    public void Dispose() => tcp.Dispose();
}
