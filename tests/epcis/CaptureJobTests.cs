using System.Text.Json;
using static TraceGrains.Epcis.Tests.Documents;

namespace TraceGrains.Epcis.Tests;

public class CaptureJobTests(SharedSilo shared)
{
    static readonly (string, string) Async = ("Prefer", "respond-async");

    [Fact]
    public async Task A_capture_is_a_job_that_has_finished_when_its_sender_hears_of_it_and_stands_at_its_Location()
    {
        var (id, other) = (NewId(), NewUnit());

        var answer = await shared.Silo.Capture(Document(Shipping(id, NewUnit()), Shipping(null, other)));

        Assert.Equal(202, answer.Status);
        Assert.False(answer.Headers.ContainsKey("Preference-Applied"));
        Assert.Equal($"/epcis/capture/{answer.Root.GetProperty("captureID").GetString()}", answer.Headers["Location"]);
        Assert.Equal([id, answer.Receipts[1].EventId], answer.Receipts.Select(receipt => receipt.EventId));
        HasFinished(answer.Root, isSuccess: true, "rollback");
        var job = await shared.Silo.Get(answer.Headers["Location"]);
        Assert.Equal(200, job.Status);
        Assert.True(JsonElement.DeepEquals(answer.Root, job.Root), job.Body);
    }

    [Fact]
    public async Task A_document_that_is_refused_while_its_sender_waits_leaves_no_job()
    {
        var before = await NewestJob();

        (await shared.Silo.Capture("{}"u8.ToArray())).IsProblem(400, "ValidationException");

        Assert.Equal(before, await NewestJob());
    }

    [Theory]
    [InlineData("respond-async", true)]
    [InlineData("return=minimal, Respond-Async", true)]
    [InlineData("wait=0", false)]
    [InlineData("respond-async, wait=0", false)]
    public async Task Whoever_does_not_want_to_wait_hears_of_a_job_that_runs_and_finds_it_finished_later(string preference, bool neverWaits)
    {
        var (unit, other) = (NewUnit(), NewUnit());

        var answer = await shared.Silo.Capture(Document(Shipping(NewId(), unit), Shipping(null, other)), headers: ("Prefer", preference));

        Assert.Equal(202, answer.Status);
        // Without patience a quick document may be done all the same.
        var isRunning = answer.Root.GetProperty("running").GetBoolean();
        Assert.True(isRunning || !neverWaits);
        Assert.Equal(isRunning, answer.Headers.ContainsKey("Preference-Applied"));
        Assert.Equal(!isRunning, answer.Root.TryGetProperty("finishedAt", out _));
        Assert.True(answer.Root.GetProperty("success").GetBoolean());
        var job = await Finished(shared.Silo, answer);
        HasFinished(job, isSuccess: true, "rollback");
        Assert.Equal([0, 1], job.GetProperty("events").EnumerateArray().Select(receipt => receipt.GetProperty("eventIndex").GetInt32()));
        foreach (var code in (string[])[unit, other])
            Assert.Equal(1, (await shared.Silo.Query("query($code: String!) { unit(code: $code) { chainLength } }", new { code })).GetProperty("unit").GetProperty("chainLength").GetInt32());
    }

