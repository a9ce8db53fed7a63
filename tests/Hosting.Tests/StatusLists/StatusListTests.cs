using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Supervision.Hosting.StatusLists;
using Supervision.Ledger.Schema;
using Supervision.Ledger.StatusLists;

namespace Supervision.Hosting.Tests.StatusLists;

/// <summary>Signed lists of where all titles stand.</summary>
public sealed class StatusListTests : IAsyncLifetime
{
    private static readonly DateOnly Today = new(2017, 3, 1);

    private static readonly TitleRef Title = new("miit-2016", "green-factory", Level.National);

    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"supervision-keys-{Guid.NewGuid():N}");
    private readonly List<IDisposable> _disposables = [];
    private TestRegister _register = null!;
    private TestSilo _silo = null!;

    public async ValueTask InitializeAsync()
    {
        _register = await TestRegister.CreateAsync();
        _silo = await _register.StartSiloAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var disposable in _disposables)
            disposable.Dispose();
        await _register.DisposeAsync();
        if (Directory.Exists(_directory))
            Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task A_list_tells_every_title_by_its_index_which_stays_and_nothing_of_what_is_withheld()
    {
        var (valid, lost, secret) = (await Given.CertifiedAsync(_silo, "F-1", "甲"), await Given.CertifiedAsync(_silo, "F-2", "乙"), await Given.CertifiedAsync(_silo, "F-3", "丙"));
        await Given.AcceptAsync(_silo, lost, new GrainCommand.WithdrawTitle(Given.Title, Today, "letter 1"));
        var lists = Lists(_silo);
        var indexes = await lists.IndexesAsync([valid, lost, secret], TestContext.Current.CancellationToken);
        Assert.Equal(3, indexes.Values.Distinct().Count());

        var token = await TokenAsync(lists);
        Assert.Equal((0x00, 0x0E, 0x00), (token[indexes[(valid, Title)]], token[indexes[(lost, Title)]], token[indexes[(secret, Title)]]));
        Assert.Equal(131_072, token.Length);
        Assert.All(token.Index().Where(entry => !indexes.Values.Contains(entry.Index)), entry => Assert.Equal(0x0F, entry.Item));

        await Given.AcceptAsync(_silo, secret, new GrainCommand.Restrict("defence"));
        // Another silo has the same indexes and the same key, and what is withheld looks like what was never allocated.
        var other = Lists(await _register.StartSiloAsync());
        var again = await TokenAsync(other);
        Assert.Equal(indexes[(valid, Title)], (await other.IndexesAsync([valid], TestContext.Current.CancellationToken))[(valid, Title)]);
        Assert.Equal((0x00, 0x0E, 0x0F), (again[indexes[(valid, Title)]], again[indexes[(lost, Title)]], again[indexes[(secret, Title)]]));
        Assert.Equal(lists.Keys, other.Keys);
        await _register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task An_index_follows_its_title_to_another_policy_and_another_entity()
    {
        var (one, two) = (await Given.CertifiedAsync(_silo, "F-1", "甲"), Given.Factory("F-2"));
        var lists = Lists(_silo);
        var index = (await lists.IndexesAsync([one], TestContext.Current.CancellationToken))[(one, Title)];
        await Given.AcceptAsync(_silo, two, Given.Register("乙"));
        await Given.AcceptAsync(_silo, one, new GrainCommand.Merge(two, "the same"));
        Assert.Equal(0x00, (await TokenAsync(lists))[index]);
        Assert.Equal(index, (await lists.IndexesAsync([two], TestContext.Current.CancellationToken))[(two, Title)]);

        await Given.AcceptAsync(_silo, two, new GrainCommand.WithdrawTitle(Given.Title, Today, "letter 1"));
        Assert.Equal(0x0E, (await TokenAsync(lists))[index]);

        var (other, transferred) = (await Given.CertifiedAsync(_silo, "F-4", "丁"), "miit-2024");
        index = (await lists.IndexesAsync([other], TestContext.Current.CancellationToken))[(other, Title)];
        await _register.ExecuteAsync($"UPDATE title SET policy = '{transferred}' WHERE grain = '{other}'");
        Assert.Equal(0x00, (await TokenAsync(lists))[index]);
        Assert.Equal(index, (await lists.IndexesAsync([other], TestContext.Current.CancellationToken))[(other, Title with { Policy = transferred })]);
    }

    [Fact]
    public async Task A_list_names_the_tree_that_it_was_made_from_and_how_long_it_holds_and_has_the_bits_of_both_standards()
    {
        var factory = await Given.CertifiedAsync(_silo, "F-1", "甲");
        var lists = Lists(_silo);
        var index = (await lists.IndexesAsync([factory], TestContext.Current.CancellationToken))[(factory, Title)];
        var signed = await lists.GetAsync(TestContext.Current.CancellationToken);
        var claims = Verified(signed.Token, lists.Keys);
        Assert.Equal(_silo.Position.Seq, claims.GetProperty("tree_size").GetInt64());
        Assert.Equal(
            Convert.ToBase64String(await _register.QueryAsync<byte[]>("SELECT root FROM batch WHERE last_seq = (SELECT seq FROM head)")), claims.GetProperty("root").GetString());
        Assert.Equal(claims.GetProperty("iat").GetInt64() + (24 * 3600), claims.GetProperty("exp").GetInt64());
        Assert.Equal("https://green.example.cn/api/status-list", claims.GetProperty("sub").GetString());

        var credential = Verified(signed.Credential, lists.Keys);
        Assert.Equal("https://green.example.cn", credential.GetProperty("issuer").GetString());
        var encoded = credential.GetProperty("credentialSubject").GetProperty("encodedList").GetString()!;
        Assert.StartsWith("uH4sI", encoded, StringComparison.Ordinal);
        var bits = Inflate(Base64Url.DecodeFromChars(encoded.AsSpan(1)), stream => new GZipStream(stream, CompressionMode.Decompress));
        Assert.Equal(131_072 / 8, bits.Length);
        Assert.Equal([index], Enumerable.Range(0, 131_072).Select(i => (long)i).Where(i => (bits[i / 8] & (0x80 >> (int)(i % 8))) == 0));
        // Nothing has happened since: the same list.
        Assert.Same(signed, await lists.GetAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(0, 131_072)]
    [InlineData(65_536, 131_072)]
    [InlineData(65_537, 262_144)]
    [InlineData(1_000_000, 2_097_152)]
    public void A_list_is_at_least_twice_as_long_as_its_titles_are_many(long titles, long entries) => Assert.Equal(entries, StatusListStore.EntriesFor(titles));

    private StatusListMaker Lists(TestSilo silo)
    {
        var dataSource = LedgerDataSource.Create(_register.ConnectionString);
        var key = new StatusListKey(_directory);
        var lists = new StatusListMaker(
            new StatusListStore(dataSource), key, silo.Position, new PublicAddress("https://green.example.cn"), Options.Create(new StatusListOptions { IntervalSeconds = 0 }), _register.Time);
        _disposables.AddRange([lists, key, dataSource]);
        return lists;
    }

    /// <summary>The codes of a token, one an entry.</summary>
    private static async Task<byte[]> TokenAsync(StatusListMaker lists)
    {
        var list = Verified((await lists.GetAsync(TestContext.Current.CancellationToken)).Token, lists.Keys).GetProperty("status_list");
        Assert.Equal(4, list.GetProperty("bits").GetInt32());
        var bytes = Inflate(Base64Url.DecodeFromChars(list.GetProperty("lst").GetString()), stream => new ZLibStream(stream, CompressionMode.Decompress));
        return [.. bytes.SelectMany(two => new[] { (byte)(two & 0x0F), (byte)(two >> 4) })];
    }

    /// <summary>The claims of a JWT whose signature one of the keys made.</summary>
    private static JsonElement Verified(string token, string keys)
    {
        var parts = token.Split('.');
        using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0]));
        using var set = JsonDocument.Parse(keys);
        var key = Assert.Single(set.RootElement.GetProperty("keys").EnumerateArray(), key => key.GetProperty("kid").GetString() == header.RootElement.GetProperty("kid").GetString());
        using var ecdsa = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64Url.DecodeFromChars(key.GetProperty("x").GetString()), Y = Base64Url.DecodeFromChars(key.GetProperty("y").GetString()) },
        });
        Assert.True(ecdsa.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
        return JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1])).RootElement;
    }

    private static byte[] Inflate(byte[] bytes, Func<Stream, Stream> inflate)
    {
        using var read = inflate(new MemoryStream(bytes));
        using var whole = new MemoryStream();
        read.CopyTo(whole);
        return whole.ToArray();
    }
}
