#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false
// A receiver of deliveries: verifies signatures, notices what is missing and fetches it, verifies that every event is in the public log.
//
//   dotnet run receiver.cs -- serve --listen 127.0.0.1:8080 --secrets FILE --state FILE [--server URL --key FILE --subscription ID] [--origin NAME] [--tolerance SECONDS]
//   dotnet run receiver.cs -- check vectors.json
//
// .NET 10, no packages. What it receives is in the state file (a JSON object a line) before it is answered. The file of secrets has one a line
// (whsec_...), during a rotation two; it is read at every delivery. TLS is for a proxy in front of it.
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;

var options = args.Skip(1).Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0].TrimStart('-'), pair => pair[1]);
return args switch
{
    ["check", var vectors] => Vectors.Check(vectors),
    ["serve", ..] when options.ContainsKey("secrets") && options.ContainsKey("state") => await ServeAsync(options),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("serve --secrets FILE --state FILE [--listen HOST:PORT] [--server URL --key FILE --subscription ID] [--origin NAME] [--tolerance SECONDS], or check vectors.json");
    return 2;
}

static async Task<int> ServeAsync(Dictionary<string, string> options)
{
    const int bodyMax = 64 * 1024;
    var origin = options.GetValueOrDefault("origin", "supervision.example");
    var tolerance = long.Parse(options.GetValueOrDefault("tolerance", "300"), CultureInfo.InvariantCulture);
    var state = new State(options["state"]);
    var work = options.TryGetValue("server", out var server) ? new Work(state, new Server(server, File.ReadAllText(options["key"]).Trim()), options["subscription"]) : null;

    var builder = WebApplication.CreateSlimBuilder();
    builder.Logging.ClearProviders();
    builder.WebHost.UseUrls($"http://{options.GetValueOrDefault("listen", "127.0.0.1:8080")}").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = bodyMax);
    var app = builder.Build();
    app.MapMethods("/{**path}", ["OPTIONS"], (HttpContext context) =>
    {
        if (context.Request.Headers["WebHook-Request-Origin"] != origin)
            return Results.StatusCode(403);
        context.Response.Headers["WebHook-Allowed-Origin"] = origin;
        return Results.Ok();
    });
    app.MapPost("/{**path}", async (HttpContext context) =>
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer);
        var (body, headers) = (buffer.ToArray(), context.Request.Headers);
        string id = headers["webhook-id"].ToString(), timestamp = headers["webhook-timestamp"].ToString();
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            || (tolerance > 0 && Math.Abs(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - at) > tolerance)
            || !Signatures.IsSigned(File.ReadAllText(options["secrets"]).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), id, timestamp, headers["webhook-signature"].ToString(), body))
            return Results.BadRequest();
        var cloudEvent = JsonNode.Parse(body)!;
        if (state.Receive(id, cloudEvent))
            Console.WriteLine($"received {(string?)cloudEvent["seq"] ?? "-"} {cloudEvent["type"]} {cloudEvent["subject"]}");
        if ((string?)cloudEvent["previousseq"] is { } previous)
            work?.Previous.Writer.TryWrite(long.Parse(previous, CultureInfo.InvariantCulture));
        return Results.NoContent();
    });
    await app.StartAsync();
    Console.WriteLine($"listening on {app.Urls.Single()["http://".Length..]}");
    await Task.WhenAny(work?.RunAsync() ?? Task.Delay(Timeout.Infinite), app.WaitForShutdownAsync());
    return 0;
}

/// <summary>Signatures, by Standard Webhooks.</summary>
static class Signatures
{
    /// <summary>The signature of a message: HMAC-SHA256 of id, timestamp and body with dots between them.</summary>
    public static string Of(string secret, string id, string timestamp, byte[] body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), signed));
    }

    /// <summary>Whether any of the signatures given is made with any of the secrets.</summary>
    public static bool IsSigned(IEnumerable<string> secrets, string id, string timestamp, string given, byte[] body) => secrets.Any(secret =>
        given.Split(' ').Any(one => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Of(secret, id, timestamp, body)), Encoding.UTF8.GetBytes(one))));
}

/// <summary>Proofs, by RFC 9162.</summary>
static class Proofs
{
    /// <summary>Why a proof does not show that an event is in the log; null: it does.</summary>
    public static string? WhyNot(long seq, string type, string subject, JsonNode proof)
    {
        long size = (long)proof["treeSize"]!;
        byte[] root = Hex(proof["root"]!), hashed = Hex(proof["leafHash"]!);
        if ((long)proof["seq"]! != seq)
            return "the proof is of another event";
        if ((string?)proof["leaf"] is { } text)
        {
            var leaf = JsonNode.Parse(text)!;
            if (!Hash([0, .. Encoding.UTF8.GetBytes(text)]).AsSpan().SequenceEqual(hashed))
                return "the leaf has not its hash";
            if ((string?)leaf["grain"] != subject || (string?)leaf["type"] != type)
                return "the leaf is another event";
        }

        if (!IsIncluded(seq, size, hashed, [.. proof["path"]!.AsArray().Select(node => Hex(node!))], root))
            return "the path does not lead to the root";
        // Who signed a checkpoint is verified by docs/verify_log.py, and once for all events up to its size.
        return (string?)proof["checkpoint"] is { } note && note.Split('\n') is var lines
            && (lines[1] != size.ToString(CultureInfo.InvariantCulture) || !Convert.FromBase64String(lines[2]).AsSpan().SequenceEqual(root))
                ? "the root is not that of the checkpoint"
                : null;
    }