    [Fact]
    public async Task What_is_wrong_with_a_document_nobody_waits_for_stands_in_its_job_by_event()
    {
        var (good, id) = (NewId(), NewId());
        await shared.Silo.Capture(Document(Shipping(id, NewUnit())));

        var invalid = await Finished(shared.Silo, await shared.Silo.Capture(
            Document(Shipping(good, NewUnit()), Shipping(NewId(), NewUnit(), ""","disposition":"teleported" """)), headers: Async));
        var conflict = await Finished(shared.Silo, await shared.Silo.Capture(Document(Shipping(good, NewUnit()), Shipping(id, NewUnit())), headers: Async));
        var garbage = await Finished(shared.Silo, await shared.Silo.Capture("{\"type\":"u8.ToArray(), headers: Async));

        foreach (var job in (JsonElement[])[invalid, conflict, garbage])
        {
            HasFinished(job, isSuccess: false, "rollback");
            Assert.Equal(0, job.GetProperty("events").GetArrayLength());
        }
        var error = Assert.Single(invalid.GetProperty("errors").EnumerateArray());
        Assert.Equal((1, "disposition", "\"teleported\"", 400, "epcisException:ValidationException"),
            (error.GetProperty("eventIndex").GetInt32(), error.GetProperty("field").GetString(), error.GetProperty("found").GetString(), error.GetProperty("status").GetInt32(), error.GetProperty("type").GetString()));
        Assert.Contains("event 1, disposition: expected a CBV disposition", error.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal((1, 409), (conflict.GetProperty("errors")[0].GetProperty("eventIndex").GetInt32(), conflict.GetProperty("errors")[0].GetProperty("status").GetInt32()));
        Assert.Equal("document", garbage.GetProperty("errors")[0].GetProperty("field").GetString());
        Assert.Equal(404, (await shared.Silo.EventById(good)).Status);
    }

    [Fact]
    public async Task Jobs_are_listed_newest_first_and_pages_neither_skip_nor_repeat_while_jobs_come()
    {
        var made = new List<string>();
        for (var i = 0; i < 5; i++) made.Insert(0, await NewJob());

        var first = await shared.Silo.Get("/epcis/capture?perPage=2");
        var newer = await NewJob();
        var second = await shared.Silo.Get(Next(first)!);
        var third = await shared.Silo.Get(Next(second)!);

        Assert.Equal(made, Ids(first).Concat(Ids(second)).Concat(Ids(third)).Take(5));
        Assert.Equal(newer, Ids(await shared.Silo.Get("/epcis/capture?perPage=1")).Single());
        HasFinished(first.Root[0], isSuccess: true, "rollback");
        // To the end: every page but the last names the next.
        var (seen, at) = (new HashSet<string>(), "/epcis/capture?perPage=100");
        for (string? next = at; next is not null;)
        {
            var page = await shared.Silo.Get(next);
            Assert.All(Ids(page), id => Assert.True(seen.Add(id)));
            next = Next(page);
        }
        Assert.Superset(made.Append(newer).ToHashSet(), seen);
    }

    [Theory]
    [InlineData("/epcis/capture?perPage=0", 400)]
    [InlineData("/epcis/capture?perPage=101", 400)]
    [InlineData("/epcis/capture?perPage=many", 400)]
    [InlineData("/epcis/capture?nextPageToken=x", 400)]
    [InlineData("/epcis/capture/nobody", 404)]
    public async Task A_page_or_job_that_there_is_not_is_refused(string path, int status) =>
        (await shared.Silo.Get(path)).IsProblem(status, status == 404 ? "NoSuchResourceException" : "ValidationException");

    [Fact]
    public async Task A_job_that_was_accepted_before_the_process_was_killed_finishes_after_the_restart_and_its_events_are_recorded_once()
    {
        const int Documents = 6, Events = 500, Rounds = 10;
        await using var silo = await Silo.Start();
        var finished = await silo.Capture(Document(Shipping(NewId(), NewUnit())));
        var (cutShort, rounds) = (0, 0);
        // Whichever jobs are cut short, and wherever, the outcome must be the same; in some round at least one is.
        while (cutShort == 0 && rounds++ < Rounds)
        {
            var units = Enumerable.Range(0, Documents).Select(_ => NewUnit()).ToArray();
            var documents = units.Select(unit => Document(Enumerable.Range(0, Events).Select(_ => Shipping(NewId(), unit)))).ToArray();
            var accepted = await Task.WhenAll(documents.Select((document, i) => silo.Capture(document, headers: ("Prefer", i % 2 == 0 ? "respond-async" : "wait=0"))));
            Assert.All(accepted, answer => Assert.Equal(202, answer.Status));

            cutShort = await silo.KillAndStart();

            for (var i = 0; i < Documents; i++)
            {
                var job = await Finished(silo, accepted[i]);
                HasFinished(job, isSuccess: true, "rollback");
                Assert.Equal(Events, job.GetProperty("events").EnumerateArray().Select(receipt => receipt.GetProperty("sequence").GetInt64()).Distinct().Count());
                var unit = (await silo.Query("query($unit: String!) { unit(code: $unit) { chainLength verify { holds } } }", new { unit = units[i] })).GetProperty("unit");
                Assert.Equal((Events, true), (unit.GetProperty("chainLength").GetInt32(), unit.GetProperty("verify").GetProperty("holds").GetBoolean()));
            }
        }

        Assert.NotEqual(0, cutShort);
        var again = await silo.Get(finished.Headers["Location"]);
        Assert.True(JsonElement.DeepEquals(finished.Root, again.Root), again.Body);
        Assert.Equal(1 + rounds * Documents * Events + 1, await silo.NextSequence());
    }

    [Fact]
    public async Task Large_documents_that_come_together_are_all_captured_one_after_the_other()
    {
        var units = Enumerable.Range(0, 4).Select(_ => NewUnit()).ToArray();
        // Over 1 MB each, by a field that is no identifier.
        var documents = units.Select(unit => Document(Shipping(NewId(), unit, $",\"ex:note\":\"{new string('x', 1_200_000)}\"")));

        var answers = await Task.WhenAll(documents.Select((document, i) => shared.Silo.Capture(document, headers: i % 2 == 0 ? [] : [("Prefer", "wait=0")])));

        Assert.All(answers, answer => Assert.Equal(202, answer.Status));
        foreach (var answer in answers) HasFinished(await Finished(shared.Silo, answer), isSuccess: true, "rollback");
        foreach (var unit in units)
            Assert.Equal(1, (await shared.Silo.Query("query($unit: String!) { unit(code: $unit) { chainLength } }", new { unit })).GetProperty("unit").GetProperty("chainLength").GetInt32());
    }

    [Fact]
    public async Task While_the_ledger_cannot_be_written_a_sender_who_waits_hears_503_and_an_accepted_document_is_captured_as_soon_as_it_can()
    {
        await using var silo = await Silo.Start();
        var (waited, accepted) = (Document(Shipping(NewId(), NewUnit())), Document(Shipping(NewId(), NewUnit())));
        Answer failed, job;
        using (silo.LockLedger())
        {
            failed = await silo.Capture(waited);
            job = await silo.Capture(accepted, headers: Async);
            // Another that fails: by then the first try for the job has failed as well.
            Assert.Equal(503, (await silo.Capture(waited)).Status);
        }

        failed.IsProblem(503, "ImplementationException");
        Assert.Equal(202, job.Status);
        HasFinished(await Finished(silo, job), isSuccess: true, "rollback");
        Assert.Equal([false], (await silo.Capture(waited)).Receipts.Select(receipt => receipt.IsRepeat));
        Assert.Equal(3, await silo.NextSequence());
    }

    async Task<string> NewJob() => (await shared.Silo.Capture(Document(Shipping(NewId(), NewUnit())))).Root.GetProperty("captureID").GetString()!;

    async Task<string?> NewestJob() => Ids(await shared.Silo.Get("/epcis/capture?perPage=1")).FirstOrDefault();

    static string[] Ids(Answer page) => [.. page.Root.EnumerateArray().Select(job => job.GetProperty("captureID").GetString()!)];

    static string? Next(Answer page) => page.Headers.TryGetValue("Link", out var link) && link.EndsWith(">; rel=\"next\"", StringComparison.Ordinal) ? link[1..link.IndexOf('>', StringComparison.Ordinal)] : null;

    static void HasFinished(JsonElement job, bool isSuccess, string behaviour)
    {
        Assert.False(job.GetProperty("running").GetBoolean());
        Assert.Equal(isSuccess, job.GetProperty("success").GetBoolean());
        Assert.Equal(isSuccess, job.GetProperty("errors").GetArrayLength() == 0);
        Assert.Equal(behaviour, job.GetProperty("captureErrorBehaviour").GetString());
        Assert.True(job.GetProperty("createdAt").GetDateTimeOffset() <= job.GetProperty("finishedAt").GetDateTimeOffset());
    }

    /// <summary>The binding has no other way to learn that a job has finished than to ask again.</summary>
    internal static async Task<JsonElement> Finished(Silo silo, Answer accepted)
    {
        while (true)
        {
            var job = await silo.Get(accepted.Headers["Location"]);
            Assert.True(job.Status == 200, job.Body);
            if (!job.Root.GetProperty("running").GetBoolean()) return job.Root;
            await Task.Delay(20);
        }
    }
}
