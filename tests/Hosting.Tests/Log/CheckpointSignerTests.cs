using System.Text;
using Supervision.Ledger.Log;
using Supervision.Ledger.Merkle;

namespace Supervision.Hosting.Tests.Log;

/// <summary>What is signed never contradicts what was signed, whatever becomes of the database or of the files.</summary>
public sealed class CheckpointSignerTests : IAsyncLifetime
{
    private readonly string _directory = TestLog.NewDirectory();
    private TestRegister _register = null!;
    private TestSilo _silo = null!;
    private TestLog _log = null!;

    public async ValueTask InitializeAsync()
    {
        _register = await TestRegister.CreateAsync();
        _silo = await _register.StartSiloAsync();
        _log = new TestLog(_register, _directory);
    }

    public async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync();
        await _register.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task A_log_begins_by_itself_and_signs_what_is_new_and_nothing_when_nothing_happened()
    {
        Assert.Null(await _log.SignAsync());
        Assert.Equal(0, (await _log.LatestAsync()).TreeSize);
        await CertifyAsync(_silo, "F-1");

        Assert.Null(await _log.SignAsync());
        var latest = await _log.LatestAsync();
        Assert.Equal(3, latest.TreeSize);
        Assert.Equal(await _register.QueryAsync<byte[]>("SELECT root FROM batch WHERE last_seq = 3"), Convert.FromHexString(latest.Root));
        var written = File.GetLastWriteTimeUtc(Path.Combine(_log.Files.Directory, "checkpoint"));
        Assert.Null(await _log.SignAsync());
        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(_log.Files.Directory, "checkpoint")));
    }

    [Fact]
    public async Task A_ledger_that_was_set_back_is_not_signed_and_neither_is_one_that_went_on_from_there_otherwise()
    {
        await CertifyAsync(_silo, "F-1");
        await using var backup = await CopyAsync();
        await CertifyAsync(_silo, "F-2");
        Assert.Null(await _log.SignAsync());
        var signed = await _log.LatestAsync();

        await using var restored = new TestLog(backup, _directory);
        Assert.Contains("set back", await restored.SignAsync(), StringComparison.Ordinal);
        var other = await backup.StartSiloAsync();
        await CertifyAsync(other, "F-3");
        await CertifyAsync(other, "F-4");
        Assert.Contains("not those that were signed", await restored.SignAsync(), StringComparison.Ordinal);
        Assert.Equal(signed, await restored.LatestAsync());
        // Where it never was set back it goes on.
        await CertifyAsync(_silo, "F-5");
        Assert.Null(await _log.SignAsync());
        Assert.Equal(9, (await _log.LatestAsync()).TreeSize);
    }

    [Theory]
    [InlineData("UPDATE ledger SET leaf_hash = sha256('x') WHERE seq = 2", "do not have the root")]
    [InlineData("DELETE FROM ledger WHERE seq = 2", "no event 2")]
    [InlineData("UPDATE ledger SET seq = 99 WHERE seq = 1; UPDATE ledger SET seq = 1 WHERE seq = 2; UPDATE ledger SET seq = 2 WHERE seq = 99", "do not have the root")]
    [InlineData("UPDATE batch SET root = sha256('x') WHERE last_seq = 6", "do not have the root")]
    public async Task A_ledger_that_was_tampered_with_is_not_signed(string sql, string reason)
    {
        await CertifyAsync(_silo, "F-1");
        Assert.Null(await _log.SignAsync());
        await CertifyAsync(_silo, "F-2");
        await _register.ExecuteAsync($"SET session_replication_role = replica; {sql}");

        Assert.Contains(reason, await _log.SignAsync(), StringComparison.Ordinal);
        Assert.Equal(3, (await _log.LatestAsync()).TreeSize);
    }

    [Fact]
    public async Task Events_rewritten_with_everything_that_follows_from_them_are_not_signed()
    {
        await CertifyAsync(_silo, "F-1");
        Assert.Null(await _log.SignAsync());
        await CertifyAsync(_silo, "F-2");
        var hashes = await _register.QueryAsync<byte[][]>("SELECT array_agg(leaf_hash ORDER BY seq) FROM ledger");
        hashes[1] = hashes[2];
        var tree = MerkleFrontier.Empty();
        foreach (var hash in hashes)
            tree.Append(hash);
        await _register.ExecuteAsync(
            "SET session_replication_role = replica; UPDATE ledger SET leaf_hash = (SELECT leaf_hash FROM ledger WHERE seq = 3) WHERE seq = 2; "
            + $"UPDATE batch SET root = '\\x{Convert.ToHexString(tree.Root())}' WHERE last_seq = 6");

        Assert.Contains("the first 3 events are not those that were signed", await _log.SignAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("checkpoint", "the last signed checkpoint is lost")]
    [InlineData("keys", "the key of the log is lost")]
    [InlineData("", "keys that are not here")]
    public async Task Without_its_key_or_its_last_checkpoint_nothing_is_signed(string lost, string reason)
    {
        Assert.Null(await _log.SignAsync());
        await CertifyAsync(_silo, "F-1");
        if (lost.Length == 0)
            Directory.Delete(_log.Files.Directory, recursive: true);
        else
            File.Delete(Path.Combine(_log.Files.Directory, lost));

        Assert.Contains(reason, await _log.SignAsync(), StringComparison.Ordinal);
        Assert.True(await _log.Log.LatestAsync(TestContext.Current.CancellationToken) is null or { TreeSize: 0 });
    }

    [Fact]
    public async Task Silos_that_share_the_files_sign_in_turns_and_one_that_does_not_share_them_signs_nothing()
    {
        await using var second = new TestLog(_register, _directory);
        await using var apart = new TestLog(_register, Path.Combine(_directory, "apart"));
        Assert.All(await Task.WhenAll(_log.SignAsync(), second.SignAsync()), Assert.Null);
        Assert.Contains("share the directory", await apart.SignAsync(), StringComparison.Ordinal);

        for (var i = 1; i <= 5; i++)
        {
            await CertifyAsync(_silo, $"F-{i}");
            Assert.All(await Task.WhenAll(Enumerable.Range(0, 4).Select(n => (n % 2 == 0 ? _log : second).SignAsync())), Assert.Null);
            Assert.Equal(3 * i, (await second.LatestAsync()).TreeSize);
        }
    }

    [Fact]
    public async Task A_log_of_another_name_needs_files_of_its_own()
    {
        Assert.Null(await _log.SignAsync());
        await using var renamed = new TestLog(_register, _directory, "log.example");
        await using var another = new TestLog(_register, Path.Combine(_directory, "another"), "log.example");

        Assert.Contains("Log:Origin", await renamed.SignAsync(), StringComparison.Ordinal);
        Assert.Null(await another.SignAsync());
        Assert.Equal("log.example", (await another.LatestAsync()).Origin);
    }

    [Fact]
    public async Task A_key_that_is_added_signs_beside_the_other_one_also_what_was_signed_already()
    {
        Assert.Null(await _log.SignAsync());
        var signers = _log.Files.Read().Signers!;
        _log.Files.WriteKeys([.. signers, NoteSigner.Create(signers[0].Verifier.Name)]);

        Assert.Null(await _log.SignAsync());
        var note = SignedNote.Parse((await _log.LatestAsync()).Note);
        Assert.All(_log.Files.Read().Signers!, signer => Assert.True(note.IsSignedBy(signer.Verifier)));
        Assert.Equal(2, note.Signatures.Count);
        _log.Files.WriteKeys([_log.Files.Read().Signers![1]]);
        Assert.Null(await _log.SignAsync());
        Assert.Single(SignedNote.Parse((await _log.LatestAsync()).Note).Signatures);
        Assert.Equal(2L, await _register.QueryAsync<long>("SELECT count(*) FROM log_key"));
    }

    [Fact]
    public async Task Erasing_what_is_private_leaves_every_proof_valid()
    {
        var factory = await CertifyAsync(_silo, "F-1");
        await Given.AcceptAsync(_silo, factory, Given.OrderDirected(TestRegister.Today.AddDays(10)));
        await Given.AcceptAsync(_silo, factory, Given.Result("check-1", CheckOutcome.Failed, TestRegister.Today));
        await Given.AcceptAsync(_silo, factory, new GrainCommand.ServeCase("case-1", TestRegister.Today, "post"));
        await Given.AcceptAsync(_silo, factory, new GrainCommand.RecordStatement("case-1", PrivateText.Of("我们有话要说", new byte[16])));
        await Given.AcceptAsync(_silo, GrainId.Of(GrainKind.Inspector, "I-7"), new GrainCommand.RegisterInspector(PrivateText.Of("王小明", new byte[16]), [], new DateOnly(2030, 1, 1), [], []));
        Assert.Null(await _log.SignAsync());
        Assert.Equal(2L, await _register.QueryAsync<long>("SELECT count(*) FROM private_member"));

        await _register.ExecuteAsync("DELETE FROM private_member; DELETE FROM person");

        var latest = await _log.LatestAsync();
        for (var seq = 1L; seq <= latest.TreeSize; seq++)
        {
            var proof = (await _log.Log.ProveInclusionAsync(seq, latest.TreeSize, TestContext.Current.CancellationToken))!;
            var leafHash = System.Security.Cryptography.SHA256.HashData([0, .. Encoding.UTF8.GetBytes(proof.Event.Leaf)]);
            Assert.Equal(proof.LeafHash, Convert.ToHexStringLower(leafHash));
            Assert.Equal(latest.Root, Convert.ToHexStringLower(MerkleProof.RootOf(leafHash, seq - 1, latest.TreeSize, [.. proof.Path.Select(Convert.FromHexString)])!));
            Assert.DoesNotContain("有话", proof.Event.Leaf, StringComparison.Ordinal);
            Assert.DoesNotContain("王小明", proof.Event.Leaf, StringComparison.Ordinal);
        }

        Assert.Null(await _log.SignAsync());
        await _register.AssertVerifiedAsync();
    }

    /// <summary>Three events: an enterprise, its factory, and the title.</summary>
    private static Task<GrainId> CertifyAsync(TestSilo silo, string key) => Given.CertifiedAsync(silo, key, $"企业{key}");

    /// <summary>The database as it is now, as a backup has it.</summary>
    private async Task<TestRegister> CopyAsync()
    {
        var copy = await TestRegister.CreateAsync();
        foreach (var table in (string[])["head", "batch", "ledger", "entity", "title", "register", "facet", "log_key", "person"])
            await copy.FillAsync(table, _register);
        return copy;
    }
}
