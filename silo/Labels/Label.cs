namespace TraceGrains.Silo.Labels;

/// <summary>One label: a symbol with its quiet zone, and lines of text below it. Measures are in modules of the symbol.</summary>
/// <param name="Symbol">The QR symbol.</param>
/// <param name="QuietZone">Light modules around it; the standard asks for 4.</param>
/// <param name="Caption">The human-readable line; empty for none.</param>
sealed record Label(QrSymbol Symbol, int QuietZone, string Caption)
{
    const int LinesMax = 5, CharactersMin = 20;

    /// <summary>Characters are about 0.6 of their height wide in the label's font.</summary>
    public const double CharacterWidth = 0.602;

    /// <summary>Line pitch in heights of a character.</summary>
    public const double LinePitch = 1.25;

    public int Width => Symbol.Modules + 2 * QuietZone;

    /// <summary>Height of the characters: small enough for twenty in a line, so that few codes need more than two lines.</summary>
    public double TextHeight => (Symbol.Modules + QuietZone) / (CharactersMin * CharacterWidth);

    public string[] Lines => Caption.Length == 0 ? [] : LabelText.Wrap(Caption, CharactersPerLine, LinesMax);

    public double Height => Width + (Lines.Length == 0 ? 0 : Lines.Length * TextHeight * LinePitch + TextHeight * 0.5);

    /// <summary>Base line of a line of text, from the top.</summary>
    public double BaseLine(int line) => Width + TextHeight * (0.75 + line * LinePitch);

    /// <summary>Wide characters, such as Chinese ones, take the room of two.</summary>
    int CharactersPerLine => Caption.Any(character => character > 0x2e80) ? CharactersMin / 2 + 1 : CharactersMin;
}
