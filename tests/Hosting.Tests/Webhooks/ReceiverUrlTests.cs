using System.Net;
using Microsoft.Extensions.Options;
using Supervision.Hosting.Webhooks;
using Supervision.Testing;

namespace Supervision.Hosting.Tests.Webhooks;

/// <summary>No spelling of an address leads into a network that is not public.</summary>
public sealed class ReceiverUrlTests
{
    [Theory]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://127.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://127.0.0.01/")]
    [InlineData("https://0/")]
    [InlineData("https://0.0.0.0/")]
    [InlineData("https://10.1.2.3/")]
    [InlineData("https://172.16.0.1/")]
    [InlineData("https://192.168.0.1/")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://100.64.0.1/")]
    [InlineData("https://198.18.0.1/")]
    [InlineData("https://192.0.2.1/")]
    [InlineData("https://224.0.0.1/")]
    [InlineData("https://255.255.255.255/")]
    [InlineData("https://[::]/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://[::127.0.0.1]/")]
    [InlineData("https://[64:ff9b::7f00:1]/")]
    [InlineData("https://[64:ff9b:1::a00:1]/")]
    [InlineData("https://[2002:7f00:1::]/")]
    [InlineData("https://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/")]
    [InlineData("https://[fc00::1]/")]
    [InlineData("https://[fe80::1]/")]
    [InlineData("https://[fe80::1%25eth0]/")]
    [InlineData("https://[ff02::1]/")]
    [InlineData("https://[2001:db8::1]/")]
    [InlineData("https://localhost/")]
    [InlineData("https://localhost./")]
    [InlineData("https://receiver.localhost/")]
    [InlineData("https://database.internal/")]
    [InlineData("https://intranet/")]
    [InlineData("https://receiver.example.com./")]
    [InlineData("https://user@receiver.example.com/")]
    [InlineData("https://receiver.example.com@127.0.0.1/")]
    [InlineData("https://127.0.0.1\\@receiver.example.com/")]
    [InlineData("https://receiver.example.com/#127.0.0.1")]
    [InlineData("https://receiver.example.com:22/")]
    [InlineData("https://receiver.example.com:25/")]
    [InlineData("https://receiver.example.com:5432/")]
    [InlineData("https://receiver.example.com:99999/")]
    [InlineData("https://ⓛocalhost/")]
    [InlineData("https://receiver.example.com/ hook")]
    [InlineData("http://receiver.example.com/")]
    [InlineData("ftp://receiver.example.com/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("//receiver.example.com/")]
    [InlineData("https:///hook")]
    [InlineData("https://-receiver.example.com/")]
    public void What_may_lead_inside_is_refused_by_its_text(string url) => Assert.NotNull(new ReceiverUrl(new AddressRules([])).Refuse(url));

    [Theory]
    [InlineData("https://receiver.example.com/")]
    [InlineData("https://receiver.example.com:8443/hook?token=x")]
    [InlineData("HTTPS://Receiver.Example.com/hook")]
    [InlineData("https://1.receiver.example.com/")]
    [InlineData("https://xn--fiqs8s.example.com/")]
    [InlineData("https://93.184.215.14/")]
    [InlineData("https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]:443/")]
    [InlineData("https://[64:ff9b::5db8:d70e]/")]
    public void What_is_public_is_taken(string url) => Assert.Null(new ReceiverUrl(new AddressRules([])).Refuse(url));

    [Theory]
    [InlineData("http://10.1.2.3:8080/", true)]
    [InlineData("http://[::ffff:10.1.2.3]/", true)]
    [InlineData("http://receiver:8080/", true)]
    [InlineData("https://10.2.0.1/", false)]
    [InlineData("http://93.184.215.14/", false)]
    [InlineData("http://10.1.2.3:5432/", false)]
    public void A_network_that_is_allowed_is_an_exception_for_itself_alone(string url, bool isTaken) =>
        Assert.Equal(isTaken, new ReceiverUrl(new AddressRules([IPNetwork.Parse("10.1.0.0/16")])).Refuse(url) is null);

    [Theory]
    [InlineData("93.184.215.14", "127.0.0.1")]
    [InlineData("127.0.0.1", "93.184.215.14")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    public async Task A_name_of_which_one_address_is_not_allowed_is_not_connected_to(params string[] addresses)
    {
        await using var receiver = new RawReceiver();
        using var client = new ReceiverClient(
            new AddressRules([]), Options.Create(new WebhookOptions()), TimeProvider.System, (_, _) => Task.FromResult<IPAddress[]>([.. addresses.Select(IPAddress.Parse)]));

        var answer = await client.PostAsync(new Uri($"https://receiver.example.com:{receiver.Port}/"), "{}"u8.ToArray(), [], TestContext.Current.CancellationToken);

        Assert.Equal((AttemptOutcome.NoAnswer, null), (answer.Summary.Outcome, answer.Summary.Status));
        Assert.Equal(0, receiver.Connections);
    }

    [Fact]
    public async Task A_name_that_leads_elsewhere_the_second_time_is_looked_at_again()
    {
        await using var receiver = new RawReceiver();
        receiver.Answer = async (_, stream, token) => await RawReceiver.StatusAsync(stream, 200, token, "Connection: close") && false;
        var lookups = 0;
        using var client = new ReceiverClient(
            new AddressRules([IPNetwork.Parse("127.0.0.0/30")]), Options.Create(new WebhookOptions()), TimeProvider.System,
            (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(lookups++ == 0 ? "127.0.0.1" : "127.0.0.9")]));
        var url = new Uri($"http://receiver.example.com:{receiver.Port}/");

        var first = await client.PostAsync(url, "{}"u8.ToArray(), [], TestContext.Current.CancellationToken);
        var second = await client.PostAsync(url, "{}"u8.ToArray(), [], TestContext.Current.CancellationToken);

        Assert.Equal((AttemptOutcome.Delivered, AttemptOutcome.NoAnswer, 2), (first.Summary.Outcome, second.Summary.Outcome, lookups));
    }

    [Fact]
    public async Task Without_TLS_a_public_address_is_not_connected_to()
    {
        using var client = new ReceiverClient(
            new AddressRules([IPNetwork.Parse("10.1.0.0/16")]), Options.Create(new WebhookOptions()), TimeProvider.System, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("93.184.215.14")]));

        Assert.Equal(
            AttemptOutcome.NoAnswer,
            (await client.PostAsync(new Uri("http://receiver.example.com/"), "{}"u8.ToArray(), [], TestContext.Current.CancellationToken)).Summary.Outcome);
    }
}
