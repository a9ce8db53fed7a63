using System.Net.Http.Headers;
using System.Text.Json;
using Supervision.Testing;

namespace Supervision.Acceptance;

/// <summary>A removal on the real register reaches those who rely on it: by the feed, by the streams of two silos, in the status list, on the page.</summary>
public sealed class EventTests
{
    private const string Factory = "/api/entities/factory/N-1-F-0002";

    [Fact]
    public async Task A_removal_is_told_everywhere_with_its_decision_and_a_check_not_before_its_notice()
    {
        using var directory = new TempDirectory();
        await using var database = await TestDatabase.CreateAsync(TestContext.Current.CancellationToken);
        string[] settings =
        [
            $"--ConnectionStrings:Supervision={database.ConnectionString}", $"--Data:Directory={directory["data"]}", "--Clock:Mode=manual", "--Clock:AllowManual=true",
            "--Clock:Start=2026-05-01T01:00:00Z", "--StatusList:IntervalSeconds=0", "--Api:PublicUrl=https://green.example.cn/",
        ];
        await using var silo = await SiloProcess.StartAsync(settings);
        await using var second = await SiloProcess.StartAsync(settings);
        using var admin = silo.Admin();
        using var li = await silo.OfficerAsync("li");
        using var wang = await silo.OfficerAsync("wang");
        var made = await admin.PostAsync("/api/keys", """{"name":"Bank","person":"bank","role":"integrator"}""", 201);
        using var bank = new Client(silo.Address, made.Text("key"));
        using var anyone = silo.Anyone();
        await silo.RegisterInspectorsAsync();
        var index = (await anyone.GetAsync("/api/verify/factory/N-1-F-0002")).Title.GetProperty("statusIndex").GetInt64();

        var start = (await bank.GetAsync("/api/events?type=title.removed")).Number("nextAfter");
        using var here = await StreamAsync(silo.Address, bank.Key!, $"?type=title.*,check.*&after={start}", lastEventId: null);
        // Keys that another silo made are known a moment later.
        using var there = await StreamAsync(second.Address, SiloProcess.AdminKey, "?type=title.removed", lastEventId: start);

        await li.PostAsync($"{Factory}/checks", """{"policy":"miit-2024","basis":"directed","reason":"complaint","dueBy":"2026-12-31","inspectors":["I-1","I-2"]}""", 201);
        Assert.Empty((await bank.GetAsync($"/api/events?after={start}&entity=factory/N-1-F-0002")).Items());
        await wang.PostAsync($"{Factory}/checks/check-1/approval", null);
        await li.PostAsync($"{Factory}/checks/check-1/notice", """{"on":"2026-05-01","method":"post","number":"T-1"}""");
        var notified = await here.NextAsync();
        Assert.Equal(("check.notified", "check.ordered"), (notified.GetProperty("type").GetString(), notified.GetProperty("earlier")[0].GetProperty("type").GetString()));
        Assert.DoesNotContain("T-1", notified.GetRawText(), StringComparison.Ordinal);

        await li.PostAsync($"{Factory}/cases", """{"policy":"miit-2024","ground":"false-declaration","evidence":"meters"}""", 201);
        await li.PostAsync($"{Factory}/cases/case-1/service", """{"on":"2026-05-01","method":"post"}""");
        await li.PostAsync($"{Factory}/cases/case-1/statement", """{"text":"we regret"}""");
        await wang.PostAsync($"{Factory}/cases/case-1/decision", """{"outcome":"remove","reason":"false","number":"2026-17"}""");

        var told = await here.UntilAsync("title.removed");
        Assert.Equal(told.GetRawText(), (await there.NextAsync()).GetRawText());
        Assert.Equal(told.GetRawText(), Assert.Single((await bank.GetAsync($"/api/events?type=title.removed&after={start}&policy=miit-2024&region=北京&kind=factory")).Items()).GetRawText());
        Assert.Equal(("2026-17", "https://green.example.cn/v/factory/N-1-F-0002"), (told.GetProperty("decision").GetProperty("number").GetString(), told.GetProperty("decision").GetProperty("link").GetString()));
        var page = await anyone.SendAsync(HttpMethod.Get, "/v/factory/N-1-F-0002");
        Assert.All((string[])["已除名 · Removed", "2026-17", "2026-05-01"], said => Assert.Contains(said, page.Body, StringComparison.Ordinal));
        Assert.Equal(0x01, await CodeAsync(anyone, index));

        // A client that was away has what it missed from the other silo, after the last event that it has.
        var seq = told.GetProperty("seq").GetInt64();
        await wang.PostAsync($"{Factory}/reinstatements", """{"policy":"miit-2024","level":"national","case":"case-1","reason":"quashed on review","number":"2026-R-3"}""");
        using var back = await StreamAsync(second.Address, SiloProcess.AdminKey, "?type=title.*", lastEventId: seq);
        var corrected = await back.NextAsync();
        Assert.Equal(("title.reinstated", seq), (corrected.GetProperty("type").GetString(), corrected.GetProperty("corrects").GetInt64()));
        Assert.Equal(0x00, await CodeAsync(anyone, index));

        // Both stop although clients listen.
        await second.StopAsync();
        await silo.StopAsync();
    }

    private static async Task<int> CodeAsync(Client anyone, long index)
    {
        using var claims = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars((await anyone.SendAsync(HttpMethod.Get, "/api/status-list")).Body.Split('.')[1]));
        var list = System.Buffers.Text.Base64Url.DecodeFromChars(claims.RootElement.GetProperty("status_list").GetProperty("lst").GetString());
        await using var inflated = new System.IO.Compression.ZLibStream(new MemoryStream(list), System.IO.Compression.CompressionMode.Decompress);
        using var whole = new MemoryStream();
        await inflated.CopyToAsync(whole, TestContext.Current.CancellationToken);
        return (whole.ToArray()[index / 2] >> (int)(index % 2 * 4)) & 0x0F;
    }

    private static async Task<EventReader> StreamAsync(Uri address, string key, string query, long? lastEventId)
    {
        var http = new HttpClient { BaseAddress = address };
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/events/stream{query}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (lastEventId is { } id)
            request.Headers.Add("Last-Event-ID", $"{id}");
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        return new EventReader(http, response, new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)));
    }

    private sealed class EventReader(HttpClient http, HttpResponseMessage response, StreamReader reader) : IDisposable
    {
        public async Task<JsonElement> NextAsync()
        {
            while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            {
                if (line.StartsWith("data: ", StringComparison.Ordinal))
                    return JsonDocument.Parse(line[6..]).RootElement;
            }

            throw new InvalidOperationException("The stream ended.");
        }

        public async Task<JsonElement> UntilAsync(string type)
        {
            JsonElement next;
            do
                next = await NextAsync();
            while (next.GetProperty("type").GetString() != type);
            return next;
        }

        public void Dispose()
        {
            reader.Dispose();
            response.Dispose();
            http.Dispose();
        }
    }
}
