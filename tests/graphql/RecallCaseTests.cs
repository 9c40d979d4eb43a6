using System.Collections.Concurrent;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Recalls;
using TraceGrains.Domain.Recalls.Cases;
using TraceGrains.Domain.Recalls.Clocks;

namespace TraceGrains.GraphQL.Tests;

public sealed class RecallCaseTests
{
    const string Id = "0199d0a4-7c1e-7cc0-8000-000000000001", Urn = $"urn:tracegrains:recall:{Id}", Lot = "https://id.gs1.org/01/10614141123459/10/L1", LotUrn = "urn:epc:class:lgtin:0614141.112345.L1";

    static CaseView View(CaseState state) => new()
    {
        Id = Urn, State = state, Mode = CaseMode.Live, Title = "Listeria", Reason = "found", OpenedAt = DateTimeOffset.UnixEpoch, Entries = 3, Class = RecallClass.II, Depth = RecallDepth.Retail, Regimes = ["cn-food"],
    };

    [Fact]
    public async Task Every_act_comes_through_as_the_entry_it_is_to_become()
    {
        await using var surface = await Surface.Start();
        var acts = new ConcurrentQueue<CaseAct>();
        surface.Grains.OnAct = act =>
        {
            acts.Enqueue(act);
            return new() { Case = View(CaseState.Assessed), Entry = 3 };
        };
        const string act = $$"""act: { case: "{{Id}}", actId: "1", by: { name: "Li", party: "urn:epc:id:pgln:0614141.00000", role: "officer" } }""", hash = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
        var data = await surface.Data($$"""
            mutation {
              a: openRecallCase(input: { id: "{{Id}}", by: { name: "Li" }, title: "Listeria", reason: "found", source: "lab", mode: DRILL, regimes: ["cn-food"], scope: { batch: "{{LotUrn}}" } }) { case { id state mode class depth regimes } entry refusal { reason } }
              b: rescopeRecallCase({{act}}, scope: { batch: "{{LotUrn}}" }, reason: "slip") { entry }
              c: assessRecallCase({{act}}, assessment: { class: I, depth: CONSUMER, hazard: "h", strategy: "s", instructions: "i" }) { entry }
              d: issueRecallCase({{act}}) { entry }
              e: widenRecallCase({{act}}, scope: { batch: "{{LotUrn}}" }, reason: "more") { entry }
              f: narrowRecallCase({{act}}, scope: { batch: "{{LotUrn}}" }, reason: "less") { entry }
              g: addCaseEvidence({{act}}, evidence: { name: "photo", sha256: "{{hash}}", mediaType: "image/jpeg", bytes: 5 }) { entry }
              h: signCaseEntry({{act}}, entry: 2, entryHash: "{{hash}}", statement: "agreed") { entry }
              i: submitCaseReport({{act}}, regime: "cn-food", report: "plan", sha256: "{{hash}}") { entry }
              j: completeRecallCase({{act}}, statement: "done", unanswered: "a shop is closed") { entry }
              k: terminateRecallCase({{act}}, lessons: "wash", staysBlocked: true) { entry }
              l: withdrawRecallCase({{act}}, reason: "mistaken") { entry }
            }
            """);
        const string scope = $$"""{\"batch\":\"{{Lot}}\"}""";
        Assert.Equal(
            [
                $$"""{"kind":"opened","title":"Listeria","mode":"drill","reason":"found","scope":"{{scope}}","regimes":["cn-food"],"source":"lab"}""",
                $$"""{"kind":"rescoped","scope":"{{scope}}","reason":"slip"}""",
                """{"kind":"assessed","class":"i","depth":"consumer","hazard":"h","strategy":"s","instructions":"i"}""",
                """{"kind":"issued"}""",
                $$"""{"kind":"widened","scope":"{{scope}}","reason":"more"}""",
                $$"""{"kind":"narrowed","scope":"{{scope}}","reason":"less"}""",
                $$"""{"kind":"evidenceAdded","name":"photo","sha256":"{{hash}}","mediaType":"image/jpeg","bytes":5}""",
                $$"""{"kind":"signed","entry":2,"entryHash":"{{hash}}","statement":"agreed"}""",
                $$"""{"kind":"reportSubmitted","regime":"cn-food","report":"plan","sha256":"{{hash}}"}""",
                """{"kind":"completed","statement":"done","unanswered":"a shop is closed"}""",
                """{"kind":"terminated","lessons":"wash","staysBlocked":true}""",
                """{"kind":"withdrawn","reason":"mistaken"}""",
            ], acts.Select(one => one.Entry));
        Assert.All(acts.Skip(1), one => Assert.Equal(("Li", "https://id.gs1.org/417/0614141000005", "officer", "1"), (one.ByName, one.ByParty, one.ByRole, one.ActId)));
        Assert.Equal((Urn, "ASSESSED", "LIVE", "II", "RETAIL", "cn-food"),
            (data.Text("a", "case", "id"), data.Text("a", "case", "state"), data.Text("a", "case", "mode"), data.Text("a", "case", "class"), data.Text("a", "case", "depth"), data.Text("a", "case", "regimes", 0)));
    }

