namespace TraceGrains.Silo.Recalls.Reports;

/// <summary>What lies in a bundle and how to check it, for whoever gets it and has nothing else.</summary>
static class BundleReadme
{
    public static string Of(CaseReport report) => $"""
        EVIDENCE OF A RECALL CASE / 召回案件证据包
        {report.Case.Id}
        {(report.IsDrill ? "EXERCISE / 演练\n" : "")}as of event {report.AsOf} of the ledger, recorded {report.AsOfTime.UtcDateTime:O} / 截至账本第 {report.AsOf} 条

        WHAT IS HERE / 内容
        case.json           the case in figures / 案件数据
        chain.json          its chain: every event that names the case, in order, with event hash and link hash / 案件哈希链
        entries/            what was done in the case: one EPCIS event a file, the bytes as recorded / 案卷条目
        notices/            recall notices, with the goods they name / 召回通知
        answers/            what holders said became of their goods / 持有者答复
        proofs/             a proof of each of these events, and of the chain (chain.proof.json) / 每个事件的证明
        keys/               public keys of the log, by id / 公钥
        reports/            status, plan, summary, sheet of goods, as made with this bundle / 报告
        MANIFEST.sha256     SHA-256 of every other file / 文件清单

        HOW TO CHECK / 如何核验
        1. Files are as they were made:          sha256sum -c MANIFEST.sha256
        2. An event was recorded as it is here:  tracegrains-silo verify proofs/entries/000001.proof.json --key keys/KEYID.pem
           The proof holds the event's bytes; they are those of the file of the same name.
        3. The file of the case is whole:        tracegrains-silo verify proofs/chain.proof.json --key keys/KEYID.pem
           (left out where a case has more than 10,000 events; then recompute chain.json)
        4. By hand: event hash = SHA-256(record time in Unix milliseconds, 8 bytes big-endian, then the bytes of the event);
           link hash = SHA-256(link hash before, 32 zero bytes before the first, then the event hash).
        5. Compare the id of the key with what the operator of the log publishes elsewhere: a key that comes with a proof proves nothing alone.
        What the reports count is worked out from all events of the ledger, of which this bundle has those that name the case.

        """.ReplaceLineEndings("\n");
}
