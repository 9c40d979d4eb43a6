using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using TraceGrains.Contracts.Transparency;
using TraceGrains.Domain.Events;
using TraceGrains.Ledger;
using TraceGrains.Silo.Links;

namespace TraceGrains.Silo.Recalls.Reports;

/// <summary>
/// Everything that shows what was done in a case, in one archive that can be checked without the system: its chain with every event in it (entries of the file, notices, answers), a proof of each against
/// a signed tree head, the public keys, the reports. Written file by file; nothing of it is held.
/// </summary>
sealed class EvidenceBundle(ReportDesk desk, GoodsSheet sheet, ILedger ledger, IPublicDirectory directory, IGrainFactory grains)
{
    const int ChainPage = 50;

    static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task Write(Stream to, CaseReport report, CancellationToken stop)
    {
        await using var archive = await ZipArchive.CreateAsync(to, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, stop);
        var files = new BundleFiles(archive, report.Now, stop);
        await WriteReports(files, report, stop);
        await WriteChain(files, report, stop);
        foreach (var key in await Log.Keys()) await files.Add($"keys/{key.KeyId}.pem", key.Pem);
        await files.Add("README.txt", BundleReadme.Of(report));
        await files.WriteManifest();
    }

    ITransparencyGrain Log => grains.GetGrain<ITransparencyGrain>(0);

    async Task WriteReports(BundleFiles files, CaseReport report, CancellationToken stop)
    {
        var (counts, names) = (await desk.Count(report, stop), new ReportNames(directory, report.Parties));
        await files.Add("case.json", await StatusJson.Of(report, counts, names, FormParts.En));
        await files.Add("reports/status.zh.html", (await StatusPage.Of(report, counts, names, FormParts.Zh)).ToString());
        await files.Add("reports/status.en.html", (await StatusPage.Of(report, counts, names, FormParts.En)).ToString());
        var facts = await FormFacts.Read(report, desk, directory, stop);
        await files.Add("reports/plan.html", PlanForm.Of(facts).ToString());
        await files.Add("reports/summary.html", SummaryForm.Of(facts).ToString());
        await files.Add("reports/goods.csv", stream => SheetFiles.WriteCsv(stream, sheet.Rows(report, FormParts.Zh), FormParts.Zh, stop));
    }

    /// <summary>The chain of the case's URN: entries, notices and answers name it, and nothing else does.</summary>
    async Task WriteChain(BundleFiles files, CaseReport report, CancellationToken stop)
    {
        var number = (await ledger.FindEntities([report.Case.Id], stop))[0];
        if (number == 0) return;
        var length = (await ledger.ReadChainHeads([number], stop))[0];
        // The newest event first: whatever head is signed for it covers all before it.
        await WriteProof(files, "proofs/chain.proof.json", length.Sequence, report.Case.Id);
        var links = new List<object>(length.Position);
        for (var after = 0; after < length.Position;)
        {
            var page = await ledger.ReadChain(number, after, Math.Min(ChainPage, length.Position - after), stop);
            if (page.Count == 0) throw new InvalidDataException($"the chain of {report.Case.Id} ends at link {after}; expected {length.Position}");
            after = page[^1].Link.Position;
            foreach (var (link, recorded) in page)
            {
                if (recorded is null) throw new InvalidDataException($"the ledger has lost event {link.Sequence}");
                var name = $"{FolderOf(recorded.Json)}/{link.Position:000000}";
                await files.Add($"{name}.json", recorded.Json);
                await WriteProof(files, $"proofs/{name}.proof.json", link.Sequence, null);
                links.Add(new
                {
                    link.Position, link.Sequence, recorded.RecordTime, recorded.EventId, eventHash = Convert.ToHexStringLower(recorded.EventHash), linkHash = Convert.ToHexStringLower(link.Hash), file = $"{name}.json",
                });
            }
        }
        await files.Add("chain.json", JsonSerializer.SerializeToUtf8Bytes(new { entity = report.Case.Id, links }, json));
    }

    static string FolderOf(byte[] stored) => CaseEntryEvent.IsIn(stored) ? "entries" : RecallNoticeEvent.IsIn(stored) ? "notices" : "answers";

    async Task WriteProof(BundleFiles files, string path, long sequence, string? entity)
    {
        var answer = await Log.Proof(sequence, entity);
        if (answer.Refused == TransparencyRefusal.None) await files.Add(path, answer.File);
        // Each event has its own proof; a chain too long for one is checked by recomputing chain.json.
        else if (answer.Refused != TransparencyRefusal.ChainTooLong) throw new InvalidDataException($"no proof of event {sequence}: {answer.Message}");
    }
}

/// <summary>The files of a bundle: what is added is hashed on its way, for the manifest.</summary>
sealed class BundleFiles(ZipArchive archive, DateTimeOffset time, CancellationToken stop)
{
    /// <summary>The manifest, as <c>sha256sum -c</c> reads it.</summary>
    public const string Manifest = "MANIFEST.sha256";

    readonly StringBuilder manifest = new();

    public Task Add(string path, string text) => Add(path, Encoding.UTF8.GetBytes(text));

    public Task Add(string path, byte[] bytes) => Add(path, stream => stream.WriteAsync(bytes, stop).AsTask());

    public async Task Add(string path, Func<Stream, Task> write)
    {
        using var hash = SHA256.Create();
        await using (var entry = await Open(path))
        await using (var hashed = new CryptoStream(entry, hash, CryptoStreamMode.Write)) await write(hashed);
        manifest.Append(Convert.ToHexStringLower(hash.Hash!)).Append("  ").Append(path).Append('\n');
    }

    public async Task WriteManifest()
    {
        await using var entry = await Open(Manifest);
        await entry.WriteAsync(Encoding.UTF8.GetBytes(manifest.ToString()), stop);
    }

    Task<Stream> Open(string path)
    {
        var entry = archive.CreateEntry(path, CompressionLevel.Fastest);
        entry.LastWriteTime = time;
        return entry.OpenAsync(stop);
    }
}
