namespace Supervision.Api.Tests;

/// <summary>The log is for everyone; what its events say is for those who may know it anyway.</summary>
public sealed class LogTests(SharedApi shared) : IClassFixture<SharedApi>
{
    private ApiHost Api => shared.Api;

    [Fact]
    public async Task Checkpoints_are_never_kept_full_tiles_for_ever()
    {
        using var checkpoint = await Api.SendAsync("GET", "/log/checkpoint", key: null);
        Assert.Equal(("text/plain", "utf-8", "no-store"), (checkpoint.Content.Headers.ContentType!.MediaType, checkpoint.Content.Headers.ContentType.CharSet, checkpoint.Header("Cache-Control")));
        Assert.Equal(StandInLog.Note, await checkpoint.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        using var keys = await Api.SendAsync("GET", "/log/key", key: null);
        Assert.Equal("log.example+00000000+AQ==\n", await keys.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        using var full = await Api.SendAsync("GET", "/log/tile/0/000", key: null);
        Assert.Equal(("application/octet-stream", 8192L, "public, max-age=31536000, immutable"), (full.Header("Content-Type"), full.Content.Headers.ContentLength, full.Header("Cache-Control")));
        using var partial = await Api.SendAsync("GET", "/log/tile/0/000.p/7", key: null);
        Assert.Equal((224L, "public, max-age=60"), (partial.Content.Headers.ContentLength, partial.Header("Cache-Control")));
    }

    [Theory]
    [InlineData("/log/tile/0/00", 400, "invalid-request", "index")]
    [InlineData("/log/tile/9/000", 400, "invalid-request", "index")]
    [InlineData("/log/tile/0/000.p/256", 400, "invalid-request", "index")]
    [InlineData("/log/tile/0/x001/000", 404, "not-found", null)]
    [InlineData("/log/tile/entries/000", 404, "not-found", null)]
    [InlineData("/log/tile/0/001", 500, "log-damaged", null)]
    [InlineData("/log/proof", 400, "invalid-request", "seq")]
    [InlineData("/log/proof?seq=x", 400, "invalid-request", "seq")]
    [InlineData("/log/proof?seq=0", 400, "invalid-request", "seq")]
    [InlineData("/log/proof?seq=11", 400, "invalid-request", "seq")]
    [InlineData("/log/proof?seq=1&treeSize=13", 400, "invalid-request", "treeSize")]
    [InlineData("/log/proof?seq=1&size=3", 400, "invalid-request", "size")]
    [InlineData("/log/consistency", 400, "invalid-request", "from")]
    [InlineData("/log/consistency?from=11", 400, "invalid-request", "from")]
    [InlineData("/log/consistency?from=1&to=13", 400, "invalid-request", "to")]
    public async Task What_cannot_be_answered_says_why(string path, int status, string code, string? member)
    {
        using var answer = await Api.SendAsync("GET", path, key: null);

        var problem = await answer.ProblemAsync(status, code);
        if (member is not null)
            Assert.Equal([member], problem.Members());
        Assert.Equal("no-store", answer.Header("Cache-Control"));
    }

    [Theory]
    [InlineData(null, true, false, true, false, false)]
    // What is served is between authority and holder, so of event 5 only the hash is told.
    [InlineData("integrator", true, true, true, false, false)]
    [InlineData("officer", true, true, true, true, true)]
    public async Task Every_event_is_proven_to_everyone_and_told_to_those_who_may_know_it(string? key, params bool[] isTold)
    {
        Api.Register.History.Clear();
        Api.Register.History.AddRange([Entry(1, 1, "title.granted"), Entry(2, 2, "case.opened"), Entry(5, 3, "case.served", StandInLog.Served)]);
        for (var seq = 1; seq <= isTold.Length; seq++)
        {
            using var answer = await Api.SendAsync("GET", $"/log/proof?seq={seq}", key: key);
            var proof = await answer.JsonAsync();
            Assert.Equal((isTold[seq - 1] ? StandInLog.LeafOf(seq) : null, "bb", StandInLog.Note), (proof.GetProperty("leaf").GetString(), proof.GetProperty("leafHash").GetString(), proof.GetProperty("checkpoint").GetString()));
        }
    }

    [Fact]
    public async Task A_proof_in_another_tree_than_the_last_signed_one_names_no_checkpoint()
    {
        using var answer = await Api.SendAsync("GET", "/log/proof?seq=1&treeSize=12", key: null);

        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await answer.JsonAsync()).GetProperty("checkpoint").ValueKind);
    }

    [Fact]
    public async Task Without_a_checkpoint_there_are_proofs_of_a_given_size_only()
    {
        await using var api = await ApiHost.StartAsync();
        api.Log.IsSigned = false;

        foreach (var path in (string[])["/log/checkpoint", "/log/key", "/log/proof?seq=1", "/log/consistency?from=1"])
            await (await api.SendAsync("GET", path, key: null)).ProblemAsync(404, "log-not-signed");
        Assert.Equal(200, (int)(await api.SendAsync("GET", "/log/proof?seq=1&treeSize=12", key: null)).StatusCode);
    }

    private static HistoryEntry Entry(long seq, long version, string type, string data = "{}") => new(
        seq, version, type, DateTimeOffset.UnixEpoch, DateOnly.MinValue, "p", null, data, new Dictionary<string, string>(), new Why(null, null, null));
}
