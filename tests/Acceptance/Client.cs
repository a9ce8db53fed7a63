using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Supervision.Acceptance;

/// <summary>What a silo answered.</summary>
internal sealed record Answer(int Status, string Body)
{
    private JsonElement? _json;

    public JsonElement Json => _json ??= JsonDocument.Parse(Body).RootElement;

    public string? Code => Text("code");

    public string? Text(string member) => Json.GetProperty(member).GetString();

    public long Number(string member) => Json.GetProperty(member).GetInt64();

    public IReadOnlyList<JsonElement> Items(string member = "items") => [.. Json.GetProperty(member).EnumerateArray()];

    /// <summary>The only title of an entity.</summary>
    public JsonElement Title => Assert.Single(Items("titles"));

    /// <summary>How an import ended, and what became of its rows.</summary>
    public (string? Status, int Accepted, int Unchanged, int Rejected) Figures() =>
        (Text("status"), (int)Number("accepted"), (int)Number("unchanged"), (int)Number("rejected"));
}

/// <summary>Talks to a silo with one key.</summary>
internal sealed class Client : IDisposable
{
    private readonly HttpClient _http;

    public Client(Uri address, string? key)
    {
        _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        if (key is not null)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        Key = key;
    }

    public string? Key { get; }

    private const string NationalList = "format=national-list&policy=miit-2016";

    public Task<Answer> GetAsync(string path, int expected = 200) => ExpectAsync(SendAsync(HttpMethod.Get, path), $"GET {path}", expected);

    public Task<Answer> PostAsync(string path, string? body, int expected = 200) =>
        ExpectAsync(SendAsync(HttpMethod.Post, path, body), $"POST {path} {body}", expected);

    public Task<Answer> PutAsync(string path, string body, int expected = 200) =>
        ExpectAsync(SendAsync(HttpMethod.Put, path, body), $"PUT {path} {body}", expected);

    public async Task<Answer> SendAsync(HttpMethod method, string path, string? body = null, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        return await SendAsync(request);
    }

    /// <summary>Uploads a list and waits until it is worked through.</summary>
    public async Task<Answer> ImportAsync(byte[] file, bool dryRun = false, string list = NationalList)
    {
        var received = await UploadAsync(file, dryRun, list);
        Assert.True(received.Status == 202, received.Body);
        var job = received;
        await Eventually.TrueAsync(
            async () =>
            {
                job = await GetAsync($"/api/imports/{received.Text("id")}");
                return job.Text("status") is "done" or "failed";
            },
            TimeSpan.FromSeconds(60),
            () => $"the import is worked through: {job.Body}");
        return job;
    }

    public async Task<Answer> UploadAsync(byte[] file, bool dryRun = false, string list = NationalList)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/imports?{list}&dryRun={(dryRun ? "true" : "false")}");
        request.Content = new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
        return await SendAsync(request);
    }

    /// <summary>Brings a document and gives its hash.</summary>
    public async Task<string> BringAsync(byte[] content, string name, int expected = 201)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/documents?name={Uri.EscapeDataString(name)}") { Content = new ByteArrayContent(content) };
        var answer = await SendAsync(request);
        Assert.True(answer.Status == expected, answer.Body);
        return answer.Text("sha256")!;
    }

    /// <summary>Gives the content of a document.</summary>
    public Task<byte[]> ReadAsync(string path) => _http.GetByteArrayAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    /// <summary>Every item of a list, page by page.</summary>
    public async Task<IReadOnlyList<JsonElement>> ListAsync(string path)
    {
        var items = new List<JsonElement>();
        string? cursor = null;
        do
        {
            var page = await GetAsync($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit=500{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}");
            items.AddRange(page.Items());
            cursor = page.Text("nextCursor");
        }
        while (cursor is not null);
        return items;
    }

    public void Dispose() => _http.Dispose();

    private async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<Answer> ExpectAsync(Task<Answer> sending, string what, int expected)
    {
        var answer = await sending;
        Assert.True(answer.Status == expected, $"{what}: {expected} was expected, {answer.Status} came:\n{answer.Body}");
        return answer;
    }
}
