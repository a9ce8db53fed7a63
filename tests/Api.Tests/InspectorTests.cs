namespace Supervision.Api.Tests;

/// <summary>The register of inspectors over HTTP.</summary>
public sealed class InspectorTests(SharedApi shared) : IClassFixture<SharedApi>
{
    private const string Body = """{"id":"I-2","name":"张三","regions":["湖南","430000"],"certificateValidUntil":"2030-12-31","fields":["节能"],"conflicts":["u-0123456789abcdef"]}""";

    [Fact]
    public async Task An_inspector_is_registered_by_codes_and_identities_and_found_at_its_address()
    {
        await using var api = await ApiHost.StartAsync();

        var answer = await api.SendAsync("POST", "/api/inspectors", Body, headers: ("Idempotency-Key", "a"));

        Assert.Equal((201, "/api/inspectors/I-2"), ((int)answer.StatusCode, answer.Header("Location")));
        Assert.Equal(("\"3\"", "42"), (answer.Header("ETag"), answer.Header("Supervision-Seq")));
        var (inspector, command, context) = Assert.Single(api.Inspectors.Sent);
        var register = Assert.IsType<GrainCommand.RegisterInspector>(command);
        Assert.Equal(("inspector/I-2", "张三", new DateOnly(2030, 12, 31)), (inspector.Value, register.Name.Text, register.CertificateValidUntil));
        Assert.Equal(["430000"], register.Regions);
        Assert.Equal(["enterprise/u-0123456789abcdef"], register.Conflicts.Select(enterprise => enterprise.Value));
        Assert.NotNull(context.Identity);
    }

    [Theory]
    [InlineData("""{"id":"І-2","name":"张三","certificateValidUntil":"2030-12-31"}""", "id")]
    [InlineData("""{"id":"I-2","name":"张三"}""", "certificateValidUntil")]
    [InlineData("""{"id":"I-2","name":" ","certificateValidUntil":"2030-12-31"}""", "name")]
    [InlineData("""{"id":"I-2","name":"张三","certificateValidUntil":"2030-02-31"}""", "certificateValidUntil")]
    [InlineData("""{"id":"I-2","name":"张三","certificateValidUntil":"2030-12-31","regions":["nowhere"]}""", "regions[0]")]
    [InlineData("""{"id":"I-2","name":"张三","certificateValidUntil":"2030-12-31","conflicts":["factory/N-1"]}""", "conflicts[0]")]
    [InlineData("""{"id":"I-2","name":"张三","certificateValidUntil":"2030-12-31","evaluator":true}""", "evaluator")]
    public async Task What_is_wrong_is_named(string body, string member)
    {
        var problem = await (await shared.Api.SendAsync("POST", "/api/inspectors", body)).ProblemAsync(400, "invalid-request");

        Assert.Equal([member], problem.Members());
    }

    [Fact]
    public async Task Writes_name_the_inspector_by_the_address_and_bring_the_version()
    {
        await using var api = await ApiHost.StartAsync();

        await api.SendAsync("PUT", "/api/inspectors/I-1", """{"name":"张三","certificateValidUntil":"2030-12-31"}""", headers: ("If-Match", "\"3\""));
        await api.SendAsync("POST", "/api/inspectors/I-1/retirement", """{"reason":"left"}""");
        await api.SendAsync("POST", "/api/inspectors/I-1/conflicts", """{"enterprise":"u-0123456789abcdef","reason":"worked there"}""");
        await api.SendAsync("POST", "/api/inspectors/I-1/conflicts/conflict-1/end", """{"reason":"over"}""");

        var sent = api.Inspectors.Sent.ToArray();
        Assert.All(sent, write => Assert.Equal("inspector/I-1", write.Inspector.Value));
        Assert.Equal(3, sent[0].Context.ExpectedVersion);
        Assert.IsType<GrainCommand.ChangeInspector>(sent[0].Command);
        Assert.Equal(new GrainCommand.RetireInspector("left"), sent[1].Command);
        Assert.Equal(new GrainCommand.RecordConflict(GrainId.FromStored("enterprise/u-0123456789abcdef"), "worked there"), sent[2].Command);
        Assert.Equal(new GrainCommand.EndConflict("conflict-1", "over"), sent[3].Command);
        await (await api.SendAsync("POST", "/api/inspectors/I-1/conflicts/%20/end", """{"reason":"over"}""")).ProblemAsync(400, "invalid-request");
    }

    [Fact]
    public async Task What_a_grain_refuses_is_answered_with_its_code()
    {
        await using var api = await ApiHost.StartAsync();
        api.Inspectors.Refusal = new Rejection.EvaluatorNotInspector("I-2");

        await (await api.SendAsync("POST", "/api/inspectors", Body)).ProblemAsync(409, "evaluator-not-inspector");
    }

    [Fact]
    public async Task The_list_is_filtered_and_goes_on_behind_its_last_inspector()
    {
        await using var api = await ApiHost.StartAsync();

        var page = await (await api.SendAsync("GET", "/api/inspectors?region=430000&field=%E8%8A%82%E8%83%BD&validOn=2026-06-15&retired=false&limit=1")).JsonAsync();
        var next = page.GetProperty("nextCursor").GetString();

        Assert.Equal(new InspectorFilter { Region = "430000", Field = "节能", ValidOn = new DateOnly(2026, 6, 15), Retired = false }, api.Inspectors.Filter);
        Assert.Equal("I-1", page.GetProperty("items")[0].GetProperty("id").GetString());
        var last = await (await api.SendAsync("GET", $"/api/inspectors?region=430000&field=%E8%8A%82%E8%83%BD&validOn=2026-06-15&retired=false&limit=1&cursor={next}")).JsonAsync();
        Assert.Equal(System.Text.Json.JsonValueKind.Null, last.GetProperty("nextCursor").ValueKind);
        await (await api.SendAsync("GET", $"/api/inspectors?cursor={next}")).ProblemAsync(400, "invalid-request");
    }

    [Fact]
    public async Task Who_is_not_registered_is_not_found()
    {
        await (await shared.Api.SendAsync("GET", "/api/inspectors/I-99")).ProblemAsync(404, "inspector-not-registered");
        await (await shared.Api.SendAsync("GET", "/api/inspectors/%20")).ProblemAsync(400, "invalid-request");
    }

    [Theory]
    [InlineData("evaluator")]
    [InlineData("certification-body")]
    public async Task An_inspector_gets_no_key_to_evaluate_or_certify(string role) => await (await shared.Api.SendAsync(
        "POST", "/api/keys", $$"""{"name":"x","person":"I-1","role":"{{role}}","body":"某某认证中心"}""", key: "admin")).ProblemAsync(409, "evaluator-not-inspector");
}