    [Fact]
    public async Task A_refused_act_says_which_rule_it_breaks()
    {
        await using var surface = await Surface.Start();
        surface.Grains.OnAct = _ => new() { Refused = CaseRefusal.StateForbids, Message = "state: expected ASSESSED; the case is SUSPECTED" };
        var payload = (await surface.Data($$"""mutation { issueRecallCase(act: { case: "{{Id}}", by: { name: "Li" } }) { case { id } entry refusal { reason message } } }""")).GetProperty("issueRecallCase");
        Assert.Equal((null, null, "STATE_FORBIDS", "state: expected ASSESSED; the case is SUSPECTED"), (payload.Text("case"), payload.Text("entry"), payload.Text("refusal", "reason"), payload.Text("refusal", "message")));
    }

    [Fact]
    public async Task A_case_is_read_with_its_file_page_by_page()
    {
        await using var surface = await Surface.Start();
        surface.Grains.Cases[Urn] = View(CaseState.Monitoring);
        var data = await surface.Data($$"""
            { recallCase(id: "{{Id}}") { state entries(first: 2) { nodes { number kind content eventHash by { name role } } pageInfo { endCursor hasNextPage } } rest: entries(first: 2, after: "2") { nodes { number } pageInfo { hasNextPage } } }
              none: recallCase(id: "urn:tracegrains:recall:nothing") { id }
              recallCases(first: 5, states: [MONITORING]) { nodes { id } pageInfo { hasNextPage } } suspected: recallCases(states: [SUSPECTED]) { nodes { id } } }
            """);
        var file = data.GetProperty("recallCase").GetProperty("entries");
        Assert.Equal(("1", "issued", """{"kind":"issued"}""", "TraceGrains"), (file.Text("nodes", 0, "number"), file.Text("nodes", 0, "kind"), file.Text("nodes", 0, "content"), file.Text("nodes", 0, "by", "name")));
        Assert.Equal(("2", "True"), (file.Text("pageInfo", "endCursor"), file.Text("pageInfo", "hasNextPage")));
        Assert.Equal(("3", "False"), (data.Text("recallCase", "rest", "nodes", 0, "number"), data.Text("recallCase", "rest", "pageInfo", "hasNextPage")));
        Assert.Equal((null, Urn), (data.Text("none"), data.Text("recallCases", "nodes", 0, "id")));
        Assert.Equal(0, data.GetProperty("suspected").GetProperty("nodes").GetArrayLength());
    }

    [Fact]
    public async Task Answers_come_through_in_canonical_codes()
    {
        await using var surface = await Surface.Start();
        var acts = new ConcurrentQueue<CaseAct>();
        surface.Grains.Cases[Urn] = View(CaseState.Monitoring);
        surface.Grains.OnAct = act =>
        {
            acts.Enqueue(act);
            return new() { Case = View(CaseState.Monitoring), Entry = 3 };
        };
        const string act = $$"""act: { case: "{{Id}}", by: { name: "Li" } }""", party = "urn:epc:id:pgln:0614141.00000", code = "https://id.gs1.org/417/0614141000005", unit = "urn:epc:id:sgtin:0614141.112345.7";
        var data = await surface.Data($$"""
            mutation {
              a: acknowledgeRecall({{act}}, party: "{{party}}") { entry }
              b: answerRecall({{act}}, party: "{{party}}", note: "n", lines: [{ outcome: DESTROYED, codes: ["{{unit}}"], witness: "Zhao", evidence: ["e"] }, { outcome: RETURNED, amounts: [{ lot: "{{LotUrn}}", quantity: 2.5, uom: "KGM" }], to: "{{party}}" }]) { entry }
              c: passOnRecalledGoods({{act}}, party: "{{party}}", to: [{ name: "Canteen", codes: ["{{unit}}"] }]) { entry }
              d: makeAnswerLink({{act}}, party: "{{party}}", days: 3) { path expires refusal { reason } }
            }
            """);
        const string sgtin = "https://id.gs1.org/01/10614141123459/21/7";
        Assert.Equal(
            [
                $$"""{"kind":"acknowledged","party":"{{code}}"}""",
                $$"""{"kind":"answered","party":"{{code}}","lines":[{"outcome":"destroyed","codes":["{{sgtin}}"],"amounts":[],"witness":"Zhao","evidence":["e"]},{"outcome":"returned","codes":[],"amounts":[{"lot":"{{Lot}}","quantity":2.5,"uom":"KGM"}],"to":"{{code}}"}],"note":"n"}""",
                $$"""{"kind":"passedOn","party":"{{code}}","to":[{"name":"Canteen","codes":["{{sgtin}}"],"amounts":[]}]}""",
            ], acts.Select(one => one.Entry));
        Assert.Equal(($"/recall-answer/Li.{code}", "1970-01-04T00:00:00+00:00"), (data.Text("d", "path"), data.Text("d", "expires")));
    }

