using System.Net;

namespace Supervision.Api.Tests;

/// <summary>Public pages, and what they say of whom.</summary>
public sealed class PageTests(SharedApi shared) : IClassFixture<SharedApi>
{
    private static readonly RemovalView Removal = new(new DateOnly(2026, 4, 1), "failed-spot-check", "五(五)", "case-1", "2026-17<b>", new DateOnly(2029, 3, 31));

    [Fact]
    public async Task A_page_says_where_a_title_stands_since_when_and_by_which_decision_and_escapes_what_it_says()
    {
        var removed = GrainId.Of(GrainKind.Factory, "REMOVED");
        shared.Api.Register.Entities[removed] = Entities.Snapshot(removed, 9, "甲<script>alert(1)</script>\"&", Removal);
        var page = await shared.Api.SendAsync("GET", "/v/factory/REMOVED", key: null);
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("text/html; charset=utf-8", page.Content.Headers.ContentType?.ToString());
        foreach (var said in (string[])["已除名 · Removed", "2026-17&lt;b&gt;", "2026-04-01", "五(五)", "2029-03-31", "/api/verify/factory/REMOVED", "/v/factory/REMOVED/qr.svg", "甲&lt;script&gt;alert(1)&lt;/script&gt;&quot;&amp;"])
            Assert.Contains(said, html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        var policy = page.Header("Content-Security-Policy")!;
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_policy_notes_beside_a_setting_of_its_own_is_not_shown_to_citizens()
    {
        var removed = GrainId.Of(GrainKind.Factory, "SET");
        shared.Api.Register.Entities[removed] = Entities.Snapshot(removed, 9, "乙厂", Removal with { Article = "configuration: not stated in the source; a note" });
        var html = await TextAsync("/v/factory/SET", HttpStatusCode.OK);
        Assert.Contains("not stated in the source, set by the authority", html, StringComparison.Ordinal);
        Assert.DoesNotContain("a note", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_withheld_looks_like_what_is_not_registered()
    {
        var secret = GrainId.Of(GrainKind.Factory, "SECRET");
        shared.Api.Register.Entities[secret] = Entities.Snapshot(secret, 9, "秘密工厂");
        shared.Api.Register.Withheld.Add(secret);
        var withheld = await TextAsync("/v/factory/SECRET", HttpStatusCode.NotFound);
        Assert.Contains("未登记 · Unknown", withheld, StringComparison.Ordinal);
        Assert.Equal(withheld.Replace("SECRET", "NOBODY", StringComparison.Ordinal), await TextAsync("/v/factory/NOBODY", HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task A_page_of_what_was_merged_leads_on()
    {
        var merged = GrainId.Of(GrainKind.Factory, "MERGED");
        shared.Api.Register.Entities[merged] = Entities.Snapshot(merged, 9, mergedInto: Entities.Factory);
        var answer = await shared.Api.SendAsync("GET", "/v/factory/MERGED", key: null);
        Assert.Equal((HttpStatusCode.PermanentRedirect, "/v/factory/N-1-F-0001"), (answer.StatusCode, answer.Header("Location")));
    }

    [Theory]
    [InlineData("/v/robot/x")]
    [InlineData("/v/factory/%3Cb%3E")]
    [InlineData("/v/policy/miit-2024")]
    [InlineData("/v/factory/%3Cb%3E/qr.svg")]
    public async Task What_is_no_identity_has_no_page(string path) => _ = await (await shared.Api.SendAsync("GET", path, key: null)).ProblemAsync(404, "not-found");

    [Fact]
    public async Task The_code_is_a_picture_without_anything_active()
    {
        var code = await shared.Api.SendAsync("GET", "/v/factory/N-1-F-0001/qr.svg", key: null);
        Assert.Equal("image/svg+xml", code.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("<svg", await code.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verification_names_the_page_and_the_index_in_the_status_list()
    {
        var answer = await (await shared.Api.SendAsync("GET", "/api/verify/factory/N-1-F-0001", key: null)).JsonAsync();
        Assert.Equal("/v/factory/N-1-F-0001", answer.GetProperty("link").GetString());
        Assert.Equal(77, answer.GetProperty("titles")[0].GetProperty("statusIndex").GetInt64());
        var list = await shared.Api.SendAsync("GET", "/api/status-list", key: null);
        Assert.Equal(("application/statuslist+jwt", "a.b.c"), (list.Content.Headers.ContentType?.MediaType, await list.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    private async Task<string> TextAsync(string path, HttpStatusCode status)
    {
        var answer = await shared.Api.SendAsync("GET", path, key: null);
        Assert.Equal(status, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
