using System.Diagnostics.CodeAnalysis;
using TraceGrains.Domain.Identity.Scanning;

namespace TraceGrains.Domain.Identity.Chinese;

/// <summary>One coding scheme of Chinese law or practice. Its codes get an identity as URN, <c>urn:tracegrains:cn:{word}:{code}</c>, because the schemes themselves define none.</summary>
abstract class ChineseScheme(string word, string title, CodeKind kind, string source, string? unverified)
{
    /// <summary>The word in the URN.</summary>
    public string Word => word;

    /// <summary>What the scheme is called.</summary>
    public string Title => title;

    /// <summary>What sort of thing its codes name.</summary>
    public CodeKind Kind => kind;

    /// <summary>What a code looks like, for people who got it wrong.</summary>
    public abstract string Shape { get; }

    /// <summary>Whether a text looks like a code of this scheme, so that it is worth checking.</summary>
    public abstract bool HasShape(string text);

    /// <summary>What is wrong with a text that has the shape; null for a right code.</summary>
    public abstract CodeProblem? Check(string code);

    /// <summary>The parts of a text that has the shape.</summary>
    public abstract IReadOnlyList<CodePart> Parts(string code);

    /// <summary>Of so many random texts of the shape about one passes <see cref="Check"/>.</summary>
    public abstract int OneIn { get; }

    /// <summary>Why a right code is one, in words.</summary>
    protected abstract string Why { get; }

    /// <summary>The one spelling of a code that several spellings have.</summary>
    public virtual string Normalise(string text) => text;

    /// <summary>How many leading characters name the product; 0 where the code says nothing of it.</summary>
    public virtual int ProductLength => 0;

    /// <summary>The canonical identity of a right code.</summary>
    public string Urn(string code) => $"{ChineseCodes.Start}{word}:{code}";

    /// <summary>The text as a code of this scheme, right or wrong; null where it does not even look like one.</summary>
    public CodeCandidate? Read(string text)
    {
        var code = Normalise(text);
        if (!HasShape(code))
            return null;
        var problem = Check(code);
        return new()
        {
            Scheme = $"cn:{word}", Title = title, Kind = kind, Code = problem is null ? Urn(code) : null, Parts = Parts(code), OneIn = OneIn,
            Why = problem is null ? Why : $"has the shape of one ({Shape}), but not its content", Source = source, Unverified = unverified, Problem = problem,
        };
    }

    /// <summary>An identity of this scheme in words.</summary>
    public CodeCandidate Describe(Identification identified, string body) => new()
    {
        Scheme = $"cn:{word}", Title = title, Kind = identified.Kind, Code = identified.Code, OneIn = CodeCandidate.Declared, Why = Why, Source = source, Unverified = unverified,
        Parts = identified.Kind switch
        {
            CodeKind.Product => [new("product", body)],
            CodeKind.Batch => [new("product", body[..ProductLength]), new("lot", Uri.UnescapeDataString(body[(ProductLength + ChineseCodes.LotWord.Length)..]))],
            _ => Parts(body),
        },
    };

    /// <summary>What the part of a URN behind the scheme's word names.</summary>
    public virtual bool TryName(string body, [NotNullWhen(true)] out Identification? identified, [NotNullWhen(false)] out string? error)
    {
        if (ProductLength > 0 && TryNameClass(body, out identified, out error) is { } answered)
            return answered;
        identified = null;
        var code = Normalise(body);
        error = !HasShape(code) ? $"expected {Shape}, found '{LinkPath.Shorten(body)}'" : Check(code)?.ToString();
        if (error is not null)
            return false;
        identified = new(Urn(code), kind);
        return true;
    }

    /// <summary>The product alone, or a lot of it: <c>{product}</c> and <c>{product}:lot:{lot}</c>. Null where the body is neither.</summary>
    bool? TryNameClass(string body, out Identification? identified, out string? error)
    {
        identified = null;
        error = null;
        var colon = body.IndexOf(':', StringComparison.Ordinal);
        var product = colon < 0 ? body : body[..colon];
        if (product.Length != ProductLength || product.Any(character => !char.IsAsciiDigit(character)))
            return null;
        if (CheckProduct(product) is { } problem)
        {
            error = problem.ToString();
            return false;
        }
        if (colon < 0)
        {
            identified = new(Urn(product), CodeKind.Product);
            return true;
        }
        if (!body.AsSpan(colon).StartsWith(ChineseCodes.LotWord, StringComparison.Ordinal)
            || UrnText.Canonical(body[(colon + ChineseCodes.LotWord.Length)..], LotLengthMax) is not { } lot)
        {
            error = $"expected :lot: and a lot number of 1 to {LotLengthMax} characters behind {product}";
            return false;
        }
        identified = new(Urn(product) + ChineseCodes.LotWord + lot, CodeKind.Batch);
        return true;
    }

    /// <summary>What is wrong with the product's part; null where it is right.</summary>
    protected virtual CodeProblem? CheckProduct(string product) => null;

    const int LotLengthMax = 50;

    protected static bool IsDigits(string text, int length) => text.Length == length && !text.AsSpan().ContainsAnyExceptInRange('0', '9');
}
