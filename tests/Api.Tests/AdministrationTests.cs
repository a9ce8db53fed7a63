using System.Net;

namespace Supervision.Api.Tests;

public sealed class AdministrationTests : IAsyncLifetime
{
    private const string Upload = "/api/imports?format=national-list&policy=miit-2016";

    private ApiHost _api = null!;

    public async ValueTask InitializeAsync() => _api = await ApiHost.StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task A_file_is_passed_on_and_its_job_can_be_looked_at()
    {
        var answer = await _api.SendAsync("POST", Upload + "&dryRun=true", "编号\n1", contentType: "text/csv; charset=utf-8");

        var job = await answer.JsonAsync();
        Assert.Equal((HttpStatusCode.Accepted, $"/api/imports/{job.GetProperty("id").GetString()}"), (answer.StatusCode, answer.Header("Location")));
        Assert.Equal("编号\n1", _api.Imports.Content);
        Assert.True(job.GetProperty("dryRun").GetBoolean());
        var seen = await (await _api.SendAsync("GET", answer.Header("Location")!)).JsonAsync();
        Assert.Equal(("received", "2026-05-01T04:00:00Z"), (seen.GetProperty("status").GetString(), seen.GetProperty("createdAt").GetString()));
    }

    [Fact]
    public async Task The_same_idempotency_key_gives_the_same_job_and_no_other_request_may_have_it()
    {
        var first = await _api.SendAsync("POST", Upload, "a", contentType: "text/csv", headers: ("Idempotency-Key", "list-1"));
        var second = await _api.SendAsync("POST", Upload, "a", contentType: "text/csv", headers: ("Idempotency-Key", "list-1"));
        var other = await _api.SendAsync("POST", Upload, "a", contentType: "text/csv", headers: ("Idempotency-Key", "list-2"));
        var another = await _api.SendAsync("POST", Upload + "&dryRun=true", "a", contentType: "text/csv", headers: ("Idempotency-Key", "list-1"));

        Assert.Equal(first.Header("Location"), second.Header("Location"));
        Assert.NotEqual(first.Header("Location"), other.Header("Location"));
        await another.ProblemAsync(422, "idempotency-key-reused");
        var otherFile = await _api.SendAsync("POST", Upload, "b", contentType: "text/csv", headers: ("Idempotency-Key", "list-1"));
        await otherFile.ProblemAsync(422, "idempotency-key-reused");
    }

    [Theory]
    [InlineData("?policy=miit-2016", "format")]
    [InlineData("?format=list&policy=miit-2016", "format")]
    [InlineData("?format=national-list&policy=miit-2016&dryRun=1", "dryRun")]
    [InlineData("?format=national-list&policy=miit-2016&dryrun=true", "dryrun")]
    public async Task What_is_wrong_with_an_upload_is_named(string query, string member)
    {
        var answer = await _api.SendAsync("POST", "/api/imports" + query, "a", contentType: "text/csv");

        Assert.Equal([member], (await answer.ProblemAsync(400, "invalid-request")).Members());
    }

    [Fact]
    public async Task A_file_that_cannot_be_worked_through_is_refused_with_the_reason()
    {
        _api.Imports.Failure = new ImportRefusedException("There is no policy 'x'.") { Field = "policy" };

        var answer = await _api.SendAsync("POST", Upload, "a", contentType: "text/csv");

        Assert.Equal(["policy"], (await answer.ProblemAsync(400, "import-refused")).Members());
        await (await _api.SendAsync("POST", Upload, "{}")).ProblemAsync(415, "unsupported-media-type");
    }

