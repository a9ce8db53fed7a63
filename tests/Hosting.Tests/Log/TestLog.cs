using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Supervision.Hosting.Log;
using Supervision.Ledger.Log;
using Supervision.Ledger.Schema;

namespace Supervision.Hosting.Tests.Log;

/// <summary>The log of one silo: its files, which several may share, over a database.</summary>
internal sealed class TestLog : IAsyncDisposable
{
    private readonly NpgsqlDataSource _dataSource;

    public TestLog(TestRegister register, string directory, string? origin = null)
    {
        (_dataSource, Origin) = (LedgerDataSource.Create(register.ConnectionString), origin);
        Files = new LogFiles(Path.Combine(directory, "log"));
        Store = new LogStore(_dataSource);
        Tree = new LogTree(Store);
        Signer = new CheckpointSigner(Files, Store, Tree, register.Time, NullLogger<CheckpointSigner>.Instance);
        Log = new TransparencyLog(Files, Store, Tree, Signer);
    }

    public string? Origin { get; }

    public LogFiles Files { get; }

    public LogStore Store { get; }

    public LogTree Tree { get; }

    public CheckpointSigner Signer { get; }

    public TransparencyLog Log { get; }

    public static string NewDirectory() => Path.Combine(Path.GetTempPath(), $"supervision-log-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}");

    /// <summary>Has it signed; the answer is why not.</summary>
    public async Task<string?> SignAsync()
    {
        await Signer.RunAsync(Origin, TestContext.Current.CancellationToken);
        return Signer.Trouble;
    }

    /// <summary>The last checkpoint, whose signature holds.</summary>
    public async Task<LogCheckpoint> LatestAsync()
    {
        var latest = await Log.LatestAsync(TestContext.Current.CancellationToken);
        Assert.NotNull(latest);
        var keys = await Log.VerifierKeysAsync(TestContext.Current.CancellationToken);
        Assert.Contains(keys, key => SignedNote.Parse(latest.Note).IsSignedBy(NoteVerifier.Parse(key)));
        return latest;
    }

    public ValueTask DisposeAsync() => _dataSource.DisposeAsync();
}
