using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Supervision.Acceptance;

/// <summary>What the server itself refuses, and whom it believes.</summary>
public sealed class EdgeTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private SiloProcess _silo = null!;
    private HttpClient _http = null!;

    public async ValueTask InitializeAsync()
    {
        _silo = await SiloProcess.StartAsync(
            $"--Data:Directory={_directory["data"]}", "--Embedded:SharedBuffersMegabytes=64", "--Sample:Load=false", "--Api:TrustedProxies:0=127.0.0.0/8");
        _http = new HttpClient { BaseAddress = _silo.Address };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _silo.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Headers_and_bodies_have_bounds_and_a_trusted_proxy_is_believed_for_whom_it_asks()
    {
        Assert.Equal(HttpStatusCode.OK, await SendAsync(HttpMethod.Get, "/api/verify?q=x", ("X-Large", new string('x', 15_000))));
        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, await SendAsync(HttpMethod.Get, "/api/verify?q=x", ("X-Large", new string('x', 17_000))));
        Assert.Equal(HttpStatusCode.RequestUriTooLong, await SendAsync(HttpMethod.Get, "/api/verify?q=" + new string('x', 9_000)));

        using var admin = _silo.Admin();
        Assert.Equal(413, (await admin.SendAsync(HttpMethod.Post, "/api/keys", $$"""{"name":"{{new string('x', 1 << 20)}}","person":"x","role":"officer"}""")).Status);

        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(HttpMethod.Get, "/api/keys", ("X-Forwarded-For", "198.51.100.7")));
        var record = Assert.Single((await admin.GetAsync("/api/audit?outcome=denied-unauthenticated")).Items());
        Assert.Equal("198.51.100.7", record.GetProperty("address").GetString());
    }

    [Fact]
    public async Task An_idempotency_key_in_any_script_is_the_same_over_the_wire_whatever_blanks_are_around_it()
    {
        using var admin = _silo.Admin();
        using var http = new HttpClient(new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 }) { BaseAddress = _silo.Address };

        Assert.Equal(
            [HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.BadRequest],
            [await CreateAsync("  第三批 第12行 "), await CreateAsync("第三批 第12行"), await CreateAsync("第三批第12行"), await CreateAsync("")]);

        async Task<HttpStatusCode> CreateAsync(string key)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/keys");
            request.Content = new StringContent("""{"name":"Li","person":"li","role":"officer"}""", Encoding.UTF8, "application/json");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", admin.Key);
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
            using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
            return response.StatusCode;
        }
    }

    private async Task<HttpStatusCode> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