    [Fact]
    public async Task Parties_goods_and_inbox_are_read_page_by_page()
    {
        await using var surface = await Surface.Start();
        const string party = "https://id.gs1.org/417/0614141000005";
        surface.Grains.Cases[Urn] = View(CaseState.Monitoring);
        surface.Grains.Parties.Add(new() { Things = 9, OnTheWay = 0, Lots = 0 });
        surface.Grains.Parties.Add(new()
        {
            Party = party, Things = 4, OnTheWay = 1, Lots = 2, NotifiedAt = DateTimeOffset.UnixEpoch, Answered = [new(Domain.Recalls.Answers.AnswerOutcome.Sold, 3)], Reminders = 1, Level = EscalationLevel.District, ToldOf = 7,
        });
        var data = await surface.Data($$"""
            { recallCase(id: "{{Id}}") { parties(first: 1) { nodes { party things } pageInfo { endCursor } } rest: parties(first: 5, after: "") { nodes { party things onTheWay lots toldOf level reminders answered { outcome count } goods(first: 2) { nodes { code } lots { lot quantity uom isOnTheWay } pageInfo { endCursor } } } }
                party(code: "urn:epc:id:pgln:0614141.00000") { things } none: party(code: "urn:ex:none") { things } }
              recallInbox(party: "urn:epc:id:pgln:0614141.00000") { case { id } party { things } } }
            """);
        var recall = data.GetProperty("recallCase");
        Assert.Equal((null, "9", ""), (recall.Text("parties", "nodes", 0, "party"), recall.Text("parties", "nodes", 0, "things"), recall.Text("parties", "pageInfo", "endCursor")));
        var one = recall.GetProperty("rest").GetProperty("nodes")[0];
        Assert.Equal((party, "4", "1", "2", "7", "DISTRICT", "SOLD"), (one.Text("party"), one.Text("things"), one.Text("onTheWay"), one.Text("lots"), one.Text("toldOf"), one.Text("level"), one.Text("answered", 0, "outcome")));
        Assert.Equal(($"urn:ex:{party}::2", "2.5", "True", "next"), (one.Text("goods", "nodes", 0, "code"), one.Text("goods", "lots", 0, "quantity"), one.Text("goods", "lots", 0, "isOnTheWay"), one.Text("goods", "pageInfo", "endCursor")));
        Assert.Equal(("4", null, Urn, "4"), (recall.Text("party", "things"), recall.Text("none"), data.Text("recallInbox", 0, "case", "id"), data.Text("recallInbox", 0, "party", "things")));
    }

