using System.Globalization;
using TraceGrains.Domain.Transparency;
using TraceGrains.Grains.Transparency;
using TraceGrains.Ledger.Audit;
using TraceGrains.Silo.Storage;

namespace TraceGrains.Silo.Commands;

/// <summary>Checks a proof file offline: nothing but the file and the public key is needed. Or the audit log, where it is kept.</summary>
sealed class VerifyCommand : ICommand
{
    /// <summary>A proof that does not hold ends with this plus the number of its first flaw: 11 event, 12 chain, 13 inclusion, 14 signature.</summary>
    public const int FlawBase = 10;

    /// <summary>An audit log that does not hold.</summary>
    public const int AuditFlaw = 15;

    const long MaxFileBytes = 256L << 20;

    public string Name => "verify";
    public string Usage => "verify PROOF.json --key PUBLIC.pem | verify --audit [--head NUMBER:HASH]";
    public string Summary => "checks a proof file without a ledger: chain, inclusion, signature; exit code 0 when it holds, 11 event, 12 chain, 13 inclusion, 14 signature does not hold; with --audit the audit log, also under a running silo, and that it comes to a head kept from earlier: 15 does not hold";

    public async Task<int> Run(CommandContext context)
    {
        if (context.Has("audit")) return await Audit(context);
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

    static async Task<int> Audit(CommandContext context)
    {
        if (context.Words.Count > 0) throw new ArgumentException($"--audit: expected no further argument, found '{context.Words[0]}'");
        var known = context.Configuration["head"] is { } head ? Known(head) : ((long, byte[])?)null;
        var options = context.Options;
        // A log that is not there is none that holds.
        if (options.Postgres is null && !File.Exists(LedgerStore.AuditFile(options))) throw new FileNotFoundException($"{LedgerStore.AuditFile(options)}: expected the audit log, found no file");
        await using var log = await LedgerStore.OpenAudit(options, mayMigrate: false);
        var found = await AuditVerification.Run(log, known, context.Stop);
        context.Out.WriteLine(found.BrokenAt is { } at
            ? $"does not hold: audit entry {at} is not what it was, or is gone; the ones before hold, to {found.Last}:{Convert.ToHexStringLower(found.Head)}"
            : $"holds: {found.Last:N0} audit entries, head {found.Last}:{Convert.ToHexStringLower(found.Head)}");
        return found.BrokenAt is null ? 0 : AuditFlaw;
    }

    static (long Number, byte[] Hash) Known(string head)
    {
        try
        {
            if (head.Split(':') is [var number, { Length: 64 } hash] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) && parsed > 0) return (parsed, Convert.FromHexString(hash));
        }
        catch (FormatException)
        {
        }
        throw new ArgumentException($"--head: expected the number of an entry, a colon and its hash in 64 hexadecimal digits, found '{head}'");
    }
}
