using System.Net.Mime;
using System.Text;
using CloudNative.CloudEvents.SystemTextJson;
using Microsoft.AspNetCore.Http;
using StandardWebhooks;
using Supervision.Hosting.Webhooks;

namespace Supervision.Hosting.Tests.Webhooks;

/// <summary>What is sent, as implementations of others read it.</summary>
public sealed class MessageTests
{
    private const string Id = "sub-1.42.1a2b";

    private static readonly DateTimeOffset At = TimeProvider.System.GetUtcNow();

    private static readonly byte[] Secret = [.. Enumerable.Range(1, Signature.SecretBytes).Select(value => (byte)value)];

    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"type":"title.removed","名":"值"}""");

    [Fact]
    public void The_vector_of_Standard_Webhooks_comes_out()
    {
        // From the specification's libraries.
        var secret = Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        var headers = Signature.Headers("msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330), "{\"test\": 2432232314}"u8, [secret]);

        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", headers[2].Value);
    }

    [Fact]
    public void A_verifier_of_others_takes_it_and_nothing_in_which_a_byte_is_another()
    {
        var headers = Signature.Headers(Id, At, Body, [Secret]).ToDictionary(header => header.Key, header => header.Value);
        Assert.True(IsTaken(Body, headers[Signature.IdHeader], headers[Signature.TimestampHeader], headers[Signature.SignatureHeader]));

        for (var i = 0; i < Body.Length; i++)
            Assert.False(IsTaken([.. Body[..i], (byte)(Body[i] ^ 1), .. Body[(i + 1)..]], headers[Signature.IdHeader], headers[Signature.TimestampHeader], headers[Signature.SignatureHeader]));
        foreach (var name in headers.Keys)
        {
            // The last digit of base64 may stand for bits that are not there.
            for (var i = 0; i < headers[name].Length - (name == Signature.SignatureHeader ? 2 : 0); i++)
            {
                var other = new Dictionary<string, string>(headers) { [name] = headers[name][..i] + (headers[name][i] == '1' ? '2' : '1') + headers[name][(i + 1)..] };
                Assert.False(IsTaken(Body, other[Signature.IdHeader], other[Signature.TimestampHeader], other[Signature.SignatureHeader]), $"{name}, {i}");
            }
        }
    }

    [Fact]
    public void During_a_rotation_the_old_and_the_new_secret_verify()
    {
        var other = Secret.Reverse().ToArray();
        var headers = Signature.Headers(Id, At, Body, [other, Secret]);

        // This verifier looks at one signature at a time.
        var signatures = headers[2].Value.Split(' ');
        Assert.Equal(2, signatures.Length);
        Assert.True(IsTaken(Body, Id, headers[1].Value, signatures[0], other));
        Assert.True(IsTaken(Body, Id, headers[1].Value, signatures[1], Secret));
        Assert.False(IsTaken(Body, Id, headers[1].Value, signatures[1], other));
    }

    [Fact]
    public void The_body_is_a_CloudEvent()
    {
        var item = Item("""{"seq":4294967296,"type":"title.removed"}""");

        var read = new JsonEventFormatter().DecodeStructuredModeMessage(
            CloudEvent.Of(item, "sub-1", 4294967000, "supervision.example"), new ContentType("application/cloudevents+json; charset=utf-8"), extensionAttributes: null);

        Assert.True(read.IsValid);
        Assert.Equal(
            ("title.removed", "factory/N-1-F-0001", "//supervision.example", item.At, "application/json"),
            (read.Type, read.Subject, read.Source?.ToString(), read.Time, read.DataContentType));
        Assert.Equal(("4294967296", "4294967000", "sub-1"), (read["seq"], read["previousseq"], read["subscription"]));
        Assert.Equal(4294967296, ((System.Text.Json.JsonElement)read.Data!).GetProperty("seq").GetInt64());
    }

    [Fact]
    public void What_would_be_too_large_names_the_event_and_leaves_it_out()
    {
        var body = CloudEvent.Of(Item($$"""{"seq":4294967296,"data":"{{new string('x', CloudEvent.BytesMax)}}"}"""), "sub-1", null, "supervision.example");

        Assert.InRange(body.Length, 1, 1000);
        Assert.Contains("""{"seq":4294967296,"type":"title.removed","subject":"factory/N-1-F-0001","omitted":true}""", Encoding.UTF8.GetString(body.Span), StringComparison.Ordinal);
    }

    private static FeedItem Item(string json) => new(
        4294967296, "title.removed", EventClass.Decision, GrainId.FromStored("factory/N-1-F-0001"), new DateTimeOffset(2026, 5, 1, 1, 2, 3, 456, TimeSpan.Zero),
        new FeedScope(null, [], [], []), Encoding.UTF8.GetBytes(json));

    private static bool IsTaken(byte[] body, string id, string timestamp, string signature, byte[]? secret = null)
    {
        try
        {
            new StandardWebhook(Signature.Show(secret ?? Secret)).Verify(
                Encoding.UTF8.GetString(body),
                new HeaderDictionary { [Signature.IdHeader] = id, [Signature.TimestampHeader] = timestamp, [Signature.SignatureHeader] = signature });
            return true;
        }
        catch (Exception exception) when (exception is not NullReferenceException)
        {
            return false;
        }
    }
}
