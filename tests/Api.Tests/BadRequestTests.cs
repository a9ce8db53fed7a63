using System.Text;

namespace Supervision.Api.Tests;

/// <summary>Whatever is wrong with a request is named; nothing of it reaches a grain.</summary>
public sealed class BadRequestTests(SharedApi shared) : IClassFixture<SharedApi>
{
    private const string Path = "/api/entities/factory/N-1-F-0001";

    private static readonly string LongName = new('厂', EntityName.LengthMax + 1);

    private readonly ApiHost _api = shared.Api;

    public static TheoryData<string, string, string, string> Bodies => new()
    {
        { "PUT", "", "", "body" },
        { "PUT", "", "{", "body" },
        { "PUT", "", "null", "body" },
        { "PUT", "", "[]", "body" },
        { "PUT", "", "\"a\"", "body" },
        { "PUT", "", """{"name":"甲"} {}""", "body" },
        { "PUT", "", """{"name":"甲",}""", "body" },
        { "PUT", "", """/* a */{"name":"甲"}""", "body" },
        { "PUT", "", $$"""{"name":{{new string('[', 40)}}{{new string(']', 40)}}}""", "body" },
        { "PUT", "", "{}", "name" },
        { "PUT", "", """{"name":null}""", "name" },
        { "PUT", "", """{"name":1}""", "name" },
        { "PUT", "", """{"name":""}""", "name" },
        { "PUT", "", """{"name":"  "}""", "name" },
        { "PUT", "", """{"name":"\u200b"}""", "name" },
        { "PUT", "", """{"name":"a\u0000"}""", "name" },
        { "PUT", "", """{"name":"a\n"}""", "name" },
        { "PUT", "", """{"name":"a\u0085"}""", "name" },
        { "PUT", "", """{"name":"a\u202eb"}""", "name" },
        { "PUT", "", """{"name":"a\ud800"}""", "name" },
        { "PUT", "", """{"name":"a\udc00b"}""", "name" },
        { "PUT", "", $$"""{"name":"{{LongName}}"}""", "name" },
        { "PUT", "", """{"name":"甲","name":"乙"}""", "name" },
        { "PUT", "", """{"name":"甲","n\u0061me":"乙"}""", "name" },
        { "PUT", "", """{"Name":"甲","name":"甲"}""", "Name" },
        { "PUT", "", """{"name":"甲","\ud800":1}""", "body" },
        { "PUT", "", """{"name":"甲","status":"listed"}""", "status" },
        { "PUT", "", """{"name":"甲","approvedBy":"p"}""", "approvedBy" },
        { "PUT", "", """{"name":"甲","seq":1}""", "seq" },
        { "PUT", "", """{"name":"甲","version":1}""", "version" },
        { "PUT", "", """{"name":"甲","region":"火星"}""", "region" },
        { "PUT", "", """{"name":"甲","region":"990000"}""", "region" },
        { "PUT", "", """{"name":"甲","riskClass":"E"}""", "riskClass" },
        { "PUT", "", """{"name":"甲","enterprise":"factory/N-1"}""", "enterprise" },
        { "PUT", "", """{"name":"甲","relations":{}}""", "relations" },
        { "PUT", "", """{"name":"甲","relations":[null]}""", "relations[0]" },
        { "PUT", "", """{"name":"甲","relations":[{"type":"friend","to":"factory/N-1"}]}""", "relations[0].type" },
        { "PUT", "", """{"name":"甲","relations":[{"type":"enterprise"}]}""", "relations[0].to" },
        { "PUT", "", """{"name":"甲","relations":[{"type":"enterprise","to":"factory/N-1"}]}""", "relations[0].to" },
        {
            "PUT", "", """{"name":"甲","enterprise":"u-0123456789abcdef","relations":[{"type":"enterprise","to":"enterprise/u-0123456789abcde0"}]}""",
            "relations[0].to"
        },
        { "POST", "/titles", """{"policy":"miit-2016","level":"National","grantedOn":"2017-08-23"}""", "level" },
        { "POST", "/titles", """{"policy":"miit-2016","level":"national, provincial","grantedOn":"2017-08-23"}""", "level" },
        { "POST", "/titles", """{"policy":"miit-2016","level":0,"grantedOn":"2017-08-23"}""", "level" },
        { "POST", "/titles", """{"policy":"miit-2016","grantedOn":"2017-08-23"}""", "level" },
        { "POST", "/titles", """{"policy":"miit-2016","level":"national","grantedOn":"2017-8-23"}""", "grantedOn" },
        { "POST", "/titles", """{"policy":"miit-2016","level":"national","grantedOn":"2017-02-29"}""", "grantedOn" },
        { "POST", "/titles", """{"policy":"miit-2016","level":"national","grantedOn":"2017-08-23T00:00:00Z"}""", "grantedOn" },
        { "POST", "/titles", """{"policy":"miit-2016","level":"national","grantedOn":"0001-01-01"}""", "grantedOn" },
        { "POST", "/titles", """{"policy":"miit-2016","level":"national","grantedOn":"9999-12-31"}""", "grantedOn" },
        { "POST", "/titles", """{"policy":"miit-2016","level":"national","grantedOn":20170823}""", "grantedOn" },
        { "POST", "/corrections", """{"corrects":1,"reason":"r"}""", "result" },
        { "POST", "/corrections", """{"corrects":1,"reason":"r","result":{"outcome":"clean"},"grant":{"certificate":"c"}}""", "grant" },
        { "POST", "/corrections", """{"corrects":1,"reason":"r","result":{}}""", "result" },
        { "POST", "/corrections", """{"corrects":1,"reason":"r","grant":{}}""", "grant" },
        { "POST", "/adjustments/adjustment-1/decision", """{"outcome":"dismiss","reason":"r","ground":"accident"}""", "ground" },
        { "POST", "/adjustments/adjustment-1/decision", """{"outcome":"dismiss","reason":"r","urgent":true}""", "urgent" },
        { "POST", "/incidents/incident-1/determination/correction", """{"reason":"r"}""", "level" },
        { "POST", "/corrections", """{"corrects":0,"reason":"r","grant":{"certificate":"c"}}""", "corrects" },
        { "POST", "/corrections", """{"corrects":1.5,"reason":"r","grant":{"certificate":"c"}}""", "corrects" },
        { "POST", "/corrections", """{"corrects":"1","reason":"r","grant":{"certificate":"c"}}""", "corrects" },
        { "POST", "/corrections", """{"corrects":99999999999999999999,"reason":"r","grant":{"certificate":"c"}}""", "corrects" },
        { "POST", "/corrections", """{"corrects":1,"reason":"r","result":{"outcome":"pass"}}""", "result.outcome" },
        { "POST", "/corrections", """{"corrects":1,"reason":"r","result":{"on":"x"}}""", "result.on" },
        { "POST", "/checks", """{"policy":"p","basis":"directed","dueBy":"2026-12-31","draw":"d","reason":"r"}""", "draw" },
        { "POST", "/checks", """{"policy":"p","basis":"random","dueBy":"2026-12-31","draw":"d","reason":"r"}""", "reason" },
        { "POST", "/checks", """{"policy":"p","basis":"random","dueBy":"2026-12-31","draw":"d","inspectors":["I-1",null]}""", "inspectors[1]" },
        { "POST", "/checks", """{"policy":"p","basis":"random","dueBy":"2026-12-31","draw":"d","inspectors":"I-1"}""", "inspectors" },
        { "POST", "/checks", $$"""{"policy":"p","basis":"random","dueBy":"2026-12-31","draw":"d","items":[{{string.Join(",", Enumerable.Repeat("\"a\"", 1001))}}]}""", "items" },
        { "POST", "/checks/check-1/approval", """{"approvedBy":"p"}""", "approvedBy" },
        { "POST", "/checks/check%201/approval", "{}", "id" },
        { "POST", "/checks/check%01/approval", "{}", "id" },
        { "POST", "/checks/check-1/result", """{"outcome":"clean","on":"2026-04-30","inspectors":["I-1"],"findings":[{"item":"a"}]}""", "findings[0].text" },
        { "POST", "/checks/check-1/result", """{"outcome":"clean","on":"2026-04-30","inspectors":["I-1"],"findings":["a"]}""", "findings[0]" },
        { "POST", "/checks/check-1/cancellation", """{"reason":"a\r\nb"}""", "reason" },
        { "POST", "/checks/check-1/cancellation", $$"""{"reason":"{{new string('a', 10_001)}}"}""", "reason" },
        { "POST", "/cases", """{"policy":"p","ground":"g","urgent":"yes"}""", "urgent" },
        { "POST", "/cases", """{"policy":"p","ground":"g","urgent":null}""", "urgent" },
        { "POST", "/cases/case-1/decision", """{"outcome":"REMOVE","reason":"r"}""", "outcome" },
    };

