using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Supervision.Acceptance;

/// <summary>What the host on Orleans has beside the others.</summary>
public sealed class OrleansTests
{
    private const string OnlyThere = "Only the host on Orleans has it.";

    public static bool IsOnOrleans => SiloProcess.IsOnOrleans;

    [Fact(Skip = OnlyThere, SkipUnless = nameof(IsOnOrleans))]
    public async Task The_dashboard_is_for_admins_alone()
    {
        using var directory = new TempDirectory();
        await using var silo = await StartAsync(directory, "--Orleans:Dashboard=true");
        using var officer = await silo.OfficerAsync("li");
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = silo.Address };
        var (admin, basic) = (new AuthenticationHeaderValue("Bearer", SiloProcess.AdminKey), Basic(SiloProcess.AdminKey));

        foreach (var path in (string[])["/orleans", "/orleans/", "/orleans/index.min.js", "/orleans/DashboardCounters", "/orleans/GrainState?grainId=x&grainType=y", "/orleans/Trace"])
        {
            var (status, answer) = await GetAsync(http, path, null);
            Assert.Equal((401, "Basic"), (status, answer.Headers.WwwAuthenticate.Single().Scheme));
            Assert.Equal(401, (await GetAsync(http, path, Basic("no key of anybody"))).Status);
            Assert.Equal(403, (await GetAsync(http, path, new AuthenticationHeaderValue("Bearer", officer.Key))).Status);
            Assert.Equal(403, (await GetAsync(http, path, Basic(officer.Key!))).Status);
        }

        foreach (var signedIn in (AuthenticationHeaderValue[])[admin, basic])
        {
            Assert.Equal(301, (await GetAsync(http, "/orleans", signedIn)).Status);
            var (status, page) = await GetAsync(http, "/orleans/", signedIn);
            Assert.Equal((200, "text/html"), (status, page.Content.Headers.ContentType!.MediaType));
            Assert.Contains("script-src 'self'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Equal(200, (await GetAsync(http, "/orleans/index.min.js", signedIn)).Status);
            var counters = JsonSerializer.Deserialize<JsonElement>(await (await GetAsync(http, "/orleans/DashboardCounters", signedIn)).Answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.InRange(counters.GetProperty("hosts").GetArrayLength(), 1, 2);
            // The log stays where it is.
            Assert.Equal(403, (await GetAsync(http, "/orleans/Trace", signedIn)).Status);
        }

        // What browsers send by themselves opens nothing else.
        Assert.Equal(401, (await GetAsync(http, "/api/keys", basic)).Status);
        Assert.DoesNotContain("/orleans", await (await GetAsync(http, "/openapi/v1.json", null)).Answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await silo.StopAsync();
    }

    [Fact(Skip = OnlyThere, SkipUnless = nameof(IsOnOrleans))]
    public async Task Without_its_setting_there_is_no_dashboard()
    {
        using var directory = new TempDirectory();
        await using var silo = await StartAsync(directory);
        using var admin = silo.Admin();

        Assert.Equal(404, (await admin.SendAsync(HttpMethod.Get, "/orleans/")).Status);
    }

    [Fact(Skip = OnlyThere, SkipUnless = nameof(IsOnOrleans))]
    public async Task Admins_see_what_became_of_commands_on_the_silos_of_the_cluster()
    {
        using var directory = new TempDirectory();
        await using var silo = await StartAsync(directory);
        using var admin = silo.Admin();
        using var officer = await silo.OfficerAsync("li");
        for (var i = 0; i < 16; i++)
            await officer.PutAsync($"/api/entities/factory/X-{i}", $$"""{"name":"甲{{i}}","region":"430000"}""", 201);

        // All came to this silo; another one says what it decided of them when it next reports.
        var rows = (await admin.GetAsync("/api/statistics/cluster")).Items().Where(row => row.GetProperty("kind").GetString() == "factory");
        Assert.Contains(rows, row => row.GetProperty("accepted").GetInt64() + row.GetProperty("passedOn").GetInt64() == 16);
        await silo.StopAsync();
    }

    [Fact(Skip = OnlyThere, SkipUnless = nameof(IsOnOrleans))]
    public async Task Settings_of_TLS_that_are_wrong_stop_the_start_and_are_all_named()
    {
        using var directory = new TempDirectory();

        var (exitCode, output) = await SiloProcess.RunAsync(
            $"--Data:Directory={directory["data"]}", "--Orleans:Tls:Certificat=x", "--Orleans:Tls:Certificate=/nowhere/silo.pfx", "--Orleans:Tls:Thumbprints=12ab");

        Assert.NotEqual(0, exitCode);
        foreach (var expected in (string[])["Orleans:Tls:Certificat is not a setting", "Orleans:Tls:Certificate is '/nowhere/silo.pfx', which cannot be read", "Orleans:Tls:Thumbprints is '12ab'"])
            Assert.Contains(expected, output, StringComparison.Ordinal);
    }

    private static Task<SiloProcess> StartAsync(TempDirectory directory, params string[] settings) =>
        SiloProcess.StartAsync([$"--Data:Directory={directory["data"]}", "--Embedded:SharedBuffersMegabytes=64", "--Sample:Load=false", .. settings]);

    private static AuthenticationHeaderValue Basic(string key) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("admin:" + key)));

    private static async Task<(int Status, HttpResponseMessage Answer)> GetAsync(HttpClient http, string path, AuthenticationHeaderValue? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Authorization = authorization } };
        var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, answer);
    }
}