    [Fact]
    public async Task A_workbook_is_taken_and_rejected_rows_come_as_a_file()
    {
        var taken = await _api.SendAsync("POST", Upload, "a", contentType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        var rejected = await _api.SendAsync("GET", taken.Header("Location") + "/rejected.csv");

        Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
        Assert.Equal(("text/csv; charset=utf-8", "name,error_code\r\n"), (rejected.Header("Content-Type"), await rejected.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        await (await _api.SendAsync("GET", $"/api/imports/{Guid.NewGuid()}/rejected.csv")).ProblemAsync(404, "import-not-found");
    }

    [Theory]
    [InlineData("entities.csv", "text/csv; charset=utf-8", "csv factory 430000")]
    [InlineData("entities.ndjson", "application/x-ndjson", "ndjson factory 430000")]
    public async Task Whatever_can_be_listed_can_be_exported(string file, string type, string content)
    {
        var answer = await _api.SendAsync("GET", $"/api/exports/{file}?kind=factory&region=湖南");

        Assert.Equal((type, content), (answer.Header("Content-Type"), await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        Assert.Equal(["limit"], (await (await _api.SendAsync("GET", $"/api/exports/{file}?limit=5")).ProblemAsync(400, "invalid-request")).Members());
        Assert.Equal(["kind"], (await (await _api.SendAsync("GET", $"/api/exports/{file}?kind=castle")).ProblemAsync(400, "invalid-request")).Members());
        await (await _api.SendAsync("GET", $"/api/exports/{file}", key: null)).ProblemAsync(401, "key-required");
    }

    [Fact]
    public async Task Errors_of_rows_are_read_to_their_end()
    {
        var job = (await _api.SendAsync("POST", Upload, "a", contentType: "text/csv")).Header("Location");
        _api.Imports.Errors.AddRange([new(1, 1, "省份", "unknown-region", "x"), new(1, 2, null, "x", "x"), new(7, 1, "名称", "blank", "x")]);

        var first = await (await _api.SendAsync("GET", $"{job}/errors?limit=2")).JsonAsync();
        var second = await (await _api.SendAsync("GET", $"{job}/errors?limit=2&cursor={first.GetProperty("nextCursor").GetString()}")).JsonAsync();

        Assert.Equal([(1, "省份"), (1, null), (7, "名称")], first.GetProperty("items").EnumerateArray().Concat(second.GetProperty("items").EnumerateArray())
            .Select(error => (error.GetProperty("row").GetInt32(), error.GetProperty("column").GetString())));
        Assert.Null(second.GetProperty("nextCursor").GetString());
        await (await _api.SendAsync("GET", $"{job}/errors?cursor=AAAA")).ProblemAsync(400, "invalid-request");
        await (await _api.SendAsync("GET", $"/api/imports/{Guid.NewGuid()}")).ProblemAsync(404, "import-not-found");
        await (await _api.SendAsync("GET", "/api/imports/1/errors")).ProblemAsync(404, "import-not-found");
    }

    [Fact]
    public async Task A_key_is_made_shown_once_listed_and_revoked()
    {
        var made = await _api.SendAsync(
            "POST", "/api/keys", """{"name":"湖南","person":"张三","role":"officer","level":"provincial","regions":["湖南省","430000"]}""", key: "admin");

        Assert.Equal((HttpStatusCode.Created, "/api/keys/key-9"), (made.StatusCode, made.Header("Location")));
        Assert.Equal("""{"id":"key-9","key":"sk_secret"}""", (await made.JsonAsync()).GetRawText());
        var (request, createdBy) = Assert.Single(_api.Keys.Created);
        Assert.Equal(("张三", Role.Officer, Level.Provincial, false, "p-Admin"), (request.Person, request.Role, request.Level, request.Bootstrap, createdBy));
        Assert.Equal(["430000"], request.Regions);
        var listed = await (await _api.SendAsync("GET", "/api/keys", key: "admin")).JsonAsync();
        Assert.Equal("张三", listed.GetProperty("items")[0].GetProperty("person").GetString());
        Assert.Equal(HttpStatusCode.NoContent, (await _api.SendAsync("DELETE", "/api/keys/key-1", key: "admin")).StatusCode);
        await (await _api.SendAsync("DELETE", "/api/keys/key-2", key: "admin")).ProblemAsync(404, "key-not-found");
        await (await _api.SendAsync("DELETE", "/api/keys/key%01", key: "admin")).ProblemAsync(404, "key-not-found");
    }

    [Fact]
    public async Task A_key_is_national_when_nothing_else_is_said()
    {
        await _api.SendAsync("POST", "/api/keys", """{"name":"a","person":"b","role":"integrator"}""", key: "admin");

        var request = Assert.Single(_api.Keys.Created).Request;
        Assert.Equal((Level.National, 0), (request.Level, request.Regions.Count));
    }

    [Theory]
    [InlineData("""{"name":"a","person":"b","role":"root"}""", "role")]
    [InlineData("""{"name":"a","role":"officer"}""", "person")]
    [InlineData("""{"name":"a","person":"b","role":"officer","bootstrap":true}""", "bootstrap")]
    [InlineData("""{"name":"a","person":"b","role":"officer","level":"provincial"}""", "regions")]
    [InlineData("""{"name":"a","person":"b","role":"officer","level":"municipal","regions":[]}""", "regions")]
    [InlineData("""{"name":"a","person":"b","role":"officer","regions":["430000"]}""", "regions")]
    [InlineData("""{"name":"a","person":"b","role":"officer","level":"provincial","regions":["火星"]}""", "regions[0]")]
    [InlineData("""{"name":"a","person":"b","role":"officer","level":"provincial","regions":["430100"]}""", "regions[0]")]
    [InlineData("""{"name":"a","person":"b","role":"officer","level":"municipal","regions":["430000"]}""", "regions[0]")]
    [InlineData("""{"name":"a","person":"b","role":"admin","level":"provincial","regions":["430000"]}""", "level")]
    public async Task What_is_wrong_with_a_key_is_named(string body, string member)
    {
        var answer = await _api.SendAsync("POST", "/api/keys", body, key: "admin");

        Assert.Equal([member], (await answer.ProblemAsync(400, "invalid-request")).Members());
        Assert.Empty(_api.Keys.Created);
    }

    [Fact]
    public async Task A_key_asked_for_again_is_named_without_its_secret()
    {
        const string body = """{"name":"a","person":"b","role":"officer"}""";
        var first = await _api.SendAsync("POST", "/api/keys", body, key: "admin", headers: ("Idempotency-Key", "a"));
        var second = await _api.SendAsync("POST", "/api/keys", body, key: "admin", headers: ("Idempotency-Key", "a"));
        var other = await _api.SendAsync("POST", "/api/keys", body.Replace("officer", "auditor", StringComparison.Ordinal), key: "admin", headers: ("Idempotency-Key", "a"));

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        var again = await second.JsonAsync();
        Assert.Equal(("key-9", null), (again.GetProperty("id").GetString(), again.GetProperty("key").GetString()));
        Assert.NotEmpty(again.GetProperty("note").GetString()!);
        await other.ProblemAsync(422, "idempotency-key-reused");
        Assert.Single(_api.Keys.Created);
        await (await _api.SendAsync("POST", "/api/keys", body, key: "admin", headers: ("Idempotency-Key", " "))).ProblemAsync(400, "invalid-request");
    }

    [Fact]
    public async Task Time_moves_forward()
    {
        var moved = await _api.SendAsync("POST", "/api/clock", """{"now":"2027-01-01T00:00:00Z"}""", key: "admin");

        Assert.Equal("""{"now":"2027-01-01T00:00:00Z"}""", (await moved.JsonAsync()).GetRawText());
        Assert.Equal("""{"now":"2027-01-01T00:00:00Z"}""", (await (await _api.SendAsync("GET", "/api/clock", key: "admin")).JsonAsync()).GetRawText());
    }

    [Theory]
    [InlineData("2026-04-30T00:00:00Z")]
    [InlineData("2026-06-01T00:00:00")]
    [InlineData("2026-06-01T00:00:00+08:00")]
    [InlineData("2026-06-01")]
    [InlineData("2300-06-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    public async Task Time_moves_neither_backward_nor_centuries_nor_unclearly(string now)
    {
        var answer = await _api.SendAsync("POST", "/api/clock", $$"""{"now":"{{now}}"}""", key: "admin");

        Assert.Equal(["now"], (await answer.ProblemAsync(400, "invalid-request")).Members());
    }
}