    [Fact]
    public async Task Clocks_checks_and_drills_come_through()
    {
        await using var surface = await Surface.Start();
        var acts = new ConcurrentQueue<CaseAct>();
        surface.Grains.Cases[Urn] = View(CaseState.Monitoring);
        surface.Grains.OnAct = act =>
        {
            acts.Enqueue(act);
            return new() { Case = View(CaseState.Monitoring), Entry = 3 };
        };
        surface.Grains.Obligations.Add(new()
        {
            Id = "cn-food/plan/1", Regime = "cn-food", Report = "plan", Number = 1, Kind = ObligationKind.SubmitPlan, NameEn = "plan", NameZh = "计划", From = DateTimeOffset.UnixEpoch, State = ObligationState.Overdue,
            Level = EscalationLevel.City, Trust = SourceTrust.NotVerified, Source = "13", WhyEn = "why", WhyZh = "因", Form = ReportForm.Plan,
        });
        surface.Grains.Obligations.Add(surface.Grains.Obligations[0] with { Id = "cn-food/start/1", Form = null });
        surface.Grains.Checks = new()
        {
            Level = Domain.Recalls.Effectiveness.EffectivenessLevel.C, Commitment = "c", Seed = "s",
            Tiers = [new() { Tier = RecallDepth.Retail, Listed = 20, ListHash = "h", Drawn = ["urn:ex:a", "urn:ex:b"], Checked = 2, Reached = 2, Notified = 2, Acted = 1, Effective = 1, Lower = 0.1, Upper = 0.9 }],
        };
        surface.Grains.Drill = new()
        {
            StartedAt = DateTimeOffset.UnixEpoch, MinutesToScope = 3, NotifiedPercent = 100, AcknowledgedAt2h = 50, AcknowledgedAt4h = 75,
            Proofs = [new() { Proof = Domain.Recalls.Drills.DrillProof.MassBalance, IsProven = true, WhyEn = "w", WhyZh = "因" }],
            Schemes = [new() { Scheme = "brcgs", Trust = SourceTrust.Verified, Passed = false, Failures = ["late"] }],
        };
        var recall = (await surface.Data($$"""
            { recallCase(id: "{{Id}}") { obligations { id kind state level trust name nameZh due draft } checks { level commitment seed tiers { tier listed drawn rate rateLower } } drill { minutesToScope acknowledgedAt2h proofs { proof isProven } schemes { scheme passed failures } } }
              recallRegimes { id clocks { id trust } } effectivenessQuestions { id kind required } }
            """));
        var one = recall.GetProperty("recallCase");
        Assert.Equal(("cn-food/plan/1", "SUBMIT_PLAN", "OVERDUE", "CITY", "NOT_VERIFIED", null), (one.Text("obligations", 0, "id"), one.Text("obligations", 0, "kind"), one.Text("obligations", 0, "state"), one.Text("obligations", 0, "level"), one.Text("obligations", 0, "trust"), one.Text("obligations", 0, "due")));
        Assert.Equal(($"/recall-reports/{Id}/plan", null), (one.Text("obligations", 0, "draft"), one.Text("obligations", 1, "draft")));
        Assert.Equal(("C", "RETAIL", "0.5", "urn:ex:a"), (one.Text("checks", "level"), one.Text("checks", "tiers", 0, "tier"), one.Text("checks", "tiers", 0, "rate"), one.Text("checks", "tiers", 0, "drawn", 0)));
        Assert.Equal(("3", "massBalance", "brcgs", "late"), (one.Text("drill", "minutesToScope"), one.Text("drill", "proofs", 0, "proof"), one.Text("drill", "schemes", 0, "scheme"), one.Text("drill", "schemes", 0, "failures", 0)));
        Assert.Contains(recall.GetProperty("recallRegimes").EnumerateArray(), regime => regime.Text("id") == "cn-food");
        Assert.NotEqual(0, recall.GetProperty("effectivenessQuestions").GetArrayLength());

        const string act = $$"""act: { case: "{{Id}}", by: { name: "Li" } }""", hash = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
        await surface.Data($$"""
            mutation {
              a: announceRecall({{act}}, where: "press") { entry }
              b: agreeCaseTime({{act}}, regime: "cn-food", report: "complete", note: "letter", until: "2030-01-01T00:00:00Z") { entry }
              c: commitCaseDraw({{act}}, level: B, commitment: "{{hash}}", percent: 12.5) { entry }
              d: drawCaseChecks({{act}}, seed: "{{hash}}") { entry }
              e: recordCaseCheck({{act}}, party: "urn:ex:a", method: VISIT, answers: [{ question: "reached", answer: "yes" }]) { entry }
            }
            """);
        Assert.Equal(
            [
                """{"kind":"announced","where":"press"}""", """{"kind":"agreed","regime":"cn-food","report":"complete","note":"letter","until":"2030-01-01T00:00:00+00:00"}""",
                $$"""{"kind":"drawCommitted","level":"b","commitment":"{{hash}}","percent":12.5}""", $$"""{"kind":"drawn","seed":"{{hash}}","tiers":[]}""",
                """{"kind":"checked","party":"urn:ex:a","method":"visit","answers":{"reached":"yes"}}""",
            ], acts.Select(sent => sent.Entry));
    }
}