    [Theory]
    [MemberData(nameof(Bodies), DisableDiscoveryEnumeration = true)]
    public async Task What_is_wrong_with_a_body_is_named(string method, string path, string body, string member)
    {
        var before = _api.Grains.Sent.Count;

        var answer = await _api.SendAsync(method, Path + path, body);

        Assert.Equal([member], (await answer.ProblemAsync(400, "invalid-request")).Members());
        Assert.Equal(before, _api.Grains.Sent.Count);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_named_at_once()
    {
        var answer = await _api.SendAsync(
            "POST", "/api/entities/works/N-1/checks/check_1/result", """{"outcome":"pass","on":"today","by":"me"}""",
            headers: [("Idempotency-Key", "a\tb"), ("If-Match", "7")]);

        Assert.Equal(
            ["Idempotency-Key", "If-Match", "by", "id", "inspectors", "kind", "on", "outcome"],
            (await answer.ProblemAsync(400, "invalid-request")).Members().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_enterprise_has_no_enterprise_behind_it()
    {
        var answer = await _api.SendAsync("PUT", "/api/entities/enterprise/u-0123456789abcdef", """{"name":"甲","enterprise":"u-0123456789abcdef"}""");

        Assert.Equal(["enterprise"], (await answer.ProblemAsync(400, "invalid-request")).Members());
    }

    [Fact]
    public async Task A_name_may_have_as_many_characters_as_names_have_outside_the_basic_plane_too()
    {
        var name = string.Concat(Enumerable.Repeat("𠮷", EntityName.LengthMax));

        Assert.True((await _api.SendAsync("PUT", Path, $$"""{"name":"{{name}}"}""")).IsSuccessStatusCode);
        await (await _api.SendAsync("PUT", Path, $$"""{"name":"{{name}}𠮷"}""")).ProblemAsync(400, "invalid-request");
    }

    [Theory]
    [InlineData("Idempotency-Key", " ")]
    [InlineData("Idempotency-Key", "a\tb")]
    [InlineData("Idempotency-Key", "a\u007fb")]
    [InlineData("Idempotency-Key", "a\u202eb")]
    [InlineData("If-Match", "7")]
    [InlineData("If-Match", "W/\"7\"")]
    [InlineData("If-Match", "\"7\", \"8\"")]
    [InlineData("If-Match", "\"seven\"")]
    [InlineData("If-Match", "\"-7\"")]
    [InlineData("If-None-Match", "\"7\"")]
    [InlineData("If-Match", "\"99999999999999999999\"")]
    public async Task A_header_that_is_not_as_it_has_to_be_is_named(string name, string value)
    {
        var answer = await _api.SendAsync("POST", Path + "/checks/check-1/approval", headers: (name, value));

        Assert.Equal([name], (await answer.ProblemAsync(400, "invalid-request")).Members());
    }

    [Theory]
    [InlineData("k", 255, true)]
    [InlineData("k", 256, false)]
    [InlineData("钥", 255, true)]
    [InlineData("钥", 256, false)]
    [InlineData("𠮷", 255, true)]
    [InlineData("𠮷", 256, false)]
    public async Task An_idempotency_key_has_a_greatest_length(string character, int length, bool taken)
    {
        var key = string.Concat(Enumerable.Repeat(character, length));

        var answer = await _api.SendAsync("POST", Path + "/checks/check-1/approval", headers: ("Idempotency-Key", $" {key} "));

        Assert.Equal(taken, answer.IsSuccessStatusCode);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a  b")]
    [InlineData("第三批 第12行")]
    [InlineData("clé")]
    [InlineData("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")]
    public async Task Any_other_text_is_an_idempotency_key(string key) =>
        Assert.True((await _api.SendAsync("POST", Path + "/checks/check-1/approval", headers: ("Idempotency-Key", key))).IsSuccessStatusCode);

    [Fact]
    public async Task An_idempotency_key_is_sent_once()
    {
        var answer = await _api.SendAsync("POST", Path + "/checks/check-1/approval", headers: [("Idempotency-Key", "a"), ("Idempotency-Key", "b")]);

        Assert.Equal(["Idempotency-Key"], (await answer.ProblemAsync(400, "invalid-request")).Members());
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/json; charset=gbk")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("")]
    public async Task A_body_that_is_not_json_by_its_type_is_refused(string contentType)
    {
        var answer = await _api.SendAsync("PUT", Path, """{"name":"甲"}""", contentType: contentType);

        await answer.ProblemAsync(415, "unsupported-media-type");
    }

    [Fact]
    public async Task A_body_in_another_encoding_is_refused()
    {
        byte[] gbk = [.. Encoding.UTF8.GetBytes("{\"name\":\""), 0xBC, 0xD7, .. Encoding.UTF8.GetBytes("\"}")];

        var answer = await _api.SendAsync("PUT", Path, gbk, "officer", "application/json; charset=utf-8");

        Assert.Equal(["body"], (await answer.ProblemAsync(400, "invalid-request")).Members());
    }

    [Fact]
    public async Task A_body_larger_than_a_megabyte_is_refused()
    {
        var answer = await _api.SendAsync("PUT", Path, $$"""{"name":"{{new string('a', 1 << 20)}}"}""");

        await answer.ProblemAsync(413, "body-too-large");
    }

    [Fact]
    public async Task An_unknown_address_and_a_wrong_method_are_problems()
    {
        await (await _api.SendAsync("GET", "/api/nothing")).ProblemAsync(404, "not-found");
        await (await _api.SendAsync("GET", "/nothing", key: null)).ProblemAsync(401, "key-required");
        var answer = await _api.SendAsync("DELETE", Path);
        await answer.ProblemAsync(405, "method-not-allowed");
        Assert.Contains("PUT", answer.Header("Allow"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_tells_nothing_of_its_cause()
    {
        await using var api = await ApiHost.StartAsync();
        api.Register.Failure = new InvalidOperationException("SELECT secret FROM /var/lib/supervision");

        var answer = await api.SendAsync("GET", Path);

        var problem = await answer.ProblemAsync(500, "internal-error");
        Assert.DoesNotContain("SELECT", problem.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", problem.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/api/entities/factory/N-1-F-0001", "officer")]
    [InlineData("GET", "/api/entities/factory/N-1-F-0001", null)]
    [InlineData("GET", "/api/entities/factory/N-9", "officer")]
    [InlineData("GET", "/api/nothing", "officer")]
    [InlineData("GET", "/api/verify/factory/N-9", null)]
    [InlineData("GET", "/openapi/v1.json", null)]
    [InlineData("POST", "/api/keys", "officer")]
    public async Task Every_answer_keeps_browsers_from_more_than_showing_it(string method, string path, string? key)
    {
        var answer = await _api.SendAsync(method, path, key: key);

        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal("no-referrer", answer.Header("Referrer-Policy"));
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Equal("default-src 'none'; frame-ancestors 'none'", answer.Header("Content-Security-Policy"));
    }

    [Fact]
    public async Task A_failure_carries_the_headers_too()
    {
        await using var api = await ApiHost.StartAsync();
        api.Register.Failure = new InvalidOperationException("failure");

        var answer = await api.SendAsync("GET", Path);

        Assert.Equal(("nosniff", "no-store"), (answer.Header("X-Content-Type-Options"), answer.Header("Cache-Control")));
    }
}
