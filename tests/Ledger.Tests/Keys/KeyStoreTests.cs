using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Supervision.Ledger.Keys;

namespace Supervision.Ledger.Tests.Keys;

public sealed class KeyStoreTests
{
    private static readonly KeyRequest Request = new("a", "张三", Role.Officer, Level.Provincial, ["430000"]);

    [Fact]
    public async Task The_same_request_again_names_the_same_key_without_its_secret()
    {
        await using var ledger = await TestLedger.CreateAsync();
        using var keys = Open(ledger);

        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => CreateAsync(keys, Identity("1", "a"))));

        Assert.Single(made.Select(key => key!.Id).Distinct());
        var first = Assert.Single(made, key => key!.Key is not null)!;
        Assert.Equal(new NewKey(first.Id, null), await CreateAsync(keys, Identity("1", "a")));
        Assert.Null(await CreateAsync(keys, Identity("1", "b")));
        Assert.NotEqual(first.Id, (await CreateAsync(keys, Identity("2", "a")))!.Id);
        Assert.NotEqual(first.Id, (await CreateAsync(keys, null))!.Id);
        Assert.Equal(3, (await keys.ListAsync(TestContext.Current.CancellationToken)).Count);
    }

    [Fact]
    public async Task A_revoked_key_is_known_as_revoked()
    {
        await using var ledger = await TestLedger.CreateAsync();
        using var keys = Open(ledger);
        var made = (await CreateAsync(keys, null))!;
        Assert.False(keys.Find(made.Key)!.Revoked);

        Assert.True(await keys.RevokeAsync(made.Id, TestContext.Current.CancellationToken));

        Assert.Equal((true, "张三"), (keys.Find(made.Key)!.Revoked, keys.Find(made.Key)!.Actor.Person));
        Assert.Null(keys.Find("sk_other"));
    }

    private static KeyStore Open(TestLedger ledger) => new(ledger.Serving(), TimeProvider.System, NullLogger<KeyStore>.Instance);

    private static Task<NewKey?> CreateAsync(KeyStore keys, CommandIdentity? identity) =>
        keys.CreateAsync(Request, "p-1", identity, TestContext.Current.CancellationToken);

    private static CommandIdentity Identity(string name, string request) =>
        new(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16)), SHA256.HashData(Encoding.UTF8.GetBytes(request)));
}
