using System.Net;

namespace Supervision.Api.Tests;

public sealed class DocumentTests : IAsyncLifetime
{
    private const string Entity = "/api/entities/factory/N-1-F-0001";

    private ApiHost _api = null!;

    public async ValueTask InitializeAsync() => _api = await ApiHost.StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData("application/pdf")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("")]
    public async Task A_document_is_taken_whatever_type_it_claims(string contentType)
    {
        var answer = await _api.SendAsync("POST", "/api/documents?name=%E4%B8%BE%E6%8A%A5%E4%BF%A1.pdf", "pdf", contentType: contentType);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var stored = await answer.JsonAsync();
        Assert.Equal(
            (StandInDocuments.Hash, "application/pdf", 3),
            (stored.GetProperty("sha256").GetString(), stored.GetProperty("mediaType").GetString(), stored.GetProperty("bytes").GetInt32()));
        var (upload, content) = Assert.Single(_api.Documents.Brought);
        Assert.Equal(("举报信.pdf", 3, "p-Officer", "pdf"), (upload.Name, upload.Bytes, upload.Actor.Id, content));
    }

    [Fact]
    public async Task One_that_is_stored_already_is_not_made_again()
    {
        _api.Documents.Receipt = _api.Documents.Receipt with { IsNew = false };

        Assert.Equal(HttpStatusCode.OK, (await _api.SendAsync("POST", "/api/documents", "pdf", key: "inspector")).StatusCode);
    }

    [Theory]
    [InlineData(DocumentRefusal.Empty, 400, "invalid-request")]
    [InlineData(DocumentRefusal.TooLarge, 413, "body-too-large")]
    [InlineData(DocumentRefusal.TypeNotAllowed, 415, "unsupported-media-type")]
    [InlineData(DocumentRefusal.QuotaReached, 429, "document-quota-reached")]
    [InlineData(DocumentRefusal.StorageFull, 507, "storage-full")]
    public async Task Why_one_is_not_taken_is_a_problem(DocumentRefusal refusal, int status, string code)
    {
        _api.Documents.Receipt = new DocumentReceipt(null, IsNew: false, refusal, "what was expected");

        var problem = await (await _api.SendAsync("POST", "/api/documents", "x")).ProblemAsync(status, code);

        Assert.Contains("what was expected", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("..%2F..%2Fetc%2Fpasswd")]
    [InlineData("C%3A%5Cevidence.pdf")]
    [InlineData(".htaccess")]
    [InlineData("a%0Ab.pdf")]
    [InlineData("")]
    public async Task A_name_is_that_of_a_file_without_its_path(string name)
    {
        var problem = await (await _api.SendAsync("POST", $"/api/documents?name={name}", "x")).ProblemAsync(400, "invalid-request");

        Assert.Equal(["name"], problem.Members());
        Assert.Empty(_api.Documents.Brought);
    }

    [Theory]
    [InlineData("/cases", """{"policy":"miit-2016","ground":"x","documents":["{0}"]}""")]
    [InlineData("/cases/case-1/service", """{"on":"2026-05-01","method":"x","documents":["{0}"]}""")]
    [InlineData("/cases/case-1/statement", """{"text":"x","documents":["{0}"]}""")]
    [InlineData("/cases/case-1/decision", """{"outcome":"remove","reason":"x","documents":["{0}"]}""")]
    [InlineData("/rectifications/rectification-1/completion", """{"on":"2026-05-01","evidence":"x","documents":["{0}"]}""")]
    [InlineData("/checks/check-1/notice", """{"on":"2026-05-01","method":"x","documents":["{0}"]}""")]
    [InlineData("/checks/check-1/result", """{"outcome":"clean","on":"2026-05-01","inspectors":["I-1","I-2"],"documents":["{0}"]}""")]
    [InlineData("/checks/check-1/cancellation", """{"reason":"x","documents":["{0}"]}""")]
    [InlineData("/titles", """{"policy":"miit-2016","level":"national","grantedOn":"2026-05-01","documents":["{0}"]}""")]
    [InlineData("/corrections", """{"corrects":1,"reason":"x","grant":{"certificate":"C"},"documents":["{0}"]}""")]
    [InlineData("/reinstatements", """{"policy":"miit-2016","level":"national","case":"case-1","reason":"x","documents":["{0}"]}""")]
    [InlineData("/renames", """{"name":"乙","on":"2026-05-01","documents":["{0}"]}""")]
    [InlineData("/aliases", """{"name":"乙","source":"x","documents":["{0}"]}""")]
    [InlineData("/merges", """{"into":"factory/X-2","source":"x","documents":["{0}"]}""")]
    public async Task A_write_carries_its_documents_and_one_that_is_not_stored_is_refused_with_its_place(string path, string body)
    {
        var named = body.Replace("{0}", StandInDocuments.Hash, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await _api.SendAsync("POST", Entity + path, named)).StatusCode);
        Assert.Equal([StandInDocuments.Hash], Assert.Single(_api.Grains.Sent).Command.Documents!);

        _api.Documents.Unknown.Add(StandInDocuments.Hash);
        var problem = await (await _api.SendAsync("POST", Entity + path, named)).ProblemAsync(400, "document-not-stored");
        Assert.Equal(["documents[0]"], problem.Members());
        Assert.Single(_api.Grains.Sent);
    }

    [Fact]
    public async Task Documents_are_named_by_different_hashes_and_not_too_many()
    {
        var twice = await (await SendAsync($"\"{StandInDocuments.Hash}\",\"{StandInDocuments.Hash}\",\"../../etc/passwd\",\"{StandInDocuments.Hash.ToUpperInvariant()}\""))
            .ProblemAsync(400, "invalid-request");
        Assert.Equal(["documents[1]", "documents[2]", "documents[3]"], twice.Members());

        var many = await (await SendAsync(string.Join(',', Enumerable.Range(0, 21).Select(n => $"\"{n:x64}\"")))).ProblemAsync(400, "invalid-request");
        Assert.Equal(["documents"], many.Members());

        Task<HttpResponseMessage> SendAsync(string documents) => _api.SendAsync("POST", Entity + "/checks/check-1/cancellation", $$"""{"reason":"x","documents":[{{documents}}]}""");
    }

    [Fact]
    public async Task A_command_without_documents_names_none()
    {
        await _api.SendAsync("POST", Entity + "/checks/check-1/cancellation", """{"reason":"x","documents":[]}""");

        Assert.Null(Assert.Single(_api.Grains.Sent).Command.Documents);
    }

    [Fact]
    public async Task A_document_is_given_out_as_an_attachment_that_browsers_do_not_interpret()
    {
        Name(Document("整改报告.pdf"));

        var answer = await _api.SendAsync("GET", $"{Entity}/documents/{StandInDocuments.Hash}");

        Assert.Equal((HttpStatusCode.OK, "application/pdf"), (answer.StatusCode, answer.Content.Headers.ContentType?.ToString()));
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("整改报告.pdf", answer.Content.Headers.ContentDisposition?.FileNameStar);
        Assert.Equal(("nosniff", "no-store"), (answer.Header("X-Content-Type-Options"), answer.Header("Cache-Control")));
        Assert.Contains("default-src 'none'", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("pdf", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var entry = Assert.Single(_api.Audit.Entries);
        Assert.Equal((AuditOutcome.Done, "p-Officer", "factory/N-1-F-0001"), (entry.Outcome, entry.PersonId, entry.Subject));
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", 404, "document-not-found")]
    [InlineData("..%2F..%2Fetc%2Fpasswd", 400, "invalid-request")]
    [InlineData("x", 404, "document-not-found")]
    public async Task What_no_event_of_the_entity_names_is_not_there(string document, int status, string code)
    {
        Name(Document("x.pdf"));

        await (await _api.SendAsync("GET", $"{Entity}/documents/{document}")).ProblemAsync(status, code);
    }

    [Fact]
    public async Task Damaged_content_is_not_given_out()
    {
        Name(Document("x.pdf"));
        _api.Documents.Failure = new DocumentDamagedException("changed");

        await (await _api.SendAsync("GET", $"{Entity}/documents/{StandInDocuments.Hash}")).ProblemAsync(500, "document-damaged");
    }

    [Fact]
    public async Task They_are_listed_page_by_page_and_lead_where_the_entity_was_merged_into()
    {
        Name([.. Enumerable.Range(1, 3).Select(n => Document($"{n}.pdf"))]);

        var first = await (await _api.SendAsync("GET", $"{Entity}/documents?limit=2")).JsonAsync();
        Assert.Equal(["1.pdf", "2.pdf"], first.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString()));
        var second = await (await _api.SendAsync("GET", $"{Entity}/documents?limit=2&cursor={first.GetProperty("nextCursor").GetString()}")).JsonAsync();
        Assert.Equal("3.pdf", Assert.Single(second.GetProperty("items").EnumerateArray()).GetProperty("name").GetString());
        await (await _api.SendAsync("GET", $"{Entity}/documents?cursor=x")).ProblemAsync(400, "invalid-request");

        _api.Documents.Named[Entities.Factory] = new EntityDocuments(GrainId.Of(GrainKind.Factory, "X-2"), []);
        foreach (var rest in new[] { "", $"/{StandInDocuments.Hash}" })
        {
            var answer = await _api.SendAsync("GET", $"{Entity}/documents{rest}");
            Assert.Equal((308, $"/api/entities/factory/X-2/documents{rest}"), ((int)answer.StatusCode, answer.Header("Location")));
        }
    }

    [Fact]
    public async Task Of_an_entity_that_is_not_registered_there_are_none() =>
        await (await _api.SendAsync("GET", "/api/entities/factory/X-9/documents")).ProblemAsync(404, "not-registered");

    [Fact]
    public async Task An_inspector_reads_what_its_own_checks_are_about()
    {
        var view = Entities.Snapshot(Entities.Factory, 7).View;
        var check = new CheckView(
            "check-1", "miit-2016", "green-factory", Level.National, CheckBasis.Directed, "complaint", null, false, CheckStatus.Approved, default, default, false,
            null, ["Inspector", "I-2"], [], null, null, null, []);
        view = view with { Checks = [check, check with { Id = "check-2", Inspectors = ["I-2", "I-3"] }] };
        _api.Register.Entities[Entities.Factory] = new EntitySnapshot(view, ViewJson.Write(view));
        Name(Document("1.pdf", "check-1"), Document("2.pdf", "check-2"), Document("3.pdf", "case-1"), Document("4.pdf", of: null));

        Assert.Equal(["1.pdf"], await NamesAsync("inspector"));
        Assert.Equal(["1.pdf", "2.pdf", "3.pdf", "4.pdf"], await NamesAsync("auditor"));
        await (await _api.SendAsync("GET", $"{Entity}/documents", key: "integrator")).ProblemAsync(403, "role-not-allowed");

        async Task<IEnumerable<string?>> NamesAsync(string key) =>
            (await (await _api.SendAsync("GET", $"{Entity}/documents", key: key)).JsonAsync()).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString());
    }

    private static EntityDocument Document(string name, string? of = "case-1") =>
        new(StandInDocuments.Hash, "application/pdf", 3, name, Entities.Now, "case.opened", 3, of);

    private void Name(params EntityDocument[] documents) => _api.Documents.Named[Entities.Factory] = new EntityDocuments(null, documents);
}
