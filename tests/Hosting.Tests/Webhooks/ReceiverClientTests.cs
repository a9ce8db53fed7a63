using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Options;
using Supervision.Hosting.Webhooks;
using Supervision.Testing;

namespace Supervision.Hosting.Tests.Webhooks;

/// <summary>Receivers that answer badly cost little and learn nothing.</summary>
public sealed class ReceiverClientTests : IAsyncLifetime
{
    private static readonly TimeSpan AttemptTimeMax = TimeSpan.FromSeconds(1);

    private readonly RawReceiver _receiver = new();
    private readonly ReceiverClient _client = new(
        new AddressRules([IPNetwork.Parse("127.0.0.0/8")]),
        Options.Create(new WebhookOptions { AttemptTimeMax = AttemptTimeMax }), TimeProvider.System);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _receiver.DisposeAsync();
    }

    [Theory]
    [InlineData(200, AttemptOutcome.Delivered)]
    [InlineData(204, AttemptOutcome.Delivered)]
    [InlineData(400, AttemptOutcome.Refused)]
    [InlineData(410, AttemptOutcome.Refused)]
    [InlineData(500, AttemptOutcome.Refused)]
    public async Task The_status_decides(int status, AttemptOutcome outcome)
    {
        _receiver.Answer = (_, stream, token) => RawReceiver.StatusAsync(stream, status, token);

        var answer = await PostAsync();

        Assert.Equal((outcome, status), (answer.Summary.Outcome, answer.Summary.Status));
        var post = Assert.Single(_receiver.Posts);
        Assert.Equal("application/cloudevents+json; charset=utf-8", post.Headers["content-type"]);
        Assert.Equal("y", post.Headers["x"]);
        Assert.DoesNotContain(post.Headers.Keys, name => name is "cookie" or "accept-encoding" or "traceparent" or "authorization");
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Redirects_are_not_followed(int status)
    {
        await using var elsewhere = new RawReceiver();
        _receiver.Answer = (_, stream, token) => RawReceiver.StatusAsync(stream, status, token, $"Location: {elsewhere.Url}", "Set-Cookie: a=b");

        Assert.Equal((AttemptOutcome.Refused, status), await OutcomeAsync());
        _receiver.Answer = (_, stream, token) => RawReceiver.StatusAsync(stream, 204, token);
        Assert.Equal(AttemptOutcome.Delivered, (await PostAsync()).Summary.Outcome);

        Assert.Equal(0, elsewhere.Connections);
        Assert.DoesNotContain("cookie", _receiver.Posts[^1].Headers.Keys);
    }

    [Theory]
    [InlineData("Retry-After: 120", 120)]
    [InlineData("Retry-After: 999999", 3600)]
    [InlineData("Retry-After: -5", null)]
    [InlineData("Retry-After: soon", null)]
    [InlineData("X: y", null)]
    public async Task A_receiver_may_ask_for_a_pause_of_an_hour_at_most(string header, int? seconds)
    {
        foreach (var status in new[] { 429, 503 })
        {
            _receiver.Answer = (_, stream, token) => RawReceiver.StatusAsync(stream, status, token, header);
            Assert.Equal(seconds, (await PostAsync()).RetryAfter?.TotalSeconds);
        }

        _receiver.Answer = (_, stream, token) => RawReceiver.StatusAsync(stream, 500, token, header);
        Assert.Null((await PostAsync()).RetryAfter);
    }

    [Fact]
    public async Task Nobody_there_a_hang_up_and_no_TLS_are_no_answers()
    {
        _receiver.Answer = (_, stream, _) =>
        {
            stream.Socket.LingerState = new LingerOption(true, 0);
            return Task.FromResult(false);
        };
        Assert.Equal((AttemptOutcome.NoAnswer, null), await OutcomeAsync());
        // It waits for the end of what is no request to it.
        Assert.Equal((AttemptOutcome.TimedOut, null), await OutcomeAsync(_receiver.Url.Replace("http:", "https:", StringComparison.Ordinal)));
        await _receiver.GoDownAsync();
        Assert.Equal((AttemptOutcome.NoAnswer, null), await OutcomeAsync());
    }

    [Fact]
    public async Task Silence_and_drips_end_with_the_time_of_an_attempt()
    {
        Func<NetworkStream, CancellationToken, Task>[] slow =
        [
            (_, token) => new TaskCompletionSource().Task.WaitAsync(token),
            (stream, token) => DripAsync(stream, "HTTP/1.1 200 OK\r\nX: ", token),
            (stream, token) => DripAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n", token),
        ];
        var next = -1;
        _receiver.Answer = async (_, stream, token) =>
        {
            await slow[Interlocked.Increment(ref next)](stream, token);
            return false;
        };

        var began = TimeProvider.System.GetTimestamp();
        var answers = await Task.WhenAll(slow.Select(_ => PostAsync()));

        Assert.All(answers, answer => Assert.Equal(AttemptOutcome.TimedOut, answer.Summary.Outcome));
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), AttemptTimeMax - TimeSpan.FromMilliseconds(50), AttemptTimeMax + TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Of_two_gigabytes_and_of_a_bomb_64_KiB_are_read_and_nothing_is_unpacked()
    {
        var bomb = new MemoryStream();
        await using (var gzip = new GZipStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true))
            await gzip.WriteAsync(new byte[8 << 20], TestContext.Current.CancellationToken);
        _receiver.Answer = async (_, stream, token) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {bomb.Length}\r\n\r\n"), token);
            await stream.WriteAsync(bomb.ToArray(), token);
            return true;
        };
        var packed = await PostAsync();
        Assert.Equal((AttemptOutcome.Delivered, (int)bomb.Length), (packed.Summary.Outcome, packed.Summary.Bytes));

        _receiver.Answer = async (_, stream, token) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2147483648\r\n\r\n"u8.ToArray(), token);
            var block = new byte[1 << 16];
            while (true)
                await stream.WriteAsync(block, token);
        };
        var before = GC.GetTotalAllocatedBytes();
        var large = await PostAsync();
        Assert.Equal((AttemptOutcome.NoAnswer, 64 << 10), (large.Summary.Outcome, large.Summary.Bytes));
        Assert.True(GC.GetTotalAllocatedBytes() - before < 4 << 20);
    }

    [Fact]
    public async Task Headers_end_at_16_KB()
    {
        _receiver.Answer = async (_, stream, token) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n"u8.ToArray(), token);
            var line = Encoding.ASCII.GetBytes($"X: {new string('x', 1000)}\r\n");
            while (true)
                await stream.WriteAsync(line, token);
        };

        Assert.Equal((AttemptOutcome.NoAnswer, null), await OutcomeAsync());
    }

    [Fact]
    public async Task How_a_refusal_begins_is_kept_without_control_characters()
    {
        _receiver.Answer = async (_, stream, token) =>
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 500 x\r\nContent-Length: 507\r\n\r\n{"坏\u0000\n"}\u001b[2J{new string('x', 498)}"), token);
            return true;
        };

        var excerpt = (await PostAsync()).Summary.Excerpt!;

        Assert.StartsWith("坏   [2Jxxx", excerpt, StringComparison.Ordinal);
        Assert.InRange(excerpt.Length, 190, 200);
    }

    [Theory]
    [InlineData("*", true)]
    [InlineData("supervision.example", true)]
    [InlineData("other.example", false)]
    [InlineData(null, false)]
    public async Task A_receiver_says_whether_it_wants_deliveries(string? origin, bool isWanted)
    {
        _receiver.AllowedOrigin = origin;

        Assert.Equal(isWanted, await _client.AllowsAsync(new Uri(_receiver.Url), "supervision.example", TestContext.Current.CancellationToken));
        Assert.Empty(_receiver.Posts);
    }

    private static async Task DripAsync(NetworkStream stream, string start, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(start), cancellationToken);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await timer.WaitForNextTickAsync(cancellationToken))
            await stream.WriteAsync("x"u8.ToArray(), cancellationToken);
    }

    private Task<Answer> PostAsync(string? url = null) =>
        _client.PostAsync(new Uri(url ?? _receiver.Url), "{}"u8.ToArray(), [new("x", "y")], TestContext.Current.CancellationToken);

    private async Task<(AttemptOutcome, int?)> OutcomeAsync(string? url = null)
    {
        var answer = await PostAsync(url);
        return (answer.Summary.Outcome, answer.Summary.Status);
    }
}
