using System.Text.Json;

namespace Supervision.Acceptance;

/// <summary>
/// Many callers at once, each ordering directed checks under an Idempotency-Key until it has the answer, whatever happens
/// to the silos meanwhile. It remembers what was acknowledged, and finds every one of them exactly once at the end.
/// </summary>
internal sealed class Load(IReadOnlyList<string> factories, int commands)
{
    private const int Callers = 64;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(50);

    private readonly string _dueBy = TimeProvider.System.GetUtcNow().AddYears(1).ToString("yyyy-MM-dd");
    private readonly string?[] _answers = new string?[commands];
    private volatile IReadOnlyList<Client> _clients = [];
    private int _next = -1;
    private int _acknowledged;
    private int _unanswered;

    /// <summary>Commands that were answered.</summary>
    public int Acknowledged => Volatile.Read(ref _acknowledged);

    /// <summary>Requests that were cut off without an answer.</summary>
    public int Unanswered => Volatile.Read(ref _unanswered);

    /// <summary>The silos to talk to from now on; while there are none, callers wait.</summary>
    public void Use(params Client[] clients) => _clients = clients;

    /// <summary>Calls until every command is acknowledged.</summary>
    public Task RunAsync() => Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => CallAsync(caller))));

    /// <summary>Waits until so many are acknowledged; ends early when the calling does.</summary>
    public async Task AcknowledgedAsync(int count, Task running)
    {
        await Eventually.TrueAsync(
            () => Task.FromResult(Acknowledged >= count || running.IsCompleted), TimeSpan.FromSeconds(60), () => $"{count} commands are acknowledged; {Acknowledged} are");
        if (running.IsFaulted)
            await running;
    }

    /// <summary>Finds every acknowledged command exactly once, in the register and in the histories, and answered again as before.</summary>
    public async Task VerifyAsync(Client client)
    {
        Assert.Equal(commands, Acknowledged);
        var entities = await client.ListAsync("/api/entities?kind=factory");
        var found = entities.SelectMany(Markers).CountBy(marker => marker).ToDictionary();
        Assert.All(Enumerable.Range(0, commands), n => Assert.True(found.GetValueOrDefault(Marker(n)) == 1, $"{Marker(n)} is there {found.GetValueOrDefault(Marker(n))} times."));
        Assert.Equal(commands, found.Count);

        foreach (var entity in entities.Where((_, place) => place % 100 == 0))
        {
            var history = await client.ListAsync($"/api/entities/{entity.GetProperty("id").GetString()}/history");
            Assert.Equal(entity.GetProperty("version").GetInt64(), history.Count);
            Assert.Equal(Markers(entity).Count(), history.Count(item => item.GetProperty("type").GetString() == "check.ordered"));
        }

        for (var n = 0; n < commands; n += 97)
        {
            var again = await SendAsync(client, n);
            Assert.Equal(201, again.Status);
            Assert.Equal(_answers[n], again.Body);
        }
    }

    private static IEnumerable<string> Markers(JsonElement entity) =>
        entity.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("reason").GetString()!);

    private static string Marker(int n) => $"command {n}";

    private async Task CallAsync(int caller)
    {
        while (Interlocked.Increment(ref _next) is var n && n < commands)
            await CallUntilAnsweredAsync(caller, n);
    }

    private async Task CallUntilAnsweredAsync(int caller, int n)
    {
        for (var attempt = 0; ; attempt++)
        {
            var clients = _clients;
            if (clients.Count == 0)
            {
                await Task.Delay(RetryDelay, TestContext.Current.CancellationToken);
                continue;
            }

            try
            {
                var answer = await SendAsync(clients[(caller + attempt) % clients.Count], n);
                if (answer.Status == 201)
                {
                    _answers[n] = answer.Body;
                    Interlocked.Increment(ref _acknowledged);
                    return;
                }

                Assert.True(
                    answer.Status == 503 || (answer.Status == 409 && answer.Code == "idempotency-key-in-use"), $"{Marker(n)} was answered with {answer.Status}: {answer.Body}");
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or TaskCanceledException)
            {
                TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
                Interlocked.Increment(ref _unanswered);
            }

            await Task.Delay(RetryDelay, TestContext.Current.CancellationToken);
        }
    }

    private Task<Answer> SendAsync(Client client, int n) => client.SendAsync(
        HttpMethod.Post,
        $"/api/entities/{factories[n % factories.Count]}/checks",
        $$"""{"policy":"miit-2024","basis":"directed","reason":"{{Marker(n)}}","dueBy":"{{_dueBy}}"}""",
        $"command-{n}");
}