    /// <summary>Whether the hash of a leaf leads to the root (RFC 9162, 2.1.3.2); seq counts from 1.</summary>
    private static bool IsIncluded(long seq, long treeSize, byte[] leaf, IReadOnlyList<byte[]> path, byte[] root)
    {
        if (seq < 1 || seq > treeSize)
            return false;
        var (first, second, node) = (seq - 1, treeSize - 1, leaf);
        foreach (var sibling in path)
        {
            if (second == 0)
                return false;
            if ((first & 1) == 1 || first == second)
            {
                node = Hash([1, .. sibling, .. node]);
                for (; (first & 1) == 0 && first != 0; first >>= 1)
                    second >>= 1;
            }
            else
            {
                node = Hash([1, .. node, .. sibling]);
            }

            (first, second) = (first >> 1, second >> 1);
        }

        return second == 0 && node.AsSpan().SequenceEqual(root);
    }

    private static byte[] Hash(byte[] bytes) => SHA256.HashData(bytes);

    private static byte[] Hex(JsonNode node) => Convert.FromHexString((string)node!);
}

/// <summary>What was received, in memory and in a file.</summary>
sealed class State
{
    private readonly Lock _lock = new();
    private readonly FileStream _file;
    private readonly SortedDictionary<long, (string Type, string Subject, bool Done)> _events = [];
    private readonly HashSet<string> _messages = [];

    public State(string path)
    {
        if (File.Exists(path))
        {
            foreach (var line in File.ReadLines(path).Where(line => line.EndsWith('}')))
                Apply(JsonNode.Parse(line)!);
        }

        _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
    }

    /// <summary>Keeps a message; false: it was received before.</summary>
    public bool Receive(string id, JsonNode cloudEvent)
    {
        lock (_lock)
        {
            if (_messages.Contains(id))
                return false;
            var line = new JsonObject { ["how"] = "received", ["message"] = id };
            if ((string?)cloudEvent["seq"] is { } seq)
                (line["seq"], line["type"], line["subject"], line["item"]) = (long.Parse(seq, CultureInfo.InvariantCulture), (string?)cloudEvent["type"], (string?)cloudEvent["subject"], cloudEvent["data"]!.DeepClone());
            Write(line);
            return true;
        }
    }

    /// <summary>Keeps an event that was fetched; false: it is known.</summary>
    public bool Fetch(JsonNode item)
    {
        lock (_lock)
        {
            if (_events.ContainsKey((long)item["seq"]!))
                return false;
            Write(new JsonObject { ["how"] = "fetched", ["seq"] = (long)item["seq"]!, ["type"] = (string?)item["type"], ["subject"] = (string?)item["subject"], ["item"] = item.DeepClone() });
            return true;
        }
    }

    /// <summary>Keeps that an event is in a tree; null: its proof is wrong.</summary>
    public void Prove(long seq, long? treeSize)
    {
        lock (_lock)
            Write(new JsonObject { ["how"] = "proven", ["seq"] = seq, ["treeSize"] = treeSize });
    }

    public bool Has(long seq)
    {
        lock (_lock)
            return _events.ContainsKey(seq);
    }

    /// <summary>The last event before one; null: there is none.</summary>
    public long? Before(long seq)
    {
        lock (_lock)
            return _events.Keys.TakeWhile(known => known < seq).Cast<long?>().LastOrDefault();
    }

    public IReadOnlyList<(long Seq, string Type, string Subject)> Unproven()
    {
        lock (_lock)
            return [.. _events.Where(entry => !entry.Value.Done).Take(100).Select(entry => (entry.Key, entry.Value.Type, entry.Value.Subject))];
    }

    private void Write(JsonObject line)
    {
        _file.Write(Encoding.UTF8.GetBytes(line.ToJsonString() + "\n"));
        _file.Flush(flushToDisk: true);
        Apply(line);
    }

    private void Apply(JsonNode line)
    {
        if ((string?)line["message"] is { } id)
            _messages.Add(id);
        if (line["seq"] is null)
            return;
        var seq = (long)line["seq"]!;
        if ((string?)line["how"] == "proven")
            _events[seq] = _events[seq] with { Done = true };
        else
            _events.TryAdd(seq, ((string)line["type"]!, (string)line["subject"]!, false));
    }
}

/// <summary>The interface of the service, with a key.</summary>
sealed class Server
{
    private readonly HttpClient _http;

