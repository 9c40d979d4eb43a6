using TraceGrains.Domain.Transparency;
using TraceGrains.Grains.Transparency;

namespace TraceGrains.Silo.Commands;

/// <summary>Checks a proof file offline: nothing but the file and the public key is needed.</summary>
sealed class VerifyCommand : ICommand
{
    /// <summary>A proof that does not hold ends with this plus the number of its first flaw: 11 event, 12 chain, 13 inclusion, 14 signature.</summary>
    public const int FlawBase = 10;

    const long MaxFileBytes = 256L << 20;

    public string Name => "verify";
    public string Usage => "verify PROOF.json --key PUBLIC.pem";
    public string Summary => "checks a proof file without a ledger: chain, inclusion, signature; exit code 0 when it holds, 11 event, 12 chain, 13 inclusion, 14 signature does not hold";

    public async Task<int> Run(CommandContext context)
    {
        var path = context.OnlyWord("the proof file");
        var keyFile = context.Configuration["key"] ?? throw new ArgumentException("--key: expected the file of the public key (PEM), found nothing");
        IReadOnlyList<byte[]> keys;
        EventProof proof;
        try
        {
            keys = TreeKey.ReadPem(await File.ReadAllTextAsync(keyFile, context.Stop));
        }
        catch (FormatException wrong)
        {
            throw new InvalidDataException($"{keyFile}: {wrong.Message}", wrong);
        }
        try
        {
            if (new FileInfo(path).Length > MaxFileBytes) throw new InvalidDataException($"{path}: expected a proof file of at most {MaxFileBytes >> 20} MB");
            proof = ProofFile.Read(await File.ReadAllBytesAsync(path, context.Stop));
        }
        catch (FormatException wrong)
        {
            throw new InvalidDataException($"{path}: {wrong.Message}", wrong);
        }
        var findings = ProofCheck.Check(proof, keys, TreeHeadSignature.Verify);
        foreach (var finding in findings) context.Out.WriteLine($"does not hold: {finding.Message}");
        if (findings.Count > 0) return FlawBase + (int)findings[0].Flaw;
        var (head, e) = (proof.TreeHead.Head, proof.Event);
        context.Out.WriteLine($"holds: event {e.Sequence} was recorded at {e.RecordTime:O}, event hash {Convert.ToHexStringLower(e.EventHash)}");
        context.Out.WriteLine($"  in the tree of {head.Size} events of '{head.Origin}', root {Convert.ToHexStringLower(head.RootHash)}, signed at {head.Timestamp:O} with key {proof.TreeHead.KeyId}");
        if (proof.Chain is { } chain) context.Out.WriteLine($"  in the chain of {chain.Entity}: {chain.Links.Count} links, all in that tree, head {Convert.ToHexStringLower(chain.Links[^1].Hash)}");
        return 0;
    }
}
