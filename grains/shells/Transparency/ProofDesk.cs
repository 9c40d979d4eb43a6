using TraceGrains.Contracts.Transparency;
using TraceGrains.Domain.Transparency;
using TraceGrains.Ledger;

namespace TraceGrains.Grains.Transparency;

/// <summary>Puts a proof file together.</summary>
sealed class ProofDesk(ILedger ledger, MerkleTree tree)
{
    /// <summary>Links a proof carries at most; each brings its own path through the tree.</summary>
    public const int MaxLinks = 10_000;

    public async Task<ProofAnswer> Write(LedgerEvent recorded, InclusionPath inclusion, SignedTreeHead head, string? entity)
    {
        ProvenChain? chain = null;
        if (entity is not null)
        {
            var links = await LinksOf(entity, head.Head.Size);
            if (links.Count > MaxLinks) return Refuse(TransparencyRefusal.ChainTooLong, $"entity: expected a thing with a chain of at most {MaxLinks:N0} links; that of {entity} is longer");
            if (links.All(link => link.Sequence != recorded.Sequence)) return Refuse(TransparencyRefusal.NotInChain, $"entity: expected a thing that the event names; it does not name {entity}");
            chain = new(entity, links);
        }
        var proof = new EventProof(new(recorded.Sequence, recorded.RecordTime, recorded.EventHash, recorded.Json), inclusion, head, chain);
        // What would not stand the check is not handed out as a proof: it says that the ledger was changed.
        var findings = ProofCheck.Check(proof, [], (_, _, _) => true).Where(finding => finding.Flaw != ProofFlaw.Signature).ToList();
        return findings.Count == 0 ? new() { File = ProofFile.Write(proof) } : Refuse(TransparencyRefusal.LedgerChanged, "the ledger has changed: " + findings[0].Message);
    }

    /// <summary>The chain as it stood at the head's size; the links after that are not in its tree.</summary>
    async Task<List<ProvenLink>> LinksOf(string entity, long size)
    {
        var links = new List<ProvenLink>();
        var number = (await ledger.FindEntities([entity]))[0];
        if (number == 0) return links;
        while (links.Count <= MaxLinks)
        {
            var page = await ledger.ReadChain(number, links.Count, 500);
            foreach (var (link, recorded) in page)
            {
                if (link.Sequence > size) return links;
                links.Add(new(link.Sequence, recorded?.EventHash ?? new byte[MerkleHash.Size], link.Hash, await tree.Inclusion(link.Sequence - 1, size)));
            }
            if (page.Count == 0) break;
        }
        return links;
    }

    static ProofAnswer Refuse(TransparencyRefusal refusal, string message) => new() { Refused = refusal, Message = message };
}
