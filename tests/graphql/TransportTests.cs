using System.Net.Http.Headers;
using System.Text.Json;
using static TraceGrains.GraphQL.Tests.Surface;

namespace TraceGrains.GraphQL.Tests;

public sealed class TransportTests
{
    const string Recalls = "{ recalls { id } }";
    const string Issue = """mutation { issueRecall(input: { scope: { code: "urn:xx:lot" }, reason: "r", class: I }) { refusal { message } } }""";
    const string Progress = """subscription { recallProgress(id: "urn:tracegrains:recall:r") { status } }""";

    [Theory]
    [InlineData(null, GraphQLJson)]
    [InlineData("*/*", GraphQLJson)]
    [InlineData("application/*", GraphQLJson)]
    [InlineData(Json, Json)]
    [InlineData("application/json; charset=utf-8", Json)]
    [InlineData("application/graphql-response+json, application/json;q=0.9", GraphQLJson)]
    [InlineData("application/graphql-response+json;q=0.5, application/json;q=0.9", Json)]
    [InlineData("application/graphql-response+json;q=0, */*", Json)]
    [InlineData("application/graphql-response+json, application/json, text/event-stream", GraphQLJson)]
    public async Task An_answer_comes_in_the_form_the_client_likes_best(string? accept, string form)
    {
        await using var surface = await Surface.Start();
        foreach (var request in new[] { surface.Post(Recalls, accept: accept), surface.Get(Recalls, accept) })
        {
            var answer = await surface.Send(request);
            Assert.Equal((200, form, """{"data":{"recalls":[]}}"""), (answer.Status, answer.MediaType, answer.Body));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{ recalls { id ")]
    [InlineData("{ nothing }")]
    [InlineData("query($n: Int!) { recalls(first: $n) { id } }")]
    [InlineData("query A { recalls { id } } query B { recalls { id } }")]
    public async Task A_request_that_cannot_run_is_400_in_the_new_form_and_200_in_the_old(string query)
    {
        await using var surface = await Surface.Start();
        var (asNew, asOld) = (await surface.Send(surface.Post(query)), await surface.Send(surface.Post(query, accept: Json)));
        Assert.Equal((400, 200), (asNew.Status, asOld.Status));
        Assert.Equal(asNew.Body, asOld.Body);
        Assert.False(asNew.Root.TryGetProperty("data", out _));
        Assert.NotEqual("", asNew.Root.Text("errors", 0, "message"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("\"{ recalls { id } }\"")]
    [InlineData("{}")]
    [InlineData("""{"query": 7}""")]
    [InlineData("""{"query": "{ recalls { id } }", "variables": []}""")]
    [InlineData("""{"query": "{ recalls { id } }", "variables": "{}"}""")]
    [InlineData("""{"query": "{ recalls { id } }", "operationName": {}}""")]
    [InlineData("""{"query": "{ recalls { id } }", "extensions": 1}""")]
    public async Task A_body_that_is_no_request_is_400_in_every_form(string body)
    {
        await using var surface = await Surface.Start();
        foreach (var accept in new[] { GraphQLJson, Json })
        {
            var answer = await surface.Send(surface.PostBody(body, accept));
            Assert.Equal((400, accept), (answer.Status, answer.MediaType));
            Assert.Contains("expected", answer.Root.Text("errors", 0, "message"));
        }
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/json; charset=utf-16")]
    public async Task A_body_that_is_not_JSON_in_UTF_8_is_415(string contentType)
    {
        await using var surface = await Surface.Start();
        Assert.Equal(415, (await surface.Send(surface.PostBody("""{"query":"{ recalls { id } }"}""", contentType: contentType))).Status);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_413()
    {
        await using var surface = await Surface.Start();
        var fits = JsonSerializer.Serialize(new { query = Recalls }).PadRight(Limits.BodyBytesMax);
        Assert.Equal(200, (await surface.Send(surface.PostBody(fits))).Status);
        Assert.Equal(413, (await surface.Send(surface.PostBody(fits + " "))).Status);
    }

    [Theory]
    [InlineData("image/png")]
    [InlineData("application/graphql-response+json;q=0")]
    [InlineData("text/*")]
    public async Task A_form_that_is_not_ours_is_406(string accept)
    {
        await using var surface = await Surface.Start();
        Assert.Equal(406, (await surface.Send(surface.Post(Recalls, accept: accept))).Status);
        Assert.Equal(406, (await surface.Send(surface.Get(Recalls, accept))).Status);
    }

    [Theory]
    [InlineData("PATCH")]
    [InlineData("TRACE")]
    [InlineData("PROPFIND")]
    public async Task Another_method_is_405(string method)
    {
        await using var surface = await Surface.Start();
        var answer = await surface.Send(new HttpRequestMessage(new HttpMethod(method), "/graphql"));
        Assert.Equal((405, "GET, HEAD, POST, PUT, DELETE, OPTIONS"), (answer.Status, answer.Allow));
    }

    [Theory]
    [InlineData(GraphQLJson)]
    [InlineData(Json)]
    [InlineData(EventStream)]
    public async Task A_mutation_by_GET_is_405_and_reaches_no_grain(string accept)
    {
        await using var surface = await Surface.Start();
        var answer = await surface.Send(surface.Get("query Harmless { recalls { id } } " + Issue.Replace("mutation", "mutation Issue"), accept, "&operationName=Issue"));
        Assert.Equal((405, "POST"), (answer.Status, answer.Allow));
        Assert.Equal("METHOD_NOT_ALLOWED", answer.Root.Text("errors", 0, "extensions", "code"));
        Assert.Empty(surface.Grains.Asked);
    }

    [Fact]
    public async Task HEAD_is_GET_without_the_body()
    {
        await using var surface = await Surface.Start();
        foreach (var (query, accept, status, type) in new[] { (Recalls, GraphQLJson, 200, GraphQLJson), ("{ nothing }", GraphQLJson, 400, GraphQLJson), (Issue, Json, 405, Json), (Progress, EventStream, 406, GraphQLJson) })
        {
            var request = surface.Get(query, accept);
            request.Method = HttpMethod.Head;
            var answer = await surface.Send(request);
            Assert.Equal((status, type), (answer.Status, answer.MediaType));
        }
        Assert.DoesNotContain(surface.Grains.Asked, asked => asked.Interface.Contains("Recall") && !asked.Interface.Contains("Registry"));
    }

    [Fact]
    public async Task OPTIONS_names_the_methods()
    {
        await using var surface = await Surface.Start();
        var answer = await surface.Send(new HttpRequestMessage(HttpMethod.Options, "/graphql"));
        Assert.Equal((204, "GET, HEAD, POST, PUT, DELETE, OPTIONS"), (answer.Status, answer.Allow));
    }

    [Theory]
    [InlineData("""[{"query":"{ recalls { id } }"}]""")]
    [InlineData("""[]""")]
    public async Task A_batch_is_refused_and_told_what_to_do_instead(string body)
    {
        await using var surface = await Surface.Start();
        var answer = await surface.Send(surface.PostBody(body));
        Assert.Equal(400, answer.Status);
        Assert.Contains("batches are not taken", answer.Root.Text("errors", 0, "message"));
    }

    [Fact]
    public async Task A_client_that_hopes_for_persisted_queries_hears_the_word_on_which_it_sends_the_query()
    {
        await using var surface = await Surface.Start();
        const string Extensions = """{"persistedQuery":{"version":1,"sha256Hash":"00"}}""";
        foreach (var request in new[] { surface.PostBody($$"""{"extensions":{{Extensions}}}"""), new HttpRequestMessage(HttpMethod.Get, "/graphql?extensions=" + Uri.EscapeDataString(Extensions)) })
        {
            var answer = await surface.Send(request);
            Assert.Equal((400, "PersistedQueryNotSupported", "PERSISTED_QUERY_NOT_SUPPORTED"), (answer.Status, answer.Root.Text("errors", 0, "message"), answer.Root.Text("errors", 0, "extensions", "code")));
        }
        Assert.Equal(200, (await surface.Send(surface.PostBody($$"""{"query":"{ recalls { id } }","extensions":{{Extensions}}}"""))).Status);
    }

    [Theory]
    [InlineData("{\"query\":\"{ recalls { id } } #\xff\"}")]
    [InlineData("{\"query\":\"{ recalls { id } } #\\ud800\"}")]
    [InlineData("{\"query\":\"{ recalls { id } }\",\"variables\":{\"\\udc00\":1}}")]
    public async Task What_is_no_text_is_400(string latin1)
    {
        await using var surface = await Surface.Start();
        var request = surface.PostBody("");
        request.Content = new ByteArrayContent(System.Text.Encoding.Latin1.GetBytes(latin1)) { Headers = { ContentType = new(Json) } };
        var answer = await surface.Send(request);
        Assert.Equal((400, true), (answer.Status, answer.Root.Text("errors", 0, "message")!.Contains("expected")));
    }

    [Fact]
    public async Task Chinese_text_goes_in_and_out_as_UTF_8()
    {
        await using var surface = await Surface.Start();
        var answer = await surface.Send(surface.Post("query($name: String!) { a: __type(name: $name) { name } b: __type(name: \"榨菜🥬\") { name } }", new { name = "榨菜" }));
        Assert.Equal(200, answer.Status);
        surface.Grains.Events.Add(FakeEvents.Of(1, "榨菜", "{}"));
        Assert.Equal("""{"data":{"event":{"id":"榨菜"}}}""", (await surface.Send(surface.Post("{ event(sequence: 1) { id } }"))).Body);
    }

    [Theory]
    [InlineData("https://evil.example", null, null, 403)]
    [InlineData("null", null, null, 403)]
    [InlineData("http://localhost:81", null, null, 403)]
    [InlineData(null, "cross-site", "no-cors", 403)]
    [InlineData("http://localhost", "same-origin", "cors", 200)]
    [InlineData("https://known.example", "cross-site", "cors", 200)]
    [InlineData(null, "cross-site", "navigate", 200)]
    [InlineData(null, "same-origin", "cors", 200)]
    [InlineData(null, "none", "navigate", 200)]
    public async Task Pages_of_unknown_origins_may_not_ask(string? origin, string? site, string? mode, int status)
    {
        await using var surface = await Surface.Start(new() { Origins = ["https://known.example"] });
        foreach (var request in new[] { surface.Get(Recalls), surface.Post(Recalls) })
        {
            foreach (var (name, value) in new[] { ("Origin", origin), ("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", mode) })
                if (value is not null) request.Headers.Add(name, value);
            using var response = await surface.Http.SendAsync(request);
            Assert.Equal(status, (int)response.StatusCode);
            Assert.Equal(origin == "https://known.example" ? origin : null, response.Headers.TryGetValues("Access-Control-Allow-Origin", out var allowed) ? allowed.Single() : null);
        }
        Assert.Equal(status == 200, !surface.Grains.Asked.IsEmpty);
    }

    [Theory]
    [InlineData("https://known.example", true)]
    [InlineData("https://evil.example", false)]
    public async Task A_browser_that_asks_first_is_told_whose_pages_may(string origin, bool may)
    {
        await using var surface = await Surface.Start(new() { Origins = ["https://known.example"] });
        var request = new HttpRequestMessage(HttpMethod.Options, "/graphql") { Headers = { { "Origin", origin }, { "Access-Control-Request-Method", "POST" } } };
        using var response = await surface.Http.SendAsync(request);
        Assert.Equal(may ? 204 : 403, (int)response.StatusCode);
        Assert.Equal(may, response.Headers.Contains("Access-Control-Allow-Headers"));
    }

    [Fact]
    public async Task A_request_that_takes_too_long_is_given_up()
    {
        await using var surface = await Surface.Start();
        var recall = new TaskCompletionSource();
        surface.Grains.OnView = _ => recall.Task;
        var asked = new[] { surface.Send(surface.Post("""{ unit(code: "urn:xx:a") { code } }""")), surface.Send(surface.Post("""{ unit(code: "urn:xx:a") { code } }""", accept: Json)) };
        await TestSignals.Until(() => surface.Grains.Asked.Count(one => one.Interface == "IUnitGrain") == 2);
        surface.Clock.Advance(Limits.RequestTime);
        var (asNew, asOld) = (await asked[0], await asked[1]);
        Assert.Equal((503, "TIMEOUT"), (asNew.Status, asNew.Root.Text("errors", 0, "extensions", "code")));
        Assert.Equal((200, "TIMEOUT"), (asOld.Status, asOld.Root.Text("errors", 0, "extensions", "code")));
        recall.SetResult();
    }

    [Theory]
    [InlineData(5_001, 1)]
    [InlineData(1, 3_001)]
    public async Task A_question_that_costs_more_than_one_may_is_given_up(int rows, int messages)
    {
        await using var surface = await Surface.Start(new() { CostMax = new(5_000, 3_000) });
        surface.Grains.OnTrace = _ => Costing(rows, messages);
        var answer = await surface.Send(surface.Post("""{ trace(code: "urn:xx:a") { total } }"""));
        Assert.Equal((400, "COST"), (answer.Status, answer.Root.Text("errors", 0, "extensions", "code")));
        Assert.False(answer.Root.TryGetProperty("data", out _), answer.Body);
        Assert.Contains("5,000 rows", answer.Root.Text("errors", 0, "message")!, StringComparison.Ordinal);

        surface.Grains.OnTrace = _ => Costing(2_500, 1_500);
        Assert.Equal(1, (await surface.Data("""{ trace(code: "urn:xx:a") { total } }""")).At("trace", "total").GetInt32());
        answer = await surface.Send(surface.Post("""{ a: trace(code: "urn:xx:a") { total } b: trace(code: "urn:xx:b") { total } c: trace(code: "urn:xx:c") { total } }"""));
        Assert.Equal("COST", answer.Root.Text("errors", 0, "extensions", "code"));
    }

    [Fact]
    public async Task Who_sees_everything_may_ask_what_the_answer_cost()
    {
        await using var surface = await Surface.Start();
        surface.Grains.OnTrace = _ => Costing(70, 12);
        const string Asking = """{"query":"{ trace(code: \"urn:xx:a\") { total } }","extensions":{"cost":true}}""";
        var cost = (await surface.Send(surface.PostBody(Asking))).Root.At("extensions", "cost");
        Assert.Equal((70, 12), (cost.At("ledgerRows").GetInt32(), cost.At("shardMessages").GetInt32()));
        Assert.False((await surface.Send(surface.Post("""{ trace(code: "urn:xx:a") { total } }"""))).Root.TryGetProperty("extensions", out _));

        // To others it would tell how much there is that they do not see.
        surface.Caller = new Domain.Access.Caller { Role = Domain.Access.Role.Quality, Subject = "q", Party = "urn:mine:1" };
        Assert.False((await surface.Send(surface.PostBody(Asking))).Root.TryGetProperty("extensions", out _));
    }

    static Contracts.Lineage.TraceAnswer Costing(int rows, int messages)
    {
        Contracts.Costs.Metering.Rows(rows);
        for (var i = 0; i < messages; i++) Contracts.Costs.Metering.Message();
        return new() { Total = 1 };
    }

    [Fact]
    public async Task A_client_that_goes_is_not_worked_for()
    {
        await using var surface = await Surface.Start();
        surface.Grains.OnView = _ => new TaskCompletionSource().Task;   // never
        using var gone = new CancellationTokenSource();
        var asking = surface.Http.SendAsync(surface.Post("""{ unit(code: "urn:xx:a") { code } }"""), gone.Token);
        await TestSignals.Until(() => surface.Grains.Asked.Any(one => one.Interface == "IUnitGrain"));
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await surface.Finished.WaitToReadAsync();
    }

    [Fact]
    public async Task A_page_size_left_to_a_variable_falls_back_to_its_default()
    {
        await using var surface = await Surface.Start();
        Assert.Equal(200, (await surface.Send(surface.Post("query($n: Int) { recalls(first: $n) { id } }"))).Status);
    }

    [Fact]
    public async Task GET_takes_variables_and_an_operation_name()
    {
        await using var surface = await Surface.Start();
        surface.Grains.AddRecall(new() { Id = "urn:tracegrains:recall:r", Status = Contracts.Recalls.RecallStatus.Effective, Class = Domain.Recalls.RecallClass.I });
        var answer = await surface.Send(surface.Get("query A($n: Int!) { recalls(first: $n) { id } } query B { __typename }", more: "&operationName=A&variables=" + Uri.EscapeDataString("""{"n":1}""")));
        Assert.Equal("urn:tracegrains:recall:r", answer.Root.Text("data", "recalls", 0, "id"));
        Assert.Equal(400, (await surface.Send(surface.Get(Recalls, more: "&variables=nonsense"))).Status);
        Assert.Equal(400, (await surface.Send(surface.Get(""))).Status);
    }

    [Theory]
    [InlineData(GraphQLJson)]
    [InlineData("*/*")]
    public async Task A_subscription_without_an_event_stream_is_406(string accept)
    {
        await using var surface = await Surface.Start();
        var answer = await surface.Send(surface.Post(Progress, accept: accept));
        Assert.Equal((406, "NOT_ACCEPTABLE"), (answer.Status, answer.Root.Text("errors", 0, "extensions", "code")));
    }

    [Fact]
    public async Task A_query_within_queries_is_refused_by_depth_and_by_weight()
    {
        await using var surface = await Surface.Start();
        const string Code = """(code: "urn:xx:a")""";
        var nested = string.Concat(Enumerable.Repeat("event { corrections { ", 7)) + "id" + string.Concat(Enumerable.Repeat(" } }", 7));
        Assert.Equal(400, (await surface.Send(surface.Post($$"""{ unit{{Code}} { parents { {{nested}} } } }"""))).Status);

        string Traces(int count) => "{" + string.Concat(Enumerable.Range(0, count).Select(i => $"t{i}: trace{Code} {{ total }} ")) + "}";
        Assert.Equal(200, (await surface.Send(surface.Post(Traces(50)))).Status);
        var tooHeavy = await surface.Send(surface.Post(Traces(101)));
        Assert.Equal((400, "COMPLEXITY"), (tooHeavy.Status, tooHeavy.Root.Text("errors", 0, "extensions", "code")));
        Assert.Equal(400, (await surface.Send(surface.Post($$"""{ a: trace{{Code}} { items(first: -1000000) { nodes { code } } } {{Traces(101)[1..^1]}} }"""))).Status);
        Assert.Equal(200, (await surface.Send(surface.Post($$"""{ trace{{Code}} { items(first: 10000) { nodes { code holder consignee location disposition recalled recallIds } } } }"""))).Status);
        Assert.Equal(400, (await surface.Send(surface.Post("{ recalls(first: 1000) { items(first: 10000) { nodes { code } } } }"))).Status);
    }

    [Fact]
    public async Task A_document_has_only_so_many_tokens()
    {
        await using var surface = await Surface.Start();
        string Words(int count) => "{ recalls { " + string.Join(' ', Enumerable.Repeat("id", count - 6)) + " } }";   // and the end of the text
        Assert.Equal(200, (await surface.Send(surface.Post(Words(Limits.TokensMax)))).Status);
        var answer = await surface.Send(surface.Post(Words(Limits.TokensMax + 1)));
        Assert.Equal((400, "TOO_MANY_TOKENS"), (answer.Status, answer.Root.Text("errors", 0, "extensions", "code")));
    }

    [Theory]
    [InlineData("[", "]", "1")]
    [InlineData("{a:", "}", "1")]
    public async Task Brackets_nest_only_so_deep(string open, string close, string value)
    {
        await using var surface = await Surface.Start();
        // Two brackets are around the value.
        string Nested(int depth) => "{ recalls(first: " + string.Concat(Enumerable.Repeat(open, depth - 2)) + value + string.Concat(Enumerable.Repeat(close, depth - 2)) + ") { id } }";
        var deep = await surface.Send(surface.Post(Nested(Limits.BracketsMax)));
        Assert.Equal((400, "ARGUMENTS_OF_CORRECT_TYPE"), (deep.Status, deep.Root.Text("errors", 0, "extensions", "code")));   // read, and no number
        var deeper = await surface.Send(surface.Post(Nested(Limits.BracketsMax + 1)));
        Assert.Equal((400, "TOO_DEEP"), (deeper.Status, deeper.Root.Text("errors", 0, "extensions", "code")));
        Assert.Equal(400, (await surface.Send(surface.Post("{ recalls(first: " + string.Concat(Enumerable.Repeat(open, Limits.TokensMax / 4))))).Status);   // no stack overflows
    }

    [Fact]
    public async Task An_operation_has_only_so_many_aliases()
    {
        await using var surface = await Surface.Start();
        string Named(int count) => "{" + string.Concat(Enumerable.Range(0, count).Select(i => $" a{i}: __typename")) + "}";
        Assert.Equal(200, (await surface.Send(surface.Post(Named(Limits.AliasesMax)))).Status);
        var answer = await surface.Send(surface.Post(Named(Limits.AliasesMax + 1)));
        Assert.Equal((400, "TOO_MANY_ALIASES"), (answer.Status, answer.Root.Text("errors", 0, "extensions", "code")));
    }

    [Theory]
    [InlineData("{ __schema { types { fields { type { fields { type { name } } } } } } }", true)]
    [InlineData("{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }", false)]
    [InlineData("{ __type(name: \"Query\") { fields { type { possibleTypes { interfaces { name } } } } } }", false)]
    [InlineData("{ __type(name: \"Query\") { ...T } } fragment T on __Type { fields { type { ...U } } } fragment U on __Type { fields { type { ...V } } } fragment V on __Type { ... { inputFields { name } } }", false)]
    [InlineData("{ __type(name: \"Query\") { ...T } } fragment T on __Type { fields { type { ...T } } }", false)]
    [InlineData("{ __type(name: \"Query\") { ...T } } fragment T on __Type { name ...T }", false)]
    public async Task Introspection_goes_only_so_deep(string query, bool isTaken)
    {
        await using var surface = await Surface.Start();
        Assert.Equal(isTaken ? 200 : 400, (await surface.Send(surface.Post(query))).Status);
    }

    [Fact]
    public async Task Fragments_that_use_one_another_twice_are_refused_and_not_walked_a_billion_times()
    {
        await using var surface = await Surface.Start();
        foreach (var body in new[] { "...F{0} ... {{ ...F{0} }}", "a: ofType {{ ...F{0} }} b: ofType {{ ...F{0} }}" })
        {
            var chain = string.Concat(Enumerable.Range(0, 40).Select(i => $" fragment F{i} on __Type {{ {string.Format(null, body, i + 1)} }}"));
            var answer = await surface.Send(surface.Post($$"""{ __type(name: "Query") { ...F0 } } {{chain}} fragment F40 on __Type { name }"""));
            Assert.Equal((400, "TOO_MANY_FIELDS"), (answer.Status, answer.Root.Text("errors", 0, "extensions", "code")));
        }
    }

    [Fact]
    public async Task The_standard_introspection_query_is_within_the_limits()
    {
        await using var surface = await Surface.Start();
        const string Query = """
            query IntrospectionQuery { __schema { description queryType { name kind } mutationType { name kind } subscriptionType { name kind } types { ...FullType }
              directives { name description isRepeatable locations args { ...InputValue } } } }
            fragment FullType on __Type { kind name description
              fields(includeDeprecated: true) { name description args { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason }
              inputFields { ...InputValue } interfaces { ...TypeRef } enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason } possibleTypes { ...TypeRef } }
            fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue }
            fragment TypeRef on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name
              ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } } } }
            """;
        var answer = await surface.Send(surface.Post(Query));
        Assert.True(answer.Status == 200, answer.Body);
        var older = Query.Replace(" isRepeatable", "").Replace("{ kind name ofType { kind name } }", "{ kind name }");
        Assert.Equal(200, (await surface.Send(surface.Post(older))).Status);
    }

    [Fact]
    public async Task The_schema_is_served_as_text()
    {
        await using var surface = await Surface.Start();
        using var response = await surface.Http.GetAsync("/graphql/schema.graphql");
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("\ntype Query {", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_browser_gets_a_page_that_asks_no_other_host()
    {
        await using var surface = await Surface.Start();
        var request = new HttpRequestMessage(HttpMethod.Get, "/graphql");
        request.Headers.TryAddWithoutValidation("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
        using var response = await surface.Http.SendAsync(request);
        var page = await response.Content.ReadAsStringAsync();
        Assert.Equal(MediaTypeHeaderValue.Parse("text/html; charset=utf-8"), response.Content.Headers.ContentType);
        Assert.DoesNotMatch("//[a-z0-9]", page.Replace("https://id.gs1.org", ""));
        Assert.Contains("script-src 'sha256-", response.Headers.GetValues("Content-Security-Policy").Single());
    }
}
