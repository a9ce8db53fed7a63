using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Supervision.Api.Limits;

namespace Supervision.Api.Tests;

public sealed class LimitTests
{
    [Fact]
    public async Task Who_sends_more_than_their_share_is_told_when_to_go_on_and_nobody_else_is()
    {
        await using var api = await StartAsync(limits => (limits.KeyRequests, limits.KeyBurst, limits.AddressRequests, limits.AddressBurst) = (1, 3, 1, 2));
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.OK, (await api.SendAsync("GET", "/api/entities")).StatusCode);

        var refused = await api.SendAsync("GET", "/api/entities");
        await refused.ProblemAsync(429, "too-many-requests");
        Assert.InRange(int.Parse(refused.Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture), 1, 86_400);
        Assert.Equal(HttpStatusCode.OK, (await api.SendAsync("GET", "/api/entities", key: "officer-2")).StatusCode);
        // Public answers and denials count against the address, and not against a key.
        Assert.Equal(HttpStatusCode.OK, (await api.SendAsync("GET", "/api/verify?q=x", key: null)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await api.SendAsync("GET", "/api/entities", key: "sk_unknown")).StatusCode);
        await (await api.SendAsync("GET", "/api/verify?q=x", key: null)).ProblemAsync(429, "too-many-requests");
        await (await api.SendAsync("GET", "/api/entities", key: null)).ProblemAsync(429, "too-many-requests");
        await (await api.SendAsync("GET", "/api/nothing", key: null)).ProblemAsync(429, "too-many-requests");
    }

    [Fact]
    public async Task Many_questions_in_one_call_take_as_much_of_the_share_as_they_cost()
    {
        await using var api = await StartAsync(limits => (limits.AddressRequests, limits.AddressBurst) = (1, 60));
        Task<HttpResponseMessage> AskAsync(int questions) =>
            api.SendAsync("POST", "/api/verify", $$"""{"questions":[{{string.Join(',', Enumerable.Repeat("\"a\"", questions))}}]}""", key: null);

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(1000)).StatusCode);
        var refused = await AskAsync(1000);
        await refused.ProblemAsync(429, "too-many-requests");
        Assert.NotNull(refused.Header("Retry-After"));
        // Of 60, the calls have taken 51 and 1; a call with 19 questions is one request.
        for (var i = 0; i < 8; i++)
            Assert.Equal(HttpStatusCode.OK, (await AskAsync(19)).StatusCode);
        await (await AskAsync(1)).ProblemAsync(429, "too-many-requests");
    }

    [Fact]
    public async Task Who_cannot_save_up_what_many_questions_cost_asks_them_with_all_there_is()
    {
        await using var api = await StartAsync(limits => (limits.AddressRequests, limits.AddressBurst) = (1, 5));

        var body = $$"""{"questions":[{{string.Join(',', Enumerable.Repeat("\"a\"", 1000))}}]}""";
        Assert.Equal(HttpStatusCode.OK, (await api.SendAsync("POST", "/api/verify", body, key: null)).StatusCode);
        await (await api.SendAsync("GET", "/api/verify?q=x", key: null)).ProblemAsync(429, "too-many-requests");
    }

    [Fact]
    public async Task A_flood_without_a_key_is_cut_off_before_the_audit_trail()
    {
        await using var api = await StartAsync(limits => (limits.AddressRequests, limits.AddressBurst) = (1, 5));

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => api.SendAsync("GET", "/api/entities", key: null)));

        Assert.Equal((5, 195), (answers.Count(answer => answer.StatusCode == HttpStatusCode.Unauthorized), answers.Count(answer => answer.StatusCode == HttpStatusCode.TooManyRequests)));
        Assert.Equal(5, api.Audit.Entries.Count);
    }

    [Fact]
    public async Task A_request_that_takes_too_long_is_answered()
    {
        await using var api = await ApiHost.StartAsync(services: services => services.Configure<ApiOptions>(options =>
        {
            options.RequestTimeMax = TimeSpan.FromMilliseconds(50);
            options.ReadWaitMax = TimeSpan.FromMinutes(1);
        }));

        // Waits for what never comes.
        var answer = await api.SendAsync("GET", "/api/entities?minSeq=100");

        await answer.ProblemAsync(503, "request-timed-out");
        Assert.NotNull(answer.Header("Retry-After"));
    }

    [Theory]
    [InlineData("GET", "/api/entities", "officer")]
    [InlineData("GET", "/api/entities/factory/N-1-F-0001", "officer")]
    [InlineData("GET", "/api/entities/factory/none", "officer")]
    [InlineData("POST", "/api/keys", "officer")]
    [InlineData("GET", "/api/entities", null)]
    [InlineData("GET", "/api/verify?q=x", null)]
    [InlineData("GET", "/openapi/v1.json", null)]
    [InlineData("GET", "/nothing", null)]
    [InlineData("PATCH", "/api/verify", null)]
    public async Task Every_answer_carries_the_headers_that_keep_browsers_in_bounds(string method, string path, string? key)
    {
        await using var api = await ApiHost.StartAsync();

        var answer = await api.SendAsync(method, path, key: key);

        Assert.Equal(
            ("nosniff", "no-referrer", "no-store", "default-src 'none'; frame-ancestors 'none'", "same-origin", "same-origin", null, null),
            (answer.Header("X-Content-Type-Options"), answer.Header("Referrer-Policy"), answer.Header("Cache-Control"), answer.Header("Content-Security-Policy"),
                answer.Header("Cross-Origin-Opener-Policy"), answer.Header("Cross-Origin-Resource-Policy"), answer.Header("Strict-Transport-Security"), answer.Header("Server")));
        Assert.Equal("max-age=31536000; includeSubDomains", (await api.SendAsync(method, "https://localhost" + path, key: key)).Header("Strict-Transport-Security"));
    }

    private static Task<ApiHost> StartAsync(Action<RateLimitOptions> limits) => ApiHost.StartAsync(services: services => services.Configure<RateLimitOptions>(options =>
    {
        // Nothing is filled up while a test runs.
        options.Period = TimeSpan.FromDays(1);
        limits(options);
    }));
}
