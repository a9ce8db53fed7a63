using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Supervision.Hosting.Webhooks;
using Supervision.Ledger.Merkle;

namespace Supervision.Hosting.Tests.Webhooks;

/// <summary>The vectors that receivers are checked with are what the silo itself would send and publish.</summary>
public sealed class VectorTests
{
    private static readonly string Path = System.IO.Path.Combine(RepositoryFolder.PathOf("docs"), "receivers", "vectors.json");

    private static readonly JsonNode Vectors = JsonNode.Parse(File.ReadAllText(Path))!;

    [Fact]
    public void Signatures_are_as_the_silo_signs()
    {
        foreach (var vector in Vectors["signatures"]!.AsArray().Where(vector => (bool)vector!["valid"]!))
        {
            var secrets = vector!["secrets"]!.AsArray().Select(secret => Convert.FromBase64String(((string)secret!)[Signature.SecretPrefix.Length..])).ToList();
            var made = Signature.Headers(
                (string)vector["id"]!, DateTimeOffset.FromUnixTimeSeconds(long.Parse((string)vector["timestamp"]!)), Encoding.UTF8.GetBytes((string)vector["body"]!), secrets);

            Assert.NotEmpty(made[2].Value.Split(' ').Intersect(((string)vector["signature"]!).Split(' ')));
        }
    }

    [Fact]
    public void Leaves_and_roots_are_as_the_ledger_makes_them()
    {
        var leaves = Vectors["leaves"]!.AsArray().Select(leaf => Hash((string)leaf!)).ToList();
        foreach (var proof in Vectors["proofs"]!.AsArray().Where(vector => (bool)vector!["valid"]!).Select(vector => vector!["proof"]!))
        {
            var frontier = MerkleFrontier.Empty();
            foreach (var leaf in leaves.Take((int)proof["treeSize"]!))
                frontier.Append(leaf);

            Assert.Equal((string)proof["root"]!, Convert.ToHexStringLower(frontier.Root()));
            Assert.Equal((string)proof["leafHash"]!, Convert.ToHexStringLower(leaves[(int)proof["seq"]! - 1]));
        }

        static byte[] Hash(string leaf)
        {
            byte[] bytes = [0, .. Encoding.UTF8.GetBytes(leaf)];
            return SHA256.HashData(bytes);
        }
    }

    [Fact]
    public async Task The_receiver_of_the_docs_judges_all_of_them_rightly()
    {
        using var script = Process.Start(new ProcessStartInfo("python3", ["-B", System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, "receiver.py"), "check", Path])
        {
            UseShellExecute = false, RedirectStandardOutput = true,
        })!;
        var output = await script.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await script.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(script.ExitCode == 0, output);
    }
}
