using QRCoder;

namespace TraceGrains.Silo.Labels;

/// <summary>A QR symbol (ISO/IEC 18004) as dark and light modules, its quiet zone not included.</summary>
sealed class QrSymbol
{
    readonly bool[,] dark;

    QrSymbol(bool[,] dark) => (this.dark, Modules) = (dark, dark.GetLength(0));

    /// <summary>Modules along a side: 21 to 177.</summary>
    public int Modules { get; }

    public bool IsDark(int x, int y) => dark[y, x];

    /// <summary>The symbol of a text, or null where the text is too long for the error correction.</summary>
    public static QrSymbol? Of(string text, ErrorCorrection correction)
    {
        try
        {
            // Text beyond ASCII is UTF-8 and says so (ECI), as Chinese label rules ask for.
            var isAscii = text.All(char.IsAscii);
            using var generator = new QRCodeGenerator();
            using var data = generator.CreateQrCode(text, (QRCodeGenerator.ECCLevel)correction, forceUtf8: !isAscii, utf8BOM: false, isAscii ? QRCodeGenerator.EciMode.Default : QRCodeGenerator.EciMode.Utf8);
            return new(WithoutQuietZone(data));
        }
        catch (QRCoder.Exceptions.DataTooLongException)
        {
            return null;
        }
    }

    /// <summary>Runs of dark modules in a row: fewer and larger shapes than one for each module.</summary>
    public IEnumerable<(int X, int Y, int Length)> Runs()
    {
        for (var y = 0; y < Modules; y++)
            for (var x = 0; x < Modules; x++)
            {
                var start = x;
                while (x < Modules && IsDark(x, y)) x++;
                if (x > start) yield return (start, y, x - start);
            }
    }

    /// <summary>The library puts four light modules around.</summary>
    static bool[,] WithoutQuietZone(QRCodeData data)
    {
        const int zone = 4;
        var modules = data.ModuleMatrix.Count - 2 * zone;
        var dark = new bool[modules, modules];
        for (var y = 0; y < modules; y++)
            for (var x = 0; x < modules; x++)
                dark[y, x] = data.ModuleMatrix[y + zone][x + zone];
        return dark;
    }
}

/// <summary>How much of a symbol may be lost: about 7, 15, 25 or 30 per cent (ISO/IEC 18004).</summary>
enum ErrorCorrection
{
    L = QRCodeGenerator.ECCLevel.L,
    M = QRCodeGenerator.ECCLevel.M,
    Q = QRCodeGenerator.ECCLevel.Q,
    H = QRCodeGenerator.ECCLevel.H,
}
