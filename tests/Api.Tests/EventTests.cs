using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Supervision.Api.Tests;

/// <summary>The feed over HTTP: pages, and the stream.</summary>
public sealed class EventTests : IAsyncLifetime
{
    private ApiHost _api = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await ApiHost.StartAsync(services: services => services.Configure<ApiOptions>(options => options.StreamsMax = 2));
        foreach (var type in (string[])["entity.registered", "title.granted", "case.opened", "title.removed"])
            _api.Feed.Add(type);
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task A_page_has_items_as_the_feed_tells_them_and_says_where_to_go_on()
    {
        var page = await (await _api.SendAsync("GET", "/api/events?after=1&limit=2", key: "integrator")).JsonAsync();
        Assert.Equal("""[{"seq":2,"type":"title.granted"},{"seq":3,"type":"case.opened"}]""", page.GetProperty("items").GetRawText());
        Assert.Equal((3, 4), (page.GetProperty("nextAfter").GetInt64(), page.GetProperty("seq").GetInt64()));

        var nothing = await (await _api.SendAsync("GET", "/api/events?type=draw.*&entity=factory/N-1-F-0001,enterprise/u-0123456789abcdef&region=湖南,110000&level=national&policy=miit-2024&kind=draw")).JsonAsync();
        Assert.Equal((0, 4), (nothing.GetProperty("items").GetArrayLength(), nothing.GetProperty("nextAfter").GetInt64()));
        Assert.Equal(["430000", "110000"], _api.Feed.Filter!.Regions);

        var lines = await _api.SendAsync("GET", "/api/events?type=title.*", headers: ("Accept", "application/x-ndjson"));
        Assert.Equal("{\"seq\":2,\"type\":\"title.granted\"}\n{\"seq\":4,\"type\":\"title.removed\"}\n", await lines.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("4", lines.Header("Supervision-Next-After"));
    }

    [Theory]
    [InlineData("after=-1", "after")]
    [InlineData("after=5", "after")]
    [InlineData("after=99999999999999999999", "after")]
    [InlineData("type=title.gone", "type")]
    [InlineData("type=titel.*", "type")]
    [InlineData("type=title.removed,", "type")]
    [InlineData("kind=inspector", "kind")]
    [InlineData("region=999999", "region")]
    [InlineData("policy=..%2F", "policy")]
    [InlineData("level=global", "level")]
    [InlineData("entity=policy/miit-2024", "entity")]
    [InlineData("limit=501", "limit")]
    [InlineData("since=1", "since")]
    public async Task What_is_wrong_with_a_request_is_named(string query, string member)
    {
        Assert.Equal([member], (await (await _api.SendAsync("GET", $"/api/events?{query}")).ProblemAsync(400, "invalid-request")).Members());
        if (member != "limit")
            Assert.Equal([member], (await (await _api.SendAsync("GET", $"/api/events/stream?{query}")).ProblemAsync(400, "invalid-request")).Members());
    }

    [Fact]
    public async Task A_stream_goes_on_after_the_last_event_that_a_client_has_and_tells_each_once()
    {
        _ = (await (await _api.SendAsync("GET", "/api/events/stream", headers: ("Last-Event-ID", "x"))).ProblemAsync(400, "invalid-request")).Members();
        Assert.Equal(["Last-Event-ID"], (await (await _api.SendAsync("GET", "/api/events/stream", headers: ("Last-Event-ID", "9"))).ProblemAsync(400, "invalid-request")).Members());
        using var stream = await OpenAsync("?type=title.*&after=3", lastEventId: "1");
        Assert.Equal("2", await stream.NextIdAsync());
        Assert.Equal("4", await stream.NextIdAsync());
        _api.Feed.Add("case.opened");
        _api.Feed.Add("title.reinstated");
        Assert.Equal("6", await stream.NextIdAsync());
        Assert.Equal("""data: {"seq":6,"type":"title.reinstated"}""", stream.LastData);
    }

    [Fact]
    public async Task Clients_share_one_reader_and_are_no_more_than_may_be()
    {
        using var one = await OpenAsync("");
        using var two = await OpenAsync("");
        _ = await (await _api.SendAsync("GET", "/api/events/stream")).ProblemAsync(503, "streams-full");
        var reads = _api.Feed.Reads;
        _api.Feed.Add("title.removed");
        Assert.Equal(("5", "5"), (await one.NextIdAsync(), await two.NextIdAsync()));
        Assert.Equal(reads + 1, _api.Feed.Reads);
    }

    [Fact]
    public async Task A_stream_ends_cleanly_when_the_silo_stops()
    {
        using var stream = await OpenAsync("?after=0");
        Assert.Equal("1", await stream.NextIdAsync());
        _api.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await stream.ReadToEndAsync();
    }

    private async Task<OpenStream> OpenAsync(string query, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/events/stream{query}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "integrator");
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        var response = await _api.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.Equal("retry: 2000", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        return new OpenStream(response, reader);
    }

    private sealed class OpenStream(HttpResponseMessage response, StreamReader reader) : IDisposable
    {
        public string? LastData { get; private set; }

        /// <summary>The id of the next event; a position without data is passed over.</summary>
        public async Task<string> NextIdAsync()
        {
            var id = "";
            while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            {
                if (line.StartsWith("id: ", StringComparison.Ordinal))
                    id = line[4..];
                if (!line.StartsWith("data: ", StringComparison.Ordinal))
                    continue;
                LastData = line;
                using var json = JsonDocument.Parse(line.AsMemory(6));
                return id;
            }

            throw new InvalidOperationException("The stream ended.");
        }

        public Task ReadToEndAsync() => reader.ReadToEndAsync(TestContext.Current.CancellationToken);

        public void Dispose()
        {
            reader.Dispose();
            response.Dispose();
        }
    }
}