    public Server(string url, string key)
    {
        _http = new HttpClient { BaseAddress = new Uri(url.TrimEnd('/') + "/"), Timeout = TimeSpan.FromSeconds(30) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>An answer; null: it was refused.</summary>
    public async Task<JsonNode?> GetAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        return answer.IsSuccessStatusCode ? JsonNode.Parse(await answer.Content.ReadAsByteArrayAsync()) : null;
    }

    /// <summary>What a subscription asks for of the feed, after one seq and up to another.</summary>
    public async IAsyncEnumerable<JsonNode> BetweenAsync(string subscription, long after, long to)
    {
        var asked = await GetAsync($"api/subscriptions/{subscription}") ?? throw new HttpRequestException("The subscription cannot be read.");
        var query = new StringBuilder($"&type={Uri.EscapeDataString(Joined(asked["types"]!))}");
        foreach (var name in (string[])["kind", "region", "policy", "level"])
        {
            if (asked["filter"]![name] is JsonArray { Count: > 0 } values)
                query.Append(CultureInfo.InvariantCulture, $"&{name}={Uri.EscapeDataString(Joined(values))}");
        }

        // More than an address can name are looked for here; what stands for an enterprise behind others is then read, too.
        if (asked["filter"]!["entities"] is JsonArray { Count: > 0 and <= 100 } entities)
            query.Append(CultureInfo.InvariantCulture, $"&entity={Uri.EscapeDataString(Joined(entities))}");
        while (after < to)
        {
            var page = await GetAsync($"api/events?limit=500&after={after}{query}") ?? throw new HttpRequestException("The feed cannot be read.");
            foreach (var item in page["items"]!.AsArray().Where(item => (long)item!["seq"]! <= to))
                yield return item!;
            var next = (long)page["nextAfter"]!;
            if (next <= after)
                yield break;
            after = next;
        }
    }

    private static string Joined(JsonNode values) => string.Join(',', values.AsArray().Select(value => (string)value!));
}

/// <summary>What takes longer than a sender waits: fetching what is missing, and proofs.</summary>
sealed class Work(State state, Server server, string subscription)
{
    public Channel<long> Previous { get; } = Channel.CreateUnbounded<long>();

    public async Task RunAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        do
        {
            try
            {
                while (Previous.Reader.TryPeek(out var seq))
                {
                    await FillAsync(seq);
                    Previous.Reader.TryRead(out _);
                }

                await ProveAsync();
            }
            catch (Exception trouble) when (trouble is HttpRequestException or JsonException or TaskCanceledException)
            {
                Console.WriteLine($"later: {trouble.Message}");
            }
        }
        while (await timer.WaitForNextTickAsync());
    }

    /// <summary>Fetches what lies between what is known and an event that was sent and never came.</summary>
    private async Task FillAsync(long seq)
    {
        if (state.Has(seq))
            return;
        await foreach (var item in server.BetweenAsync(subscription, state.Before(seq) ?? seq - 1, seq))
        {
            if (state.Fetch(item))
                Console.WriteLine($"fetched {item["seq"]} {item["type"]} {item["subject"]}");
        }
    }

    private async Task ProveAsync()
    {
        foreach (var (seq, type, subject) in state.Unproven())
        {
            // The next checkpoint has it, or the log is not signed.
            if (await server.GetAsync($"log/proof?seq={seq}") is not { } proof)
                return;
            var trouble = Proofs.WhyNot(seq, type, subject, proof);
            state.Prove(seq, trouble is null ? (long)proof["treeSize"]! : null);
            Console.WriteLine(trouble is null ? $"proven {seq} in {proof["treeSize"]}" : $"NOT PROVEN {seq}: {trouble}");
        }
    }
}

/// <summary>Recomputes the test vectors.</summary>
static class Vectors
{
    /// <summary>0: this receiver judges all of them rightly.</summary>
    public static int Check(string path)
    {
        var vectors = JsonNode.Parse(File.ReadAllBytes(path))!;
        var (signatures, proofs) = (vectors["signatures"]!.AsArray(), vectors["proofs"]!.AsArray());
        var wrong = signatures
            .Where(vector => Signatures.IsSigned(
                vector!["secrets"]!.AsArray().Select(secret => (string)secret!), (string)vector["id"]!, (string)vector["timestamp"]!, (string)vector["signature"]!,
                Encoding.UTF8.GetBytes((string)vector["body"]!)) != (bool)vector["valid"]!)
            .Concat(proofs.Where(vector =>
                (Proofs.WhyNot((long)vector!["event"]!["seq"]!, (string)vector["event"]!["type"]!, (string)vector["event"]!["subject"]!, vector["proof"]!) is null) != (bool)vector["valid"]!))
            .Select(vector => (string)vector!["name"]!)
            .ToList();
        foreach (var name in wrong)
            Console.WriteLine($"wrong: {name}");
        Console.WriteLine($"{signatures.Count} signatures and {proofs.Count} proofs, {wrong.Count} wrong");
        return wrong.Count == 0 ? 0 : 1;
    }
}
